//! Whether the database is still where it was opened. Moving or deleting an open file does
//! not stop its writer: commits would go on into a file that no later start finds.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::store::StoreError;

/// The database file and its log of writes, as they were when it was opened.
pub(super) struct OpenedFiles(Vec<(PathBuf, Option<Identity>)>);

/// Device and inode.
type Identity = (u64, u64);

impl OpenedFiles {
    pub(super) fn of(database: &Path) -> Self {
        let mut log = OsString::from(database);
        log.push("-wal");
        let files = [database.to_owned(), PathBuf::from(log)];
        Self(files.into_iter().map(|file| (file.clone(), identity(&file))).collect())
    }

    /// # Errors
    /// `Moved`, for as long as they are not where they were opened.
    pub(super) fn check_unmoved(&self) -> Result<(), StoreError> {
        let is_unmoved = |(path, opened): &(PathBuf, Option<Identity>)| {
            opened.is_none() || identity(path) == *opened
        };
        if self.0.iter().all(is_unmoved) { Ok(()) } else { Err(StoreError::Moved) }
    }
}

/// The identity of a file; `None` where there is no file, or the system has no inodes.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<Identity> {
    None
}
