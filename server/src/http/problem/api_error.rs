//! Why a request was not answered as asked: a stable code for programs and a status code.
//!
//! Internal errors are logged here, once, and never shown.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use domain::evidence::OtherFormat;

use crate::{photos::PhotoError, store::StoreError, system::StorageProblem};

/// Why a request was not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The body or an address is not what the call expects; the parser's message.
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
    /// What was sent was made for another epoch: the server was restored from a backup since.
    OtherEpoch,
    /// The app speaks a version of the protocol that this server does not.
    Protocol,
    /// Bytes.
    TooLarge(u64),
    TooManyOperations(u32),
    /// More text or words than one search looks for.
    SearchTooLong,
    /// As many views as one person keeps.
    TooManyViews(u32),
    NotFound,
    NoSuchPhoto,
    /// No thumbnail can be made of it.
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
    Superseded,
    /// The disk or the database.
    Storage(StorageProblem),
    TooSlow,
    Internal,
}

impl ApiError {
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
            Self::OtherEpoch => ("epoch", StatusCode::CONFLICT),
            Self::Protocol => ("protocol", StatusCode::UPGRADE_REQUIRED),
            Self::TooLarge(_) => ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::TooManyOperations(_) => ("too_many_operations", StatusCode::PAYLOAD_TOO_LARGE),
            Self::SearchTooLong => ("search_too_long", StatusCode::UNPROCESSABLE_ENTITY),
            Self::TooManyViews(_) => ("too_many_views", StatusCode::CONFLICT),
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
            Self::Superseded => ("superseded", StatusCode::CONFLICT),
            Self::Storage(problem) => (problem.code(), StatusCode::SERVICE_UNAVAILABLE),
            Self::TooSlow => ("too_slow", StatusCode::REQUEST_TIMEOUT),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::NullCharacter) {
            return Self::Malformed(error.to_string());
        }
        tracing::error!(%error, "the database failed");
        error.storage_problem().map_or(Self::Internal, Self::Storage)
    }
}

impl From<PhotoError> for ApiError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::TooLarge { most } => Self::PhotoTooLarge(most),
            PhotoError::NotAPhoto | PhotoError::Empty => Self::NotAPhoto,
            PhotoError::Unsupported(format) => Self::PhotoFormat(format),
            PhotoError::TooManyPixels { most } => Self::TooManyPixels(most),
            PhotoError::WrongHash => Self::WrongHash,
            PhotoError::WrongLength => Self::WrongLength,
            PhotoError::Damaged => Self::PhotoDamaged,
            PhotoError::Interrupted => Self::Interrupted,
            PhotoError::Superseded => Self::Superseded,
            PhotoError::Full
            | PhotoError::ReadOnly
            | PhotoError::Unreachable
            | PhotoError::Io(_) => {
                logged(&error, error.storage_problem().map_or(Self::Internal, Self::Storage))
            }
            PhotoError::Decayed => logged(&error, Self::Internal),
        }
    }
}

fn logged(error: &PhotoError, answer: ApiError) -> ApiError {
    tracing::error!(%error, "the photo store failed");
    answer
}

/// The error travels in the response's extensions to `write_problems`, which knows the
/// language of the request.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
