//! Sending a photo in parts, over a connection that breaks and through proxies that take no large
//! request. What the call needs stands in its address and its body, see [`PartAnswer`].

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
};
use domain::sync::{PartAnswer, PhotoAnswer};
use serde::Deserialize;

use super::arrival::{parse_hash, record_arrival};
use crate::{
    http::{
        problem::ApiError,
        request::{Photographer, SignedInAs, byte_stream},
    },
    photos::Resumed,
    state::App,
};

#[derive(Deserialize)]
pub struct Parameters {
    /// Where the bytes of the body begin.
    offset: u64,
    /// Bytes of the whole photo.
    length: u64,
}

/// Send a part of a photo.
///
/// Bytes that begin elsewhere than where those on disk end are not taken; the answer always says
/// where to go on. Without bytes, and with `offset` at the end, this asks how much is here. What
/// came before a connection broke is kept for seven days. A newer request for the same photo stops
/// an older one.
#[utoipa::path(
    post, path = "/photos/{sha256}/parts", tag = "photos",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the whole photo"),
        ("offset" = u64, Query, description = "Where these bytes begin"),
        ("length" = u64, Query, description = "Bytes of the whole photo"),
    ),
    request_body(content = inline(crate::http::openapi::Bytes), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "`held`: bytes on disk, more is needed; `whole`: the photo is on disk", body = domain::sync::PartAnswer),
        (status = 400, description = "`wrong_length`, `interrupted`, `malformed`", body = domain::sync::Problem),
        (status = 403, description = "`not_allowed`", body = domain::sync::Problem),
        (status = 409, description = "`superseded`", body = domain::sync::Problem),
        (status = 413, description = "`photo_too_large`", body = domain::sync::Problem),
        (status = 415, description = "`photo_format`: a picture in a format in which no photo is kept; nothing of it is kept", body = domain::sync::Problem),
        (status = 422, description = "`not_a_photo`, `too_many_pixels`, `photo_damaged`, `wrong_hash`: nothing of it is kept", body = domain::sync::Problem),
    )
)]
pub async fn upload_photo_part(
    State(app): State<Arc<App>>,
    signed_in: SignedInAs<Photographer>,
    Path(hash): Path<String>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    body: Body,
) -> Result<Json<PartAnswer>, ApiError> {
    let hash = parse_hash(&hash)?;
    let Query(Parameters { offset, length }) =
        parameters.map_err(|error| ApiError::Malformed(error.body_text()))?;
    // In a task of its own: axum drops a handler whose client hung up, and what came by
    // then has to be synced all the same, or the phone would send it again.
    let work = app.tasks.spawn({
        let app = Arc::clone(&app);
        async move {
            match app.photos.resume(hash, offset, length, byte_stream(body)).await? {
                Resumed::Part(held) => Ok(PartAnswer::Held(held)),
                Resumed::Whole(photo) => {
                    let receipt = record_arrival(app, signed_in.session.actor.user, photo).await?;
                    Ok(PartAnswer::Whole(PhotoAnswer { receipt }))
                }
            }
        }
    });
    work.await.map_err(|_| ApiError::Internal)?.map(Json)
}
