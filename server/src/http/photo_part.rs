//! Sending a photo in parts, over a line that breaks: how much of it is here, and more of
//! it. The part that makes it whole is answered as a photo that came at once.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{AppendHeaders, IntoResponse, Response},
};
use domain::sync::{PhotoAnswer, UPLOAD_LENGTH, UPLOAD_OFFSET};

use super::{
    failure::Failure,
    photo_put::{arrive, named, patient},
    signed::{As, Photographer},
};
use crate::{photos::Resumed, state::App};

/// How much of a photo is here.
///
/// An older request that is still sending this photo is stopped, so that the number stands.
#[utoipa::path(
    head, path = "/photos/{sha256}", tag = "photos",
    params(("sha256" = String, Path, description = "SHA-256 of the whole photo")),
    responses(
        (status = 204, description = "`upload-offset`: bytes of it on disk; of a whole one, its length", headers(("upload-offset" = u64))),
    )
)]
pub async fn photo_head(
    State(app): State<Arc<App>>,
    _: As<Photographer>,
    Path(hash): Path<String>,
) -> Result<Response, Failure> {
    Ok(held(app.photos.offset(named(&hash)?).await?))
}

/// Send a part of a photo.
///
/// `upload-offset` is where its bytes begin; `upload-length`, needed with the first part,
/// is the length of the whole. What came before a line broke is kept for seven days. A
/// newer request for the same photo stops an older one.
#[utoipa::path(
    patch, path = "/photos/{sha256}", tag = "photos",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the whole photo"),
        ("upload-offset" = u64, Header, description = "Where these bytes begin"),
        ("upload-length" = Option<u64>, Header, description = "Bytes of the whole photo"),
    ),
    request_body(content = inline(super::openapi::Bytes), content_type = "application/octet-stream"),
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
pub async fn photo_patch(
    State(app): State<Arc<App>>,
    who: As<Photographer>,
    Path(hash): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let hash = named(&hash)?;
    let offset = number(&headers, UPLOAD_OFFSET)?
        .ok_or_else(|| Failure::Malformed(format!("{UPLOAD_OFFSET} is missing")))?;
    let total = number(&headers, UPLOAD_LENGTH)?;
    // On its own, so that what came is synced though the phone is gone.
    let work = app.tasks.spawn({
        let app = Arc::clone(&app);
        async move {
            match app.photos.resume(hash, offset, total, patient(body)).await? {
                Resumed::Part(bytes) => Ok(held(bytes)),
                Resumed::Whole(taken) => {
                    let receipt = arrive(app, who.session.actor.user, taken).await?;
                    Ok(Json(PhotoAnswer { receipt }).into_response())
                }
            }
        }
    });
    work.await.map_err(|_| Failure::Internal)?
}

fn held(bytes: u64) -> Response {
    (StatusCode::NO_CONTENT, AppendHeaders([(UPLOAD_OFFSET, bytes.to_string())])).into_response()
}

fn number(headers: &HeaderMap, name: &str) -> Result<Option<u64>, Failure> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let value = value.to_str().ok().and_then(|text| text.parse().ok());
    Ok(Some(value.ok_or_else(|| Failure::Malformed(format!("{name} is not a number")))?))
}
