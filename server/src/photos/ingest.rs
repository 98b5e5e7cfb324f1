//! Ingesting a photo: hashed as it comes, then put on disk, read back, and only then said to
//! be there. Its small pictures are made later (see `jobs`).
//!
//! Never: decodes; cut in half by a sender who hangs up. Once the last byte is here, the rest
//! runs to its end on its own.

use std::{fmt::Display, sync::Arc};

use bytes::Bytes;
use domain::{PhotoHash, evidence::PhotoFormat};
use futures_util::Stream;
use tokio::sync::oneshot;

use super::{PhotoError, PhotoStore, blob_store::BlobStore, incoming::Incoming, receive::receive};

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
    /// When the answer is a `StoredPhoto`, the original survives a loss of power.
    ///
    /// # Errors
    /// Why it was not taken. Nothing of it is left then, and nothing stored has changed.
    pub async fn ingest<E: Display>(
        &self,
        expected: PhotoHash,
        stated_length: Option<u64>,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<StoredPhoto, PhotoError> {
        let mut incoming = Incoming::new(&self.0.incoming())?;
        receive(expected, stated_length, body, &mut incoming).await?;
        keep_in_task(&self.0, expected, incoming).await
    }
}

/// Keeps a photo that came whole in a task of its own, and waits for what became of it.
pub(super) async fn keep_in_task(
    blobs: &Arc<BlobStore>,
    hash: PhotoHash,
    incoming: Incoming,
) -> Result<StoredPhoto, PhotoError> {
    let (answer, answered) = oneshot::channel();
    let blobs = Arc::clone(blobs);
    tokio::spawn(async move {
        let kept = match incoming.finish().await {
            Ok(received) => blobs.keep(hash, received).await,
            Err(error) => Err(error.into()),
        };
        // Who hung up asks again later, and finds the photo there.
        let _hung_up = answer.send(kept);
    });
    answered.await.map_err(|_| PhotoError::Io("stopped while storing a photo".into()))?
}
