//! Why the database failed. Always an internal error: what a person did wrong is a verdict
//! or a refusal, and stored as one.

use std::fmt;

use domain::pack::BadPack;

use crate::system::StorageProblem;

#[derive(Debug)]
pub enum StoreError {
    Database(rusqlite::Error),
    /// A stored document is not readable.
    Json(serde_json::Error),
    /// The district pack in force is not readable.
    Pack(BadPack),
    /// A column is not what the code expects.
    Column {
        column: usize,
    },
    /// Placeholders are not `$1`, `$2`, … in this order.
    Placeholders,
    /// The data folder was written by a later version.
    Newer {
        schema: i64,
    },
    /// The tables are not those of this version, whatever number its schema has.
    OtherSchema,
    /// Something the store needs is not there: its name.
    Missing(&'static str),
    /// A task panicked; nothing of it was kept.
    Panicked,
    /// The whole batch could not be committed: what the database said.
    Commit {
        why: String,
        problem: Option<StorageProblem>,
    },
    /// The database file is no longer where it was opened: what were written now would
    /// be lost with it.
    Moved,
    /// The store has been shut down.
    Closed,
    Io(std::io::Error),
}

impl StoreError {
    /// What is wrong with the disk or the database, which a person can do something about
    /// and which may pass. `None`: a fault of this program.
    #[must_use]
    pub fn storage_problem(&self) -> Option<StorageProblem> {
        use rusqlite::ErrorCode;
        match self {
            Self::Database(error) => match error.sqlite_error_code()? {
                ErrorCode::DiskFull => Some(StorageProblem::Full),
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(StorageProblem::Locked),
                ErrorCode::ReadOnly => Some(StorageProblem::ReadOnly),
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Some(StorageProblem::Damaged)
                }
                ErrorCode::CannotOpen
                | ErrorCode::SystemIoFailure
                | ErrorCode::PermissionDenied => Some(StorageProblem::Unreachable),
                _ => None,
            },
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                Some(StorageProblem::Full)
            }
            Self::Io(_) | Self::Moved => Some(StorageProblem::Unreachable),
            Self::Commit { problem, .. } => *problem,
            Self::Json(_) | Self::Column { .. } => Some(StorageProblem::Damaged),
            _ => None,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "database: {error}"),
            Self::Json(error) => write!(f, "stored document: {error}"),
            Self::Pack(error) => write!(f, "{error}"),
            Self::Column { column } => write!(f, "column {column} is of another type"),
            Self::Placeholders => f.write_str("placeholders out of order"),
            Self::Newer { schema } => {
                write!(f, "the data folder has schema {schema}, made by a later version")
            }
            Self::OtherSchema => f.write_str(
                "the data folder was made by a build from before the first release, and its \
                 tables have changed since: make a new folder with `xunjie init`",
            ),
            Self::Missing(name) => write!(f, "{name} is missing in the data folder"),
            Self::Panicked => f.write_str("a database task panicked"),
            Self::Commit { why, .. } => write!(f, "commit failed: {why}"),
            Self::Moved => f.write_str("the database is no longer where it was opened"),
            Self::Closed => f.write_str("the store is closed"),
            Self::Io(error) => write!(f, "data folder: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_that_a_person_can_do_something_about_are_storage_problems() {
        for (code, expected) in [
            (rusqlite::ffi::SQLITE_FULL, Some(StorageProblem::Full)),
            (rusqlite::ffi::SQLITE_READONLY, Some(StorageProblem::ReadOnly)),
            (rusqlite::ffi::SQLITE_READONLY_DBMOVED, Some(StorageProblem::ReadOnly)),
            (rusqlite::ffi::SQLITE_BUSY, Some(StorageProblem::Locked)),
            (rusqlite::ffi::SQLITE_LOCKED, Some(StorageProblem::Locked)),
            (rusqlite::ffi::SQLITE_CORRUPT, Some(StorageProblem::Damaged)),
            (rusqlite::ffi::SQLITE_NOTADB, Some(StorageProblem::Damaged)),
            (rusqlite::ffi::SQLITE_CANTOPEN, Some(StorageProblem::Unreachable)),
            (rusqlite::ffi::SQLITE_IOERR_WRITE, Some(StorageProblem::Unreachable)),
            (rusqlite::ffi::SQLITE_CONSTRAINT, None),
            (rusqlite::ffi::SQLITE_ERROR, None),
        ] {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            assert_eq!(StoreError::from(error).storage_problem(), expected, "{code}");
        }
        assert_eq!(StoreError::Moved.storage_problem(), Some(StorageProblem::Unreachable));
        assert_eq!(StoreError::Panicked.storage_problem(), None);
    }
}
