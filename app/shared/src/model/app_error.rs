//! What can go wrong in front of a person. Every kind has one sentence in `text`:
//! what happened, what is safe, what to do.

use domain::{
    case::Refusal,
    evidence::OtherFormat,
    sync::{Problem, outbox::Failure},
};

use crate::{
    device::{camera::CameraError, photo_worker::WorkerError, store::StoreError},
    sync::Refused,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppError {
    /// The browser gives no storage: a private window, or switched off.
    StorageUnavailable,
    /// The phone is full. What was saved before is safe.
    StorageFull,
    /// Little space is left: it is kept for text and for what is being saved. Photos
    /// stop before text does.
    StorageLow,
    /// What was written was not there when it was read back: a full disk does that, though
    /// the browser called it written. The record was not called saved.
    StorageKeepsNothing,
    /// What was read back is not what was written. The record was not called saved.
    StorageAlters,
    /// A row that was stored before is not readable. It stays where it is.
    StorageUnreadable,
    /// The connection to the store broke off, and again after opening it anew.
    StorageLost,
    /// The browser saves no files.
    NoDownloads,
    /// Another tab holds an older version of the store open: close it.
    StorageBlocked,
    /// No answer from the server.
    Unreachable,
    /// Something else answered in the server's place: a captive portal, a proxy.
    NotTheServer,
    /// A proxy or a firewall on the way refused the request.
    Blocked,
    /// The server asks to wait; milliseconds when it said how long.
    Busy {
        retry_after_ms: Option<u32>,
    },
    WrongPassword,
    /// The session has ended; sign in again. Nothing is lost.
    NeedSignIn,
    /// Nobody is signed in.
    NotSignedIn,
    /// The district pack is not on this phone yet.
    NoPack,
    /// The case is not on this phone, and the server does not answer.
    CaseNotHere,
    /// The same save is still under way: a doubled tap is one tap.
    AlreadySaving,
    Photo(PhotoError),
    Camera(CameraError),
    /// The act cannot be done; has its own sentence in every language.
    Refused(Refusal),
    /// The draft lacks something.
    Incomplete(Lacking),
    /// Anything else the server said, in the person's language already.
    Server(Problem),
}

/// What a draft still needs before it can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    Photo,
    Category,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// Not a picture by its first bytes: a text named `.jpg`.
    NotAPhoto,
    /// A picture in a format that this browser does not decode and in which no photo is
    /// kept.
    Unsupported(OtherFormat),
    /// Cut short or broken: this browser cannot decode it though it knows the format.
    Damaged,
    /// More bytes than can be kept.
    TooLarge {
        bytes: u64,
        most: u64,
    },
    /// More pixels than a phone should try to decode, as the file's header states.
    TooManyPixels {
        width: u32,
        height: u32,
    },
    /// What came out is one flat colour.
    Blank,
    /// The picker's file can no longer be read.
    Unreadable,
    /// The bytes on this phone are no longer those of the draft's photo with this number,
    /// from 1.
    Lost {
        number: usize,
    },
    TooMany {
        most: usize,
    },
    /// The photo worker did not answer.
    WorkerFailed,
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PhotoError> for AppError {
    fn from(error: PhotoError) -> Self {
        Self::Photo(error)
    }
}

impl From<CameraError> for AppError {
    fn from(error: CameraError) -> Self {
        Self::Camera(error)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => Self::StorageUnavailable,
            StoreError::Lost => Self::StorageLost,
            StoreError::Blocked => Self::StorageBlocked,
            StoreError::Full => Self::StorageFull,
            StoreError::Damaged => Self::StorageUnreadable,
        }
    }
}

impl From<Failure> for AppError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable => Self::Unreachable,
            Failure::NotTheServer => Self::NotTheServer,
            Failure::Blocked { .. } => Self::Blocked,
            Failure::Busy { retry_after_ms } => Self::Busy { retry_after_ms },
            Failure::SignedOut => Self::NeedSignIn,
            Failure::Rejected { status, code } => {
                Self::Server(Problem { title: code.clone(), code, status, detail: None })
            }
        }
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::WrongPassword => Self::WrongPassword,
            Refused::Failed(failure) => failure.into(),
            Refused::Other(problem) => Self::Server(problem),
        }
    }
}

impl From<WorkerError> for AppError {
    fn from(error: WorkerError) -> Self {
        Self::Photo(match error {
            WorkerError::NotAPhoto => PhotoError::NotAPhoto,
            WorkerError::Unsupported(format) => PhotoError::Unsupported(format),
            WorkerError::Damaged => PhotoError::Damaged,
            WorkerError::TooLarge { bytes, most } => PhotoError::TooLarge { bytes, most },
            WorkerError::TooManyPixels { width, height } => {
                PhotoError::TooManyPixels { width, height }
            }
            WorkerError::Blank => PhotoError::Blank,
            WorkerError::Failed => PhotoError::WorkerFailed,
        })
    }
}
