//! Why a request was not answered as asked: a stable code for programs and a status.
//!
//! Internal errors are logged here, once, and never shown.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use domain::evidence::OtherFormat;

use crate::{photos::PhotoError, storage_problem::StorageProblem, store::StoreError};

/// Why a request was not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The body or an address is not what the call expects; the parser's words.
    Malformed(String),
    NotSignedIn,
    SessionExpired,
    WrongPassword,
    /// Too many wrong passwords for this name: seconds to wait.
    TryLater(u64),
    NotAllowed,
    /// A cookie with a request that another site made.
    CrossSite,
    /// The session belongs to another installation of the app.
    DeviceChanged,
    /// What was sent is meant for another life of the server.
    OtherLife,
    /// The app speaks a version of the protocol that this server does not.
    Protocol,
    /// Bytes.
    TooLarge(u64),
    TooManyOperations(u32),
    NotFound,
    NoSuchPhoto,
    /// No small picture can be made of it.
    NoPicture,
    MethodNotAllowed,
    MediaType,
    PhotoTooLarge(u64),
    NotAPhoto,
    /// A picture in a format in which no photo is kept.
    PhotoFormat(OtherFormat),
    NotABundle,
    TooManyPixels(u64),
    PhotoDamaged,
    WrongHash,
    WrongLength,
    Interrupted,
    /// A part begins elsewhere than the bytes that are there end.
    Offset(u64),
    LengthUnknown,
    Superseded,
    /// The disk or the database.
    Storage(StorageProblem),
    TooSlow,
    Internal,
}

impl Failure {
    /// Stable, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind().0
    }

    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.kind().1
    }

    const fn kind(&self) -> (&'static str, StatusCode) {
        match self {
            Self::Malformed(_) => ("malformed", StatusCode::BAD_REQUEST),
            Self::NotSignedIn => ("not_signed_in", StatusCode::UNAUTHORIZED),
            Self::SessionExpired => ("session_expired", StatusCode::UNAUTHORIZED),
            Self::WrongPassword => ("wrong_password", StatusCode::UNAUTHORIZED),
            Self::TryLater(_) => ("try_later", StatusCode::TOO_MANY_REQUESTS),
            Self::NotAllowed => ("not_allowed", StatusCode::FORBIDDEN),
            Self::CrossSite => ("cross_site", StatusCode::FORBIDDEN),
            Self::DeviceChanged => ("device_changed", StatusCode::CONFLICT),
            Self::OtherLife => ("epoch", StatusCode::CONFLICT),
            Self::Protocol => ("protocol", StatusCode::UPGRADE_REQUIRED),
            Self::TooLarge(_) => ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::TooManyOperations(_) => ("too_many_operations", StatusCode::PAYLOAD_TOO_LARGE),
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND),
            Self::NoSuchPhoto => ("no_such_photo", StatusCode::NOT_FOUND),
            Self::NoPicture => ("no_picture", StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
            Self::MediaType => ("media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::PhotoTooLarge(_) => ("photo_too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::NotAPhoto => ("not_a_photo", StatusCode::UNPROCESSABLE_ENTITY),
            Self::PhotoFormat(_) => ("photo_format", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::NotABundle => ("not_a_bundle", StatusCode::UNPROCESSABLE_ENTITY),
            Self::TooManyPixels(_) => ("too_many_pixels", StatusCode::UNPROCESSABLE_ENTITY),
            Self::PhotoDamaged => ("photo_damaged", StatusCode::UNPROCESSABLE_ENTITY),
            Self::WrongHash => ("wrong_hash", StatusCode::UNPROCESSABLE_ENTITY),
            Self::WrongLength => ("wrong_length", StatusCode::BAD_REQUEST),
            Self::Interrupted => ("interrupted", StatusCode::BAD_REQUEST),
            Self::Offset(_) => ("offset", StatusCode::CONFLICT),
            Self::LengthUnknown => ("length_unknown", StatusCode::BAD_REQUEST),
            Self::Superseded => ("superseded", StatusCode::CONFLICT),
            Self::Storage(ill) => (ill.code(), StatusCode::SERVICE_UNAVAILABLE),
            Self::TooSlow => ("too_slow", StatusCode::REQUEST_TIMEOUT),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the database could not do it");
        error.ill().map_or(Self::Internal, Self::Storage)
    }
}

impl From<PhotoError> for Failure {
    fn from(trouble: PhotoError) -> Self {
        match trouble {
            PhotoError::TooLarge { most } => Self::PhotoTooLarge(most),
            PhotoError::NotAPhoto | PhotoError::Empty => Self::NotAPhoto,
            PhotoError::Unsupported(format) => Self::PhotoFormat(format),
            PhotoError::TooManyPixels { most } => Self::TooManyPixels(most),
            PhotoError::WrongHash => Self::WrongHash,
            PhotoError::WrongLength => Self::WrongLength,
            PhotoError::Damaged => Self::PhotoDamaged,
            PhotoError::Interrupted => Self::Interrupted,
            PhotoError::WrongOffset { held } => Self::Offset(held),
            PhotoError::LengthUnknown => Self::LengthUnknown,
            PhotoError::Superseded => Self::Superseded,
            PhotoError::Full
            | PhotoError::ReadOnly
            | PhotoError::Unreachable
            | PhotoError::Io(_) => {
                let ill = trouble.storage_problem();
                failed(&trouble, ill.map_or(Self::Internal, Self::Storage))
            }
            PhotoError::Decayed => failed(&trouble, Self::Internal),
        }
    }
}

fn failed(trouble: &PhotoError, failure: Failure) -> Failure {
    tracing::error!(%trouble, "the photo store could not do it");
    failure
}

/// A failure travels to the edge as it is; `problem::speak` writes it there.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
