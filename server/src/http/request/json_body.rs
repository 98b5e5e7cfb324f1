//! A JSON body, read whole within the limit of its route.

use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::DeserializeOwned;

use crate::http::problem::ApiError;

/// Bytes of a body. A batch of 200 operations is the largest: 10 KB for each, several times
/// what a report with its photos' manifests takes.
const MAX_BYTES: usize = 2 * 1024 * 1024;

pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        if !is_json(&request) {
            return Err(ApiError::MediaType);
        }
        let too_large = ApiError::TooLarge(u64::try_from(MAX_BYTES).unwrap_or(u64::MAX));
        let bytes =
            axum::body::to_bytes(request.into_body(), MAX_BYTES).await.map_err(|_| too_large)?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| ApiError::Malformed(error.to_string()))
    }
}

/// Any site's form can send text to any server. For this media type a browser asks the
/// server first (CORS preflight), and this server does not answer such a question.
fn is_json(request: &Request) -> bool {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
