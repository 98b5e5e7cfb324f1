//! How much of a photo is here: where a phone goes on after its connection broke.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{AppendHeaders, IntoResponse as _, Response},
};
use domain::sync::UPLOAD_OFFSET;

use super::arrival::parse_hash;
use crate::{
    http::{
        problem::ApiError,
        request::{Photographer, SignedInAs},
    },
    state::App,
};

/// How much of a photo is here.
///
/// An older request that is still sending this photo is stopped, so that the number stays true.
#[utoipa::path(
    head, path = "/photos/{sha256}", tag = "photos",
    params(("sha256" = String, Path, description = "SHA-256 of the whole photo")),
    responses(
        (status = 204, description = "`upload-offset`: bytes of it on disk; of a whole one, its length", headers(("upload-offset" = u64))),
    )
)]
pub async fn photo_upload_offset(
    State(app): State<Arc<App>>,
    _: SignedInAs<Photographer>,
    Path(hash): Path<String>,
) -> Result<Response, ApiError> {
    Ok(offset_response(app.photos.offset(parse_hash(&hash)?).await?))
}

/// Says how many bytes of a photo are on disk.
pub(super) fn offset_response(bytes: u64) -> Response {
    (StatusCode::NO_CONTENT, AppendHeaders([(UPLOAD_OFFSET, bytes.to_string())])).into_response()
}
