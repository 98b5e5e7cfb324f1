//! Backups: a folder that holds the database of several moments, and every photo once.
//!
//! ```text
//! database/<moment>.db      a copy of the database
//! database/<moment>.json    its manifest; written last, so it is there for whole ones only
//! photos/ab/<sha256>        shared by all moments, never deleted
//! ```
//!
//! Never: calls a backup whole before everything in it was read back and found right.

mod make;
mod manifest;
mod restore;

use std::{fmt, io, path::Path};

pub use make::{Made, make};
pub use manifest::{Manifest, all, read};
pub(crate) use manifest::{digest, digest_of_list, photo};
pub use restore::{Restored, restore};

use crate::store::StoreError;

/// Why it could not be done, for the person at the terminal.
#[derive(Debug)]
pub struct Trouble(String);

impl Trouble {
    fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Says which file it was.
trait At<T> {
    fn at(self, path: &Path) -> Result<T, Trouble>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, Trouble> {
        self.map_err(|error| Trouble(format!("{}: {error}", path.display())))
    }
}

impl<T> At<T> for Result<T, StoreError> {
    fn at(self, path: &Path) -> Result<T, Trouble> {
        self.map_err(|error| Trouble(format!("{}: {error}", path.display())))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}
