//! Why a photo was not stored or cannot be read.
//!
//! Never: a sentence for a person or a status code; those belong to the edge.

use std::{error::Error, fmt, io};

use domain::evidence::OtherFormat;

use crate::system::StorageProblem;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// More than `most` bytes; reading stopped there.
    TooLarge { most: u64 },
    /// The first bytes are not those of a JPEG, PNG, WebP or HEIC.
    NotAPhoto,
    /// A picture in a format in which no photo is kept.
    Unsupported(OtherFormat),
    /// The header announces more than `most` pixels; nothing was decoded.
    TooManyPixels { most: u64 },
    /// The bytes have another SHA-256 than the name they were sent under.
    WrongHash,
    /// More or fewer bytes came than were announced.
    WrongLength,
    /// No byte at all.
    Empty,
    /// A photo by its first bytes, but cut off or not decodable.
    Damaged,
    /// What is on disk under this hash is no longer what was stored there. Sending the
    /// photo again repairs it.
    Decayed,
    /// The same photo is being sent anew; this one was stopped.
    Superseded,
    /// The sender went away, or the line broke, in the middle.
    Interrupted,
    /// No room left where photos are kept. Nothing was lost; sending again later works.
    Full,
    /// Storage may be read only. Nothing was lost; sending again later works.
    ReadOnly,
    /// The folder of photos is not where it was: a disk that is not mounted.
    Unreachable,
    /// Storage failed in another way. For the log; never shown.
    Io(String),
}

impl fmt::Display for PhotoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { most } => write!(f, "larger than {most} bytes"),
            Self::NotAPhoto => f.write_str("not a JPEG, PNG, WebP or HEIC"),
            Self::Unsupported(format) => write!(f, "{format} is not kept"),
            Self::TooManyPixels { most } => write!(f, "more than {most} pixels"),
            Self::WrongHash => f.write_str("the bytes have another SHA-256"),
            Self::WrongLength => f.write_str("another length than announced"),
            Self::Empty => f.write_str("no bytes"),
            Self::Damaged => f.write_str("cut off or not decodable"),
            Self::Decayed => f.write_str("no longer the bytes that were stored"),
            Self::Superseded => f.write_str("sent anew by a later request"),
            Self::Interrupted => f.write_str("broken off in the middle"),
            Self::Full => f.write_str("no room left"),
            Self::ReadOnly => f.write_str("storage may only be read"),
            Self::Unreachable => f.write_str("the folder of photos is not there"),
            Self::Io(why) => write!(f, "photo storage failed: {why}"),
        }
    }
}

impl Error for PhotoError {}

impl From<io::Error> for PhotoError {
    fn from(error: io::Error) -> Self {
        of(&error).unwrap_or_else(|| Self::Io(error.to_string()))
    }
}

impl From<object_store::Error> for PhotoError {
    fn from(error: object_store::Error) -> Self {
        let causes = std::iter::successors(error.source(), |cause| (*cause).source());
        let mut causes = causes.filter_map(|cause| cause.downcast_ref::<io::Error>());
        causes.find_map(of).unwrap_or_else(|| Self::Io(error.to_string()))
    }
}

impl PhotoError {
    /// Whether storage failed, and not what was sent: the same again may work.
    #[must_use]
    pub const fn is_of_storage(&self) -> bool {
        self.storage_problem().is_some()
    }

    /// What is wrong with storage; `None` where it is what was sent.
    #[must_use]
    pub const fn storage_problem(&self) -> Option<StorageProblem> {
        match self {
            Self::Full => Some(StorageProblem::Full),
            Self::ReadOnly => Some(StorageProblem::ReadOnly),
            Self::Unreachable | Self::Io(_) => Some(StorageProblem::Unreachable),
            _ => None,
        }
    }
}

/// What somebody can do something about.
fn of(error: &io::Error) -> Option<PhotoError> {
    match error.kind() {
        // A file larger than this process may write has no room either.
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some(PhotoError::Full)
        }
        io::ErrorKind::ReadOnlyFilesystem => Some(PhotoError::ReadOnly),
        io::ErrorKind::NotFound
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::PermissionDenied
        | io::ErrorKind::StaleNetworkFileHandle => Some(PhotoError::Unreachable),
        _ => None,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{fs::File, io::Write as _};

    use super::*;

    #[test]
    fn full_disk_is_told_from_other_failures() {
        let full = || {
            let mut device = File::options().write(true).open("/dev/full").unwrap();
            device.write_all(b"x").unwrap_err()
        };
        assert_eq!(PhotoError::from(full()), PhotoError::Full);
        let wrapped = object_store::Error::Generic {
            store: "LocalFileSystem",
            source: Box::new(object_store::Error::Generic {
                store: "LocalFileSystem",
                source: Box::new(full()),
            }),
        };
        assert_eq!(PhotoError::from(wrapped), PhotoError::Full);
        let absent = File::open("/absent").unwrap_err();
        assert_eq!(PhotoError::from(absent), PhotoError::Unreachable);
    }
}
