//! What headquarters is told about devices.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::Devices;

use super::{
    failure::Failure,
    signed::{As, Headquarters},
};
use crate::{clock, state::App, store::devices};

/// Devices in one answer.
const MOST_DEVICES: u32 = 1000;

/// Which devices there are, what they owe, and what of theirs could not be taken.
#[utoipa::path(
    get, path = "/devices", tag = "sync",
    responses(
        (status = 200, description = "Those that spoke last come first", body = domain::sync::Devices),
        (status = 403, description = "`not_allowed`: for reviewers only", body = domain::sync::Problem),
    )
)]
pub async fn devices(
    State(app): State<Arc<App>>,
    _: As<Headquarters>,
) -> Result<Json<Devices>, Failure> {
    let mut devices =
        app.store.read(|transaction| devices::report(transaction, MOST_DEVICES + 1)).await?;
    let most = usize::try_from(MOST_DEVICES).unwrap_or(usize::MAX);
    let more = devices.len() > most;
    devices.truncate(most);
    Ok(Json(Devices { now: clock::now(), devices, more }))
}
