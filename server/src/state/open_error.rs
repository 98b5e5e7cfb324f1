//! Why a data folder cannot be served, for the person at the terminal.

use std::fmt;

use crate::{photos::PhotoError, store::StoreError};

/// Why a data folder cannot be served.
#[derive(Debug)]
pub enum OpenError {
    Store(StoreError),
    Photos(PhotoError),
    /// The database names `known` photos, and there is no folder of photos.
    NoPhotos {
        known: u64,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(f, "{error}"),
            Self::Photos(error) => write!(f, "photo folder: {error}"),
            Self::NoPhotos { known } => write!(
                f,
                "the database names {known} photos and the folder “photos” is empty: is its disk \
                 mounted? To go on without them, make the folder “photos/00”"
            ),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
