//! Importing a rescue bundle, be it of another device.

use std::{io, sync::Arc};

use axum::{Json, body::Body, extract::State};
use domain::sync::RescueReport;
use futures_util::StreamExt as _;
use tokio_util::io::StreamReader;

use crate::{
    http::{
        problem::ApiError,
        request::{SignedIn, byte_stream},
    },
    rescue::{Importer, RescueError},
    state::App,
};

/// Import a rescue bundle, of any device.
///
/// Whoever is signed in may send it. Its operations keep their author and device; an
/// operation whose author never signed in on that device is quarantined. Importing it again
/// changes nothing, and one that was cut short is imported up to the cut.
#[utoipa::path(
    post, path = "/sync/rescue", tag = "sync",
    request_body(content = inline(crate::http::openapi::Bytes), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "What became of it", body = domain::sync::RescueReport),
        (status = 422, description = "`not_a_bundle`", body = domain::sync::Problem),
        (status = 503, description = "`full`, `read_only`, `locked`, `damaged`, `unreachable`, with `Retry-After`; the same again goes on", body = domain::sync::Problem),
    )
)]
pub async fn import_rescue(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    body: Body,
) -> Result<Json<RescueReport>, ApiError> {
    let importer = Importer {
        store: &app.store,
        photos: &app.photos,
        decision_context: &app.decision_context,
        user: session.actor.user,
        device: session.device,
        is_trusted: false,
    };
    let chunks = byte_stream(body).map(|chunk| chunk.map_err(io::Error::other));
    let imported = importer.import(StreamReader::new(chunks)).await;
    // Photos may have come, also with a bundle that broke off.
    app.job_added.notify_one();
    match imported {
        Ok(report) => Ok(Json(report)),
        Err(RescueError::NotABundle) => Err(ApiError::NotABundle),
        Err(RescueError::Store(error)) => Err(error.into()),
        Err(RescueError::Photos(error)) => Err(error.into()),
    }
}
