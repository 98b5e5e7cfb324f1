//! An answer that a client which has it is not sent again.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::Sha256Hash;
use serde::Serialize;

use crate::http::{problem::ApiError, request::entity_tag};

/// The body with a tag made of its content, or 304. The tag is weak, for the answer may be
/// compressed on its way.
pub(super) fn answer(headers: &HeaderMap, body: &impl Serialize) -> Result<Response, ApiError> {
    let bytes = serde_json::to_vec(body).map_err(|_| ApiError::Internal)?;
    let tag = format!("W/\"{}\"", Sha256Hash::of(&bytes));
    let mut response = if entity_tag::is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], bytes).into_response()
    };
    let headers = response.headers_mut();
    // What a person sees is theirs: kept by their browser, and asked about each time.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie, Authorization"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}
