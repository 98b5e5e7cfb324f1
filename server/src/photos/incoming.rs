//! A photo on its way in: a file beside the originals that is gone when this is dropped,
//! whatever happened.
//!
//! Never: syncs. Nothing is promised about these bytes.

use std::{fs, io, path::Path};

use tempfile::{NamedTempFile, TempPath};
use tokio::{fs::File, io::AsyncWriteExt as _};

#[derive(Debug)]
pub(super) struct Incoming {
    file: File,
    path: TempPath,
    /// Bytes appended.
    pub(super) length: u64,
}

/// What came, to its end.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) file: fs::File,
    pub(super) path: TempPath,
    /// Bytes.
    pub(super) length: u64,
}

impl Incoming {
    /// The file is made here and now: if it were made on another thread, a sender who
    /// hangs up meanwhile would leave it behind.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let (file, path) = NamedTempFile::new_in(folder)?.into_parts();
        Ok(Self { file: File::from_std(file), path, length: 0 })
    }

    pub(super) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// Everything that was appended. Errors of earlier writes appear here.
    pub(super) async fn finish(mut self) -> io::Result<Received> {
        self.file.flush().await?;
        Ok(Received { file: self.file.into_std().await, path: self.path, length: self.length })
    }
}
