//! Where the database of a data folder is: in the folder, or on a server.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{DATABASE, PostgresAddress};

#[derive(Clone, Debug)]
pub enum Database {
    /// A file of SQLite.
    File(PathBuf),
    /// A database of PostgreSQL.
    Server(PostgresAddress),
}

impl Database {
    /// The file in a data folder.
    #[must_use]
    pub fn in_folder(data: &Path) -> Self {
        Self::File(data.join(DATABASE))
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(address) => write!(f, "{address}"),
        }
    }
}
