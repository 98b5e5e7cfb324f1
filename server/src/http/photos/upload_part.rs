//! Sending a photo in parts, over a connection that breaks. The part that makes the photo
//! whole is answered as a photo that came at once.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use domain::sync::{PhotoAnswer, UPLOAD_LENGTH, UPLOAD_OFFSET};

use super::{
    arrival::{parse_hash, record_arrival},
    upload_offset::offset_response,
};
use crate::{
    http::{
        problem::ApiError,
        request::{Photographer, SignedInAs, byte_stream},
    },
    photos::Resumed,
    state::App,
};

/// Send a part of a photo.
///
/// `upload-offset` is where its bytes begin; `upload-length`, needed with the first part,
/// is the length of the whole. What came before a connection broke is kept for seven days. A
/// newer request for the same photo stops an older one.
#[utoipa::path(
    patch, path = "/photos/{sha256}", tag = "photos",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the whole photo"),
        ("upload-offset" = u64, Header, description = "Where these bytes begin"),
        ("upload-length" = Option<u64>, Header, description = "Bytes of the whole photo"),
    ),
    request_body(content = inline(crate::http::openapi::Bytes), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "It is whole and on disk", body = domain::sync::PhotoAnswer),
        (status = 204, description = "More is needed; `upload-offset`: bytes on disk", headers(("upload-offset" = u64))),
        (status = 400, description = "`length_unknown`, `wrong_length`, `interrupted`, `malformed`", body = domain::sync::Problem),
        (status = 403, description = "`not_allowed`", body = domain::sync::Problem),
        (status = 409, description = "`offset`: it goes on at the `upload-offset` of this answer; `superseded`", body = domain::sync::Problem),
        (status = 413, description = "`photo_too_large`", body = domain::sync::Problem),
        (status = 415, description = "`photo_format`: a picture in a format in which no photo is kept; nothing of it is kept", body = domain::sync::Problem),
        (status = 422, description = "`not_a_photo`, `too_many_pixels`, `photo_damaged`, `wrong_hash`: nothing of it is kept", body = domain::sync::Problem),
    )
)]
pub async fn upload_photo_part(
    State(app): State<Arc<App>>,
    signed_in: SignedInAs<Photographer>,
    Path(hash): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let hash = parse_hash(&hash)?;
    let offset = number(&headers, UPLOAD_OFFSET)?
        .ok_or_else(|| ApiError::Malformed(format!("{UPLOAD_OFFSET} is missing")))?;
    let total = number(&headers, UPLOAD_LENGTH)?;
    // In a task of its own: axum drops a handler whose client hung up, and what came by
    // then has to be synced all the same, or the phone would send it again.
    let work = app.tasks.spawn({
        let app = Arc::clone(&app);
        async move {
            match app.photos.resume(hash, offset, total, byte_stream(body)).await? {
                Resumed::Part(bytes) => Ok(offset_response(bytes)),
                Resumed::Whole(photo) => {
                    let receipt = record_arrival(app, signed_in.session.actor.user, photo).await?;
                    Ok(Json(PhotoAnswer { receipt }).into_response())
                }
            }
        }
    });
    work.await.map_err(|_| ApiError::Internal)?
}

fn number(headers: &HeaderMap, name: &str) -> Result<Option<u64>, ApiError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let value = value.to_str().ok().and_then(|text| text.parse().ok());
    Ok(Some(value.ok_or_else(|| ApiError::Malformed(format!("{name} is not a number")))?))
}
