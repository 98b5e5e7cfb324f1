//! Why the database failed. Always an internal error: what a person did wrong is a verdict
//! or a refusal, and stored as one.

use std::fmt;

use domain::pack::BadPack;

use super::{postgres, sqlite};
use crate::system::StorageProblem;

#[derive(Debug)]
pub enum StoreError {
    Database(DatabaseError),
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
    /// The server of the database does not let anybody in.
    Unreachable,
    /// It is no address of a database.
    Address,
    /// The database does not sort text by its bytes.
    Collation {
        database: String,
        encoding: String,
        locale: String,
    },
    /// Text with U+0000, which a database cannot store and no person writes.
    NullCharacter,
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
        match self {
            Self::Database(DatabaseError::Sqlite(error)) => sqlite::storage_problem(error),
            Self::Database(DatabaseError::Postgres(error)) => postgres::storage_problem(error),
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                Some(StorageProblem::Full)
            }
            Self::Io(_) | Self::Moved | Self::Unreachable => Some(StorageProblem::Unreachable),
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
            Self::Unreachable => f.write_str("the database let nobody in a moment ago"),
            Self::Address => f.write_str(
                "this is no address of a database: it has the form \
                 postgres://USER:PASSWORD@HOST/NAME",
            ),
            Self::Collation { database, encoding, locale } => write!(
                f,
                "the database {database:?} has the encoding {encoding} and sorts text as \
                 {locale:?}; text has to be UTF-8 and sorted by its bytes. Make it so: createdb \
                 -T template0 -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 {database}"
            ),
            Self::NullCharacter => f.write_str("text with U+0000"),
            Self::Closed => f.write_str("the store is closed"),
            Self::Io(error) => write!(f, "data folder: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// What the database itself said.
#[derive(Debug)]
pub enum DatabaseError {
    Sqlite(rusqlite::Error),
    Postgres(::postgres::Error),
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) => write!(f, "{error}"),
            Self::Postgres(error) => postgres::write_error(error, f),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(DatabaseError::Sqlite(error))
    }
}

impl From<::postgres::Error> for StoreError {
    fn from(error: ::postgres::Error) -> Self {
        Self::Database(DatabaseError::Postgres(error))
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
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        for (error, expected) in [
            (StoreError::Io(full), Some(StorageProblem::Full)),
            (StoreError::Moved, Some(StorageProblem::Unreachable)),
            (StoreError::Unreachable, Some(StorageProblem::Unreachable)),
            (StoreError::Column { column: 1 }, Some(StorageProblem::Damaged)),
            (StoreError::Panicked, None),
            (StoreError::NullCharacter, None),
        ] {
            assert_eq!(error.storage_problem(), expected, "{error:?}");
        }
    }
}
