//! A photo on its way in: a file in the data folder that is gone when this is dropped,
//! whatever happened.
//!
//! Never: syncs. Nothing is promised about these bytes.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use bytes::Bytes;
use domain::PhotoHash;
use tokio::{fs::File, io::AsyncWriteExt as _};

#[derive(Debug)]
pub(super) struct Incoming {
    file: File,
    path: PathBuf,
}

impl Incoming {
    /// The file is made here and now: if it were made on another thread, a sender who
    /// hangs up meanwhile would leave it behind.
    pub(super) fn new(folder: &Path, hash: PhotoHash) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // Another process may be receiving into the same folder.
        let process = std::process::id();
        let path = folder.join(format!("{hash}-{process}-{number}"));
        let file = fs::File::options().write(true).create_new(true).open(&path)?;
        Ok(Self { file: File::from_std(file), path })
    }

    pub(super) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Everything that was appended. Errors of earlier writes appear here.
    pub(super) async fn bytes(&mut self) -> io::Result<Bytes> {
        self.file.flush().await?;
        Ok(tokio::fs::read(&self.path).await?.into())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "left a half-received photo");
        }
    }
}
