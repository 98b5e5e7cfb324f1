//! What headquarters reads about devices.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::Devices;

use crate::{
    http::{
        problem::ApiError,
        request::{Headquarters, SignedInAs},
    },
    state::App,
    store::devices,
    system::clock,
};

/// Devices in one answer; bounds its size. `more` says that there are others.
const MAX_DEVICES: u32 = 1000;

/// Which devices there are, which operations are missing, and which are in quarantine.
#[utoipa::path(
    get, path = "/devices", tag = "sync",
    responses(
        (status = 200, description = "Those that spoke last come first", body = domain::sync::Devices),
        (status = 403, description = "`not_allowed`: for reviewers only", body = domain::sync::Problem),
    )
)]
pub async fn list_devices(
    State(app): State<Arc<App>>,
    _: SignedInAs<Headquarters>,
) -> Result<Json<Devices>, ApiError> {
    let mut devices =
        app.store.read(|transaction| devices::report(transaction, MAX_DEVICES + 1)).await?;
    // One more was read than is given, which tells whether there are more.
    let limit = usize::try_from(MAX_DEVICES).unwrap_or(usize::MAX);
    let more = devices.len() > limit;
    devices.truncate(limit);
    Ok(Json(Devices { now: clock::now(), devices, more }))
}
