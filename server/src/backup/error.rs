//! Why a backup or a restore was not done.

use std::{fmt, io, path::Path};

use crate::store::StoreError;

/// Why it was not done, for the person at the terminal.
#[derive(Debug)]
pub struct BackupError(String);

impl BackupError {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Adds the path of the file to an error.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, BackupError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, BackupError> {
        self.map_err(|error| BackupError(format!("{}: {error}", path.display())))
    }
}

impl<T> At<T> for Result<T, StoreError> {
    fn at(self, path: &Path) -> Result<T, BackupError> {
        self.map_err(|error| BackupError(format!("{}: {error}", path.display())))
    }
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BackupError {}
