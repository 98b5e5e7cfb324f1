//! Whether the database is still where it was opened. Who moves or deletes an open file
//! does not stop its writer: commits would go on, into something that nobody finds again.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use super::StoreError;

/// The database file and its log of writes, as they were when it was opened.
pub(super) struct Place(Vec<(PathBuf, Option<Identity>)>);

type Identity = (u64, u64);

impl Place {
    pub(super) fn of(database: &Path) -> Self {
        let mut log = OsString::from(database);
        log.push("-wal");
        let files = [database.to_owned(), PathBuf::from(log)];
        Self(files.into_iter().map(|file| (file.clone(), identity(&file))).collect())
    }

    /// # Errors
    /// `Moved`, until they are back.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let is_there = |(path, opened): &(PathBuf, Option<Identity>)| {
            opened.is_none() || identity(path) == *opened
        };
        if self.0.iter().all(is_there) { Ok(()) } else { Err(StoreError::Moved) }
    }
}

/// The device and number of a file; `None` where there is none, or no such thing.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<Identity> {
    None
}
