//! Ingesting a photo by parts: each goes on where the last one ended, and the last one
//! makes a whole that is checked and stored as one that came at once.
//!
//! Never: takes a byte for another place than it was sent for; calls a part anything but
//! a part.

use std::{fmt::Display, time::SystemTime};

use bytes::Bytes;
use domain::PhotoHash;
use futures_util::{Stream, StreamExt as _};

use super::{
    MAX_BYTES, PhotoError, PhotoStore, StoredPhoto,
    blob_store::blocking,
    formats,
    incoming::Incoming,
    ingest::keep_in_task,
    keep::stored_photo,
    partial::{self, Partial},
    receive,
    upload_locks::UploadLock,
};

/// Bytes that tell a photo from anything else.
const MAGIC: usize = 12;

/// What a part led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// So many bytes are on disk; more are needed.
    Part(u64),
    Whole(StoredPhoto),
}

impl PhotoStore {
    /// Bytes of a photo that are on disk: all of a whole one, 0 of an unknown one. Whoever
    /// is sending it is told to stop, so that the number stands.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn offset(&self, hash: PhotoHash) -> Result<u64, PhotoError> {
        let _lock = self.0.upload_locks.lock(hash).await;
        self.held(hash).await
    }

    /// As [`Self::offset`], and leaves alone who is sending it.
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

    /// Takes the bytes of a photo from `offset` on. `total` is the length of the whole,
    /// needed with the first part. What came before a line broke is kept.
    ///
    /// Wants a task of its own: dropped, it keeps what was appended, but unsynced.
    ///
    /// # Errors
    /// `WrongOffset` with how much is there; `Superseded` when the same photo is being sent
    /// anew; `LengthUnknown`, `TooLarge`, `WrongLength`; `Interrupted` when the body breaks
    /// off; and for a whole one as [`Self::ingest`], after which nothing of it is left unless
    /// it was storage that failed.
    pub async fn resume<E: Display>(
        &self,
        hash: PhotoHash,
        offset: u64,
        total: Option<u64>,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<Resumed, PhotoError> {
        if total.is_some_and(|total| total > MAX_BYTES) {
            return Err(PhotoError::TooLarge { most: MAX_BYTES });
        }
        let lock = self.0.upload_locks.lock(hash).await;
        if let Some(length) = self.intact_length(hash, total).await? {
            if offset != length {
                return Err(PhotoError::WrongOffset { held: length });
            }
            return self.stored(hash).await;
        }
        let mut partial = self.part(hash, offset, total).await?;
        let came = receive_part(&mut partial, &lock, body).await;
        // What came is kept and told truly, whatever ended it.
        partial.settle().await?;
        if let Err(error @ (PhotoError::NotAPhoto | PhotoError::Unsupported(_))) = came {
            partial.discard();
            return Err(error);
        }
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

    /// The part to go on with at `offset`.
    async fn part(
        &self,
        hash: PhotoHash,
        offset: u64,
        total: Option<u64>,
    ) -> Result<Partial, PhotoError> {
        let folder = self.0.partial();
        let begun = Partial::open(&folder, hash).await?;
        let held = begun.as_ref().map_or(0, |begun| begun.held);
        if offset != held {
            return Err(PhotoError::WrongOffset { held });
        }
        match (begun, total) {
            (Some(begun), Some(total)) if begun.total != total => Err(PhotoError::WrongLength),
            (Some(begun), _) => Ok(begun),
            (None, None) => Err(PhotoError::LengthUnknown),
            (None, Some(0)) => Err(PhotoError::Empty),
            (None, Some(total)) => Ok(Partial::begin(&folder, hash, total).await?),
        }
    }

    /// The length of a whole photo, unless what lies there is no longer that photo: then
    /// it is moved aside, and sending it again repairs it.
    async fn intact_length(
        &self,
        hash: PhotoHash,
        total: Option<u64>,
    ) -> Result<Option<u64>, PhotoError> {
        let Some(length) = self.length(hash).await? else { return Ok(None) };
        if total.is_none_or(|total| total == length) {
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
        let length = received.map_err(|error| match error {
            // No line broke here: the disk did not give what it holds.
            PhotoError::Interrupted => PhotoError::Io("the parts could not be read".into()),
            error => error,
        })?;
        keep_in_task(&self.0, hash, incoming, length).await
    }

    /// What is stored already, once its bytes were read and are that photo.
    async fn stored(&self, hash: PhotoHash) -> Result<Resumed, PhotoError> {
        let bytes = match self.0.read_original(hash).await {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(PhotoError::WrongOffset { held: 0 }),
            Err(PhotoError::Decayed) => {
                self.0.set_aside(hash).await?;
                return Err(PhotoError::WrongOffset { held: 0 });
            }
            Err(error) => return Err(error),
        };
        self.0.settle(hash).await?;
        Ok(Resumed::Whole(stored_photo(hash, &bytes, &formats::read(&bytes)?)))
    }
}

/// Appends what the body brings.
async fn receive_part<E: Display>(
    partial: &mut Partial,
    lock: &UploadLock,
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<(), PhotoError> {
    // Later parts are told from anything else by the hash of the whole.
    let mut magic = (partial.held == 0).then(|| Vec::with_capacity(MAGIC));
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
        if let Some(first) = &mut magic {
            first.extend(piece.iter().take(MAGIC - first.len()));
            if first.len() == MAGIC {
                formats::recognise(first)?;
                magic = None;
            }
        }
        partial.append(&piece).await?;
    }
}
