//! Sending a photo at once. Its bytes are on disk before the database says so, and the
//! database before the receipt is given.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, header},
};
use domain::sync::PhotoAnswer;

use super::arrival::{parse_hash, record_arrival};
use crate::{
    http::{
        problem::ApiError,
        request::{Photographer, SignedInAs, byte_stream},
    },
    photos::MAX_BYTES,
    state::App,
};

/// Send the bytes of a photo, as they are. The same photo again: the same receipt.
#[utoipa::path(
    put, path = "/photos/{sha256}", tag = "photos",
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, 64 lower-case hexadecimal digits")),
    request_body(content = inline(crate::http::openapi::Bytes), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "The photo is on disk", body = domain::sync::PhotoAnswer),
        (status = 400, description = "`wrong_length`, `interrupted`, `malformed`", body = domain::sync::Problem),
        (status = 403, description = "`not_allowed`", body = domain::sync::Problem),
        (status = 413, description = "`photo_too_large`", body = domain::sync::Problem),
        (status = 415, description = "`photo_format`: a picture in a format in which no photo is kept", body = domain::sync::Problem),
        (status = 422, description = "`not_a_photo`, `too_many_pixels`, `photo_damaged`, `wrong_hash`", body = domain::sync::Problem),
        (status = 503, description = "`full`, `read_only`, `locked`, `damaged`, `unreachable`, with `Retry-After`", body = domain::sync::Problem),
    )
)]
pub async fn upload_photo(
    State(app): State<Arc<App>>,
    signed_in: SignedInAs<Photographer>,
    Path(hash): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<PhotoAnswer>, ApiError> {
    let hash = parse_hash(&hash)?;
    let stated = stated_length(&headers)?;
    // Before a byte is read: a phone on a slow connection need not send all of it to get the answer.
    if stated.is_some_and(|length| length > MAX_BYTES) {
        return Err(ApiError::PhotoTooLarge(MAX_BYTES));
    }
    let photo = app.photos.ingest(hash, stated, byte_stream(body)).await?;

    let receipt = record_arrival(app, signed_in.session.actor.user, photo).await?;
    Ok(Json(PhotoAnswer { receipt }))
}

fn stated_length(headers: &HeaderMap) -> Result<Option<u64>, ApiError> {
    let Some(stated) = headers.get(header::CONTENT_LENGTH) else { return Ok(None) };
    let stated = stated.to_str().ok().and_then(|text| text.parse().ok());
    Ok(Some(stated.ok_or(ApiError::WrongLength)?))
}
