//! What a device holds a receipt for and the server does not have: after a restore, and
//! after a disk lost something.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::{Holdings, HoldingsAnswer};

use super::{body::Body, failure::Failure, signed::Signed};
use crate::{
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
pub async fn verify(
    State(app): State<Arc<App>>,
    Signed(session): Signed,
    Body(asked): Body<Holdings>,
) -> Result<Json<HoldingsAnswer>, Failure> {
    if asked.device != session.device {
        return Err(Failure::DeviceChanged);
    }
    let (operations, mut photos, noted) =
        app.store.read(move |transaction| lacking(transaction, asked)).await?;
    photos.extend(app.photos.lacking(noted).await?);
    Ok(Json(HoldingsAnswer { epoch: app.decision_context.signer.epoch(), operations, photos }))
}

type Lacking = (Vec<domain::OperationId>, Vec<domain::PhotoHash>, Vec<Expected>);

/// Operations and photos that the database does not know, and the photos that it does.
fn lacking(transaction: &mut dyn Transaction, asked: Holdings) -> Result<Lacking, StoreError> {
    let (mut operations, mut photos, mut noted) = Lacking::default();
    for held in asked.operations {
        if !operations::is_kept(transaction, held.id, held.digest)? {
            operations.push(held.id);
        }
    }
    for hash in asked.photos {
        match photos::length(transaction, hash)? {
            Some(length) => noted.push(Expected { hash, length }),
            None => photos.push(hash),
        }
    }
    Ok((operations, photos, noted))
}
