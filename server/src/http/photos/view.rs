//! Viewing a photo: for whoever sees a case that names it, or sent it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::PhotoHash;
use serde::Deserialize;

use crate::{
    access::{PhotoAccess, photo_access},
    http::{
        problem::ApiError,
        request::{SignedIn, entity_tag},
    },
    photos::{Picture, Size},
    state::App,
};

#[derive(Deserialize)]
pub struct Parameters {
    #[serde(default)]
    size: SizeParameter,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeParameter {
    Thumb,
    #[default]
    Screen,
    Original,
}

/// View a photo.
#[utoipa::path(
    get, path = "/photos/{sha256}", tag = "photos",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the photo"),
        ("size" = Option<String>, Query, description = "`thumb` (320 px), `screen` (1280 px, the default) or `original`"),
    ),
    responses(
        (status = 200, description = "The picture; `thumb` and `screen` are JPEG without metadata", body = inline(crate::http::openapi::Bytes), content_type = "image/jpeg"),
        (status = 304, description = "The browser has it"),
        (status = 403, description = "`not_allowed`: the original names the reporter's device, and this role is not shown who reports", body = domain::sync::Problem),
        (status = 404, description = "`no_such_photo`, `no_picture`", body = domain::sync::Problem),
    )
)]
pub async fn view_photo(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    Path(hash): Path<String>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let hash: PhotoHash = hash.parse().map_err(|_| ApiError::NoSuchPhoto)?;
    let Query(parameters) = parameters.map_err(|error| ApiError::Malformed(error.body_text()))?;
    let (size, name) = match parameters.size {
        SizeParameter::Thumb => (Size::Thumb, "thumb"),
        SizeParameter::Screen => (Size::Screen, "screen"),
        SizeParameter::Original => (Size::Original, "original"),
    };
    let access =
        app.store.read(move |transaction| photo_access(transaction, &session.actor, hash)).await?;
    match access {
        PhotoAccess::Denied => return Err(ApiError::NoSuchPhoto),
        PhotoAccess::Pictures if size == Size::Original => return Err(ApiError::NotAllowed),
        PhotoAccess::Pictures | PhotoAccess::Original => {}
    }
    // A photo is named by its bytes, so that its tag never has to change.
    let tag = format!("\"{hash}-{name}\"");
    if entity_tag::is_known(&headers, &tag) {
        return Ok(with_caching(StatusCode::NOT_MODIFIED.into_response(), &tag));
    }
    let Some(picture) = app.photos.read(hash, size).await? else {
        let is_there = app.photos.length(hash).await?.is_some();
        return Err(if is_there { ApiError::NoPicture } else { ApiError::NoSuchPhoto });
    };
    Ok(with_caching(picture_response(picture), &tag))
}

fn picture_response(picture: Picture) -> Response {
    let mut response = Body::from(picture.bytes).into_response();
    let kind = HeaderValue::from_static(picture.media_type);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Cached by this browser for this session, and by no proxy: who may see a photo depends on
/// who asks.
fn with_caching(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    let caching = HeaderValue::from_static("private, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, caching);
    headers.insert(header::VARY, HeaderValue::from_static("Cookie, Authorization"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
