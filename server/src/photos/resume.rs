//! Ingesting a photo by parts: each goes on where the last one ended, and the last one
//! makes a whole that is checked and stored as one that came at once.
//!
//! Never: takes a byte for another place than it was sent for; calls a part anything but
//! a part.

use std::{fmt::Display, pin::pin, time::SystemTime};

use bytes::Bytes;
use domain::PhotoHash;
use futures_util::{Stream, StreamExt as _};
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use super::{
    MAX_BYTES, PhotoError, PhotoStore, StoredPhoto,
    blob_store::blocking,
    formats,
    incoming::{Incoming, Received},
    ingest::keep_in_task,
    keep::stored_photo,
    partial::{self, Partial},
    receive,
    upload_locks::UploadLock,
};

/// What a part led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// So many bytes are on disk: what comes after them is needed.
    Part(u64),
    Whole(StoredPhoto),
}

impl PhotoStore {
    /// Bytes of a photo that are on disk: all of a whole one, 0 of an unknown one. They become
    /// more while somebody is sending it.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn held(&self, hash: PhotoHash) -> Result<u64, PhotoError> {
        if let Some(length) = self.length(hash).await? {
            return Ok(length);
        }
        let partial = Partial::open(&self.0.partial(), hash).await?;
        Ok(partial.map_or(0, |partial| partial.held))
    }

    /// Takes the bytes of a photo from `offset` on; `total` is the length of the whole. What came
    /// before a line broke is kept. Bytes for another place than where those on disk end are not
    /// taken, and the answer says where that is.
    ///
    /// Wants a task of its own: dropped, it keeps what was appended, but unsynced.
    ///
    /// # Errors
    /// `Superseded` when the same photo is being sent anew; `Empty`, `TooLarge`, `WrongLength`;
    /// `Interrupted` when the body breaks off; and for a whole one as [`Self::ingest`], after which
    /// nothing of it is left unless it was storage that failed.
    pub async fn resume<E: Display>(
        &self,
        hash: PhotoHash,
        offset: u64,
        total: u64,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<Resumed, PhotoError> {
        if total > MAX_BYTES {
            return Err(PhotoError::TooLarge { most: MAX_BYTES });
        }
        let lock = self.0.upload_locks.lock(hash).await;
        if let Some(length) = self.intact_length(hash, total).await? {
            if offset != length {
                return Ok(Resumed::Part(length));
            }
            return self.stored(hash).await;
        }
        let begun = Partial::open(&self.0.partial(), hash).await?;
        let held = begun.as_ref().map_or(0, |begun| begun.held);
        if offset != held {
            return Ok(Resumed::Part(held));
        }
        let Some(mut partial) = begun else {
            return self.begin(hash, total, &lock, body).await;
        };
        if partial.total != total {
            return Err(PhotoError::WrongLength);
        }
        let came = receive_part(&mut partial, &lock, body).await;
        // What came is kept and told truly, whatever ended it.
        partial.settle().await?;
        came?;
        if partial.held < partial.total {
            return Ok(Resumed::Part(partial.held));
        }
        self.keep_partial(hash, partial).await
    }

    /// Throws away parts that nobody went on with for a week.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn sweep_parts(&self, now: SystemTime) -> Result<usize, PhotoError> {
        let folder = self.0.partial();
        Ok(blocking(move || partial::sweep(&folder, now)).await??)
    }

    /// The first part. Mostly it is the whole photo, and then it is kept as one that came at once;
    /// only what is less becomes a partial file.
    async fn begin<E: Display>(
        &self,
        hash: PhotoHash,
        total: u64,
        lock: &UploadLock,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<Resumed, PhotoError> {
        if total == 0 {
            return Err(PhotoError::Empty);
        }
        let mut incoming = Incoming::new(&self.0.incoming())?;
        let body = pin!(body.take_until(lock.superseded.cancelled()));
        let came = receive::receive_bytes(hash, Some(total), body, &mut incoming).await;
        if incoming.length == total {
            return match came? {
                came if came == hash => {
                    keep_in_task(&self.0, hash, incoming).await.map(Resumed::Whole)
                }
                _ => Err(PhotoError::WrongHash),
            };
        }
        // What came is kept and told truly, whatever ended it; unless it is no photo.
        if !matches!(came, Err(PhotoError::NotAPhoto | PhotoError::Unsupported(_)))
            && incoming.length > 0
        {
            self.set_part_aside(hash, total, incoming.finish().await?).await?;
        }
        came?;
        if lock.superseded.is_cancelled() {
            return Err(PhotoError::Superseded);
        }
        self.held(hash).await.map(Resumed::Part)
    }

    /// Keeps the beginning of a photo for its next part.
    async fn set_part_aside(
        &self,
        hash: PhotoHash,
        total: u64,
        received: Received,
    ) -> Result<(), PhotoError> {
        let mut partial = Partial::begin(&self.0.partial(), hash, total).await?;
        let mut pieces = ReaderStream::new(File::open(&received.path).await?);
        while let Some(piece) = pieces.next().await {
            partial.append(&piece?).await?;
        }
        Ok(partial.settle().await?)
    }

    /// The length of a whole photo, unless what lies there is no longer that photo: then
    /// it is moved aside, and sending it again repairs it.
    async fn intact_length(&self, hash: PhotoHash, total: u64) -> Result<Option<u64>, PhotoError> {
        let Some(length) = self.length(hash).await? else { return Ok(None) };
        if total == length {
            return Ok(Some(length));
        }
        match self.0.read_original(hash).await {
            Ok(_) => Err(PhotoError::WrongLength),
            Err(PhotoError::Decayed) => {
                self.0.set_aside(hash).await?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Keeps a photo whose last part came.
    async fn keep_partial(&self, hash: PhotoHash, partial: Partial) -> Result<Resumed, PhotoError> {
        let kept = self.copy_and_keep(hash, &partial).await;
        // It came for nothing only when storage failed: then it need not come again.
        if !kept.as_ref().is_err_and(PhotoError::is_of_storage) {
            partial.discard();
        }
        kept.map(Resumed::Whole)
    }

    /// As [`Self::ingest`], from the file of the parts: the hash is that of the whole.
    async fn copy_and_keep(
        &self,
        hash: PhotoHash,
        partial: &Partial,
    ) -> Result<StoredPhoto, PhotoError> {
        let mut incoming = Incoming::new(&self.0.incoming())?;
        let bytes = partial.bytes().await?;
        let received = receive::receive(hash, Some(partial.total), bytes, &mut incoming).await;
        received.map_err(|error| match error {
            // No line broke here: the disk did not give what it holds.
            PhotoError::Interrupted => PhotoError::Io("the parts could not be read".into()),
            error => error,
        })?;
        keep_in_task(&self.0, hash, incoming).await
    }

    /// What is stored already, once its bytes were read and are that photo.
    async fn stored(&self, hash: PhotoHash) -> Result<Resumed, PhotoError> {
        let bytes = match self.0.read_original(hash).await {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(Resumed::Part(0)),
            Err(PhotoError::Decayed) => {
                self.0.set_aside(hash).await?;
                return Ok(Resumed::Part(0));
            }
            Err(error) => return Err(error),
        };
        self.0.settle(hash).await?;
        Ok(Resumed::Whole(stored_photo(hash, &bytes, &formats::read(&bytes)?)))
    }
}

/// Appends what the body brings to a part that was begun. What it is a part of is told by the hash
/// of the whole.
async fn receive_part<E: Display>(
    partial: &mut Partial,
    lock: &UploadLock,
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<(), PhotoError> {
    loop {
        let piece = tokio::select! {
            biased;
            () = lock.superseded.cancelled() => return Err(PhotoError::Superseded),
            piece = body.next() => piece,
        };
        let Some(piece) = piece else { return Ok(()) };
        let piece = piece.map_err(|error| {
            tracing::debug!(%error, held = partial.held, "a part of a photo broke off");
            PhotoError::Interrupted
        })?;
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if partial.held.saturating_add(length) > partial.total {
            return Err(PhotoError::WrongLength);
        }
        partial.append(&piece).await?;
    }
}
