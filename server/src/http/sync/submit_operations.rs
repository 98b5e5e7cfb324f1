//! A batch of operations. Each is a job of its own: one that is damaged, refused or
//! known stops none of the others.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::{
    DeviceId, OperationId, Sha256Hash,
    evidence::Epoch,
    sync::{BatchAnswer, Sealed},
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    http::{
        problem::ApiError,
        request::{JsonBody, SignedIn},
    },
    intake::{self, Sender},
    state::App,
    system::clock,
};

/// Operations in one batch. A device learns it from `hello`; with bodies of some kilobytes
/// such a batch stays below the limit of a JSON body.
pub const MAX_OPERATIONS: u32 = 200;

/// A batch whose operations are parsed one by one, so that one that cannot be read does not
/// hold up the others.
#[derive(Deserialize)]
pub struct UnparsedBatch {
    device: DeviceId,
    #[serde(default)]
    epoch: Option<Epoch>,
    operations: Vec<Box<RawValue>>,
}

/// Send operations.
#[utoipa::path(
    post, path = "/sync/operations", tag = "sync",
    request_body(content = domain::sync::Batch),
    responses(
        (status = 200, description = "One result for each, in the order they were sent", body = domain::sync::BatchAnswer),
        (status = 400, description = "`malformed`: not a batch", body = domain::sync::Problem),
        (status = 409, description = "`device_changed`; `epoch`: say hello first", body = domain::sync::Problem),
        (status = 413, description = "`too_large`, `too_many_operations`", body = domain::sync::Problem),
    )
)]
pub async fn submit_operations(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    JsonBody(batch): JsonBody<UnparsedBatch>,
) -> Result<Json<BatchAnswer>, ApiError> {
    if u32::try_from(batch.operations.len()).unwrap_or(u32::MAX) > MAX_OPERATIONS {
        return Err(ApiError::TooManyOperations(MAX_OPERATIONS));
    }
    if batch.device != session.device {
        return Err(ApiError::DeviceChanged);
    }
    // The operations before these may be missing since a restore: the phone has to ask first.
    if batch.epoch.is_some_and(|epoch| epoch != app.decision_context.signer.epoch()) {
        return Err(ApiError::OtherEpoch);
    }
    let sealed = batch.operations.iter().map(|raw| seal(raw)).collect::<Result<Vec<_>, _>>()?;
    let sender = Arc::new(Sender::from(session));
    // All are queued before the first answer is awaited, so that the writer commits them
    // together, with one sync of the disk.
    let mut answers = Vec::with_capacity(sealed.len());
    for sealed in sealed {
        let (decision_context, sender) = (app.decision_context.clone(), Arc::clone(&sender));
        let answer = app
            .store
            .submit(move |transaction| {
                intake::receive_operation(
                    transaction,
                    &decision_context,
                    &sender,
                    &sealed,
                    clock::now(),
                )
            })
            .await?;
        answers.push(answer);
    }
    let mut results = Vec::with_capacity(answers.len());
    for answer in answers {
        results.push(answer.await?);
    }
    Ok(Json(BatchAnswer { results }))
}

/// Reads one operation's envelope. Where that is not readable but names an id, its raw
/// text is taken as the body, which goes into quarantine; without an id there is nothing
/// to answer to.
fn seal(raw: &RawValue) -> Result<Sealed, ApiError> {
    #[derive(Deserialize)]
    struct Named {
        id: OperationId,
    }
    serde_json::from_str(raw.get()).or_else(|_| {
        let Named { id } = serde_json::from_str(raw.get())
            .map_err(|error| ApiError::Malformed(format!("an operation without an id: {error}")))?;
        let body = raw.get().to_owned();
        Ok(Sealed { id, digest: Sha256Hash::of(body.as_bytes()), body })
    })
}
