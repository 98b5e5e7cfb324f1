//! Ingesting a photo: received, checked, put on disk, read back, and only then said to
//! be there.
//!
//! Never: cut in half by a sender who hangs up. Once the last byte is here, the rest
//! runs to its end on its own.

use std::{fmt::Display, sync::Arc};

use bytes::Bytes;
use domain::{PhotoHash, evidence::PhotoFormat};
use futures_util::Stream;
use tokio::sync::oneshot;

use super::{
    PhotoError, PhotoStore,
    blob_store::{BlobStore, blocking},
    derive::{self, Checked},
    formats,
    header::{Decoding, Header},
    incoming::Incoming,
    partial::Partial,
    receive::receive,
};

/// A photo that is on disk. Hash and length are those of the bytes read back from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredPhoto {
    pub hash: PhotoHash,
    /// Bytes.
    pub length: u64,
    pub format: PhotoFormat,
    /// Pixels after orientation is applied; 0 for HEIC, which is kept as it is.
    pub width: u32,
    pub height: u32,
}

impl PhotoStore {
    /// Takes the photo that `body` brings, under its hash. A photo that is there already
    /// is received and checked against its hash just the same, and not written again.
    ///
    /// When the answer is a `StoredPhoto`, the original survives a loss of power; its small
    /// pictures are being written.
    ///
    /// # Errors
    /// Why it was not taken. Nothing of it is left then, and nothing stored has changed.
    pub async fn ingest<E: Display>(
        &self,
        expected: PhotoHash,
        stated_length: Option<u64>,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<StoredPhoto, PhotoError> {
        let mut incoming = Incoming::new(&self.0.incoming(), expected)?;
        receive(expected, stated_length, body, &mut incoming).await?;

        in_task(Arc::clone(&self.0), expected, Source::Incoming(incoming)).await
    }
}

/// Where the bytes of a whole photo lie that is to be stored.
#[derive(Debug)]
pub(super) enum Source {
    Incoming(Incoming),
    /// Came in parts; its hash has not been looked at.
    Partial(Partial),
    /// Where they shall be.
    Stored,
}

/// Stores a photo in a task of its own, and waits for what became of it.
pub(super) async fn in_task(
    blobs: Arc<BlobStore>,
    hash: PhotoHash,
    source: Source,
) -> Result<StoredPhoto, PhotoError> {
    let (answer, answered) = oneshot::channel();
    tokio::spawn(run(blobs, hash, source, answer));
    answered.await.map_err(|_| PhotoError::Io("stopped while storing a photo".into()))?
}

async fn run(
    blobs: Arc<BlobStore>,
    hash: PhotoHash,
    source: Source,
    answer: oneshot::Sender<Result<StoredPhoto, PhotoError>>,
) {
    // Held until the pictures are written.
    let permit = blobs.decode_permit().await;
    let done = match &permit {
        Ok(_) => store(&blobs, hash, source).await,
        Err(error) => Err(error.clone()),
    };
    let (stored, pictures) = match done {
        Ok((stored, pictures)) => (Ok(stored), pictures),
        Err(error) => (Err(error), None),
    };
    // Who hung up asks again later, and finds the photo there.
    let _hung_up = answer.send(stored);
    if let Some(pictures) = pictures
        && let Err(error) = blobs.write_derived(hash, &pictures).await
    {
        tracing::warn!(photo = %hash, %error, "pictures are made when they are asked for");
    }
}

async fn store(
    blobs: &BlobStore,
    hash: PhotoHash,
    source: Source,
) -> Result<(StoredPhoto, Option<derive::Pictures>), PhotoError> {
    match source {
        Source::Incoming(mut incoming) => {
            let bytes = incoming.bytes().await?;
            drop(incoming);
            store_bytes(blobs, hash, bytes).await
        }
        Source::Partial(partial) => {
            let bytes = partial.bytes().await?;
            let (found, bytes) = blocking(move || (PhotoHash::of(&bytes), bytes)).await?;
            let stored = if found == hash {
                store_bytes(blobs, hash, bytes).await
            } else {
                Err(PhotoError::WrongHash)
            };
            // It came for nothing only when storage failed: then it need not come again.
            if !stored.as_ref().is_err_and(PhotoError::is_of_storage) {
                partial.discard();
            }
            stored
        }
        Source::Stored => {
            let stored = blobs.read_original(hash).await?.ok_or_else(|| gone(hash))?;
            blobs.settle(hash).await?;
            Ok((stored_photo(hash, &stored, &formats::read(&stored)?), None))
        }
    }
}

async fn store_bytes(
    blobs: &BlobStore,
    hash: PhotoHash,
    bytes: Bytes,
) -> Result<(StoredPhoto, Option<derive::Pictures>), PhotoError> {
    if let Ok(Some(stored)) = blobs.read_original(hash).await {
        blobs.settle(hash).await?;
        return Ok((stored_photo(hash, &stored, &formats::read(&stored)?), None));
    }

    let (checked, bytes) = blocking(move || (derive::check(&bytes), bytes)).await?;
    let Checked { header, pictures } = checked?;
    blobs.write_original(hash, bytes).await?;
    let stored = blobs.read_original(hash).await?.ok_or_else(|| gone(hash))?;
    if let Decoding::Never(reason) = header.decoding {
        tracing::info!(photo = %hash, reason, "stored a photo without pictures");
    }
    Ok((stored_photo(hash, &stored, &header), pictures))
}

fn stored_photo(hash: PhotoHash, bytes: &Bytes, header: &Header) -> StoredPhoto {
    let (width, height) = header.upright_size();
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    StoredPhoto { hash, length, format: header.format, width, height }
}

fn gone(hash: PhotoHash) -> PhotoError {
    PhotoError::Io(format!("{hash} was written and is not there"))
}
