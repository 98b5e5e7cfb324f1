//! Bringing the bundle of another device.

use std::{io, sync::Arc};

use axum::{Json, body::Body, extract::State};
use domain::sync::RescueReport;
use futures_util::StreamExt as _;
use tokio_util::io::StreamReader;

use super::{failure::Failure, photo_put::patient, signed::Signed};
use crate::{
    rescue::{Rescue, RescueError},
    state::App,
};

/// Bring a rescue bundle, of any device.
///
/// Whoever is signed in may bring it. Its operations keep their author and device; what is
/// by nobody who signed in on that device is quarantined. Bringing it again changes
/// nothing, and one that was cut short gives what came before the cut.
#[utoipa::path(
    post, path = "/sync/rescue", tag = "sync",
    request_body(content = inline(super::openapi::Bytes), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "What became of it", body = domain::sync::RescueReport),
        (status = 422, description = "`not_a_bundle`", body = domain::sync::Problem),
        (status = 503, description = "`full`, `read_only`, `locked`, `damaged`, `unreachable`, with `Retry-After`; the same again goes on", body = domain::sync::Problem),
    )
)]
pub async fn rescue(
    State(app): State<Arc<App>>,
    Signed(session): Signed,
    body: Body,
) -> Result<Json<RescueReport>, Failure> {
    let rescue = Rescue {
        store: &app.store,
        photos: &app.photos,
        decision_context: &app.decision_context,
        user: session.actor.user,
        device: session.device,
        is_trusted: false,
    };
    let body = patient(body).map(|piece| piece.map_err(io::Error::other));
    match rescue.take(StreamReader::new(body)).await {
        Ok(report) => Ok(Json(report)),
        Err(RescueError::NotABundle) => Err(Failure::NotABundle),
        Err(RescueError::Store(error)) => Err(error.into()),
        Err(RescueError::Photos(trouble)) => Err(trouble.into()),
    }
}
