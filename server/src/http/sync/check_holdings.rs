//! What a device holds a receipt for and the server does not have: after a restore, and
//! after a disk lost something.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::{Holdings, HoldingsAnswer};

use crate::{
    http::{
        problem::ApiError,
        request::{JsonBody, SignedIn},
    },
    photos::Expected,
    state::App,
    store::{StoreError, Transaction, operations, photos},
};

/// Ask what of this the server does not have.
///
/// Operations are looked for by id and digest, photos also on the disk. Any number of
/// them may be asked about, in as many calls as it takes.
#[utoipa::path(
    post, path = "/sync/verify", tag = "sync",
    request_body(content = domain::sync::Holdings),
    responses(
        (status = 200, description = "What wants sending again", body = domain::sync::HoldingsAnswer),
        (status = 409, description = "`device_changed`", body = domain::sync::Problem),
        (status = 413, description = "`too_large`: ask in smaller parts", body = domain::sync::Problem),
        (status = 503, description = "`unreachable`: the disk cannot be asked", body = domain::sync::Problem),
    )
)]
pub async fn check_holdings(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    JsonBody(holdings): JsonBody<Holdings>,
) -> Result<Json<HoldingsAnswer>, ApiError> {
    if holdings.device != session.device {
        return Err(ApiError::DeviceChanged);
    }
    let (operations, mut photos, recorded) =
        app.store.read(move |transaction| lacking(transaction, holdings)).await?;
    // A row says that a photo came; whether its file is still there, only the disk can say.
    photos.extend(app.photos.lacking(recorded).await?);
    Ok(Json(HoldingsAnswer { epoch: app.decision_context.signer.epoch(), operations, photos }))
}

type Lacking = (Vec<domain::OperationId>, Vec<domain::PhotoHash>, Vec<Expected>);

/// Operations and photos that the database does not know, and the photos that it does.
fn lacking(transaction: &mut dyn Transaction, holdings: Holdings) -> Result<Lacking, StoreError> {
    let (mut operations, mut photos, mut recorded) = Lacking::default();
    for holding in holdings.operations {
        if !operations::is_stored(transaction, holding.id, holding.digest)? {
            operations.push(holding.id);
        }
    }
    for hash in holdings.photos {
        match photos::length(transaction, hash)? {
            Some(length) => recorded.push(Expected { hash, length }),
            None => photos.push(hash),
        }
    }
    Ok((operations, photos, recorded))
}
