//! Looking at a photo: for whoever sees a case that has it, or brought it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::PhotoHash;
use serde::Deserialize;

use super::{failure::Failure, signed::Signed};
use crate::{
    feed::{self, PhotoSight},
    photos::{Picture, Size},
    state::App,
};

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    size: WantedSize,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WantedSize {
    Thumb,
    #[default]
    Screen,
    Original,
}

/// Look at a photo.
#[utoipa::path(
    get, path = "/photos/{sha256}", tag = "photos",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the photo"),
        ("size" = Option<String>, Query, description = "`thumb` (320 px), `screen` (1280 px, the default) or `original`"),
    ),
    responses(
        (status = 200, description = "The picture; `thumb` and `screen` are JPEG without metadata", body = inline(super::openapi::Bytes), content_type = "image/jpeg"),
        (status = 304, description = "The browser has it"),
        (status = 403, description = "`not_allowed`: the original names the reporter's device, and this role is not shown who reports", body = domain::sync::Problem),
        (status = 404, description = "`no_such_photo`, `no_picture`", body = domain::sync::Problem),
    )
)]
pub async fn photo_get(
    State(app): State<Arc<App>>,
    Signed(session): Signed,
    Path(hash): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let hash: PhotoHash = hash.parse().map_err(|_| Failure::NoSuchPhoto)?;
    let Query(wanted) = wanted.map_err(|error| Failure::Malformed(error.body_text()))?;
    let (size, name) = match wanted.size {
        WantedSize::Thumb => (Size::Thumb, "thumb"),
        WantedSize::Screen => (Size::Screen, "screen"),
        WantedSize::Original => (Size::Original, "original"),
    };
    let district = Arc::clone(&app.decision_context.district);
    let sight = app
        .store
        .read(move |transaction| feed::photo_sight(transaction, &district, &session.actor, hash))
        .await?;
    match sight {
        PhotoSight::Nothing => return Err(Failure::NoSuchPhoto),
        PhotoSight::Pictures if size == Size::Original => return Err(Failure::NotAllowed),
        PhotoSight::Pictures | PhotoSight::Original => {}
    }
    // Photos never change: a name is that of the bytes.
    let tag = format!("\"{hash}-{name}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str()) {
        return Ok(with_caching(StatusCode::NOT_MODIFIED.into_response(), &tag));
    }
    let Some(picture) = app.photos.read(hash, size).await? else {
        let is_there = app.photos.length(hash).await?.is_some();
        return Err(if is_there { Failure::NoPicture } else { Failure::NoSuchPhoto });
    };
    Ok(with_caching(shown(picture), &tag))
}

fn shown(picture: Picture) -> Response {
    let mut response = Body::from(picture.bytes).into_response();
    let kind = HeaderValue::from_static(picture.media_type);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Kept by this browser for this session, and by nobody in between.
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
