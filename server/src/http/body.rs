//! A JSON body, read whole within the limit of its route.

use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// Bytes of a body; a batch of operations is the largest.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Failure> {
        if !is_json(&request) {
            return Err(Failure::MediaType);
        }
        let too_large = Failure::TooLarge(u64::try_from(MOST_BYTES).unwrap_or(u64::MAX));
        let bytes =
            axum::body::to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| too_large)?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| Failure::Malformed(error.to_string()))
    }
}

/// A form of another site can send text, but not this type, without being asked first.
fn is_json(request: &Request) -> bool {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
