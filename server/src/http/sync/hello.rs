//! The first call of a device on a new connection: which device it is and how far its chain
//! of operations goes. The answer names what the server lacks of it.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::{Hello, HelloAnswer, Limits, PROTOCOL};

use super::submit_operations::MAX_OPERATIONS;
use crate::{
    http::{
        problem::ApiError,
        request::{JsonBody, SignedIn},
    },
    photos,
    state::App,
    store::{devices, meta},
    system::clock,
};

/// Characters of a client's version that are stored; headquarters reads it in a list.
const MAX_CLIENT_CHARS: usize = 200;

/// Say hello before sending.
#[utoipa::path(
    post, path = "/sync/hello", tag = "sync",
    request_body(content = domain::sync::Hello),
    responses(
        (status = 200, description = "What the server has and lacks", body = domain::sync::HelloAnswer),
        (status = 409, description = "`device_changed`", body = domain::sync::Problem),
        (status = 426, description = "`protocol`", body = domain::sync::Problem),
    )
)]
pub async fn hello(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    JsonBody(hello): JsonBody<Hello>,
) -> Result<Json<HelloAnswer>, ApiError> {
    if hello.protocol > PROTOCOL {
        return Err(ApiError::Protocol);
    }
    if hello.device != session.device {
        return Err(ApiError::DeviceChanged);
    }
    let now = clock::now();
    let Hello { device, sequence, .. } = hello;
    let client: String = hello.client.chars().take(MAX_CLIENT_CHARS).collect();
    let (gaps, highest, backed_up) = app
        .store
        .write(move |transaction| {
            devices::record_hello(
                transaction,
                device,
                &session.actor.user,
                &client,
                sequence,
                now,
            )?;
            let highest = devices::highest(transaction, device)?;
            let gaps = devices::gaps(transaction, device, sequence)?;
            Ok((gaps, highest, meta::backed_up(transaction)?))
        })
        .await?;
    Ok(Json(HelloAnswer {
        protocol: PROTOCOL,
        epoch: app.decision_context.signer.epoch(),
        now,
        limits: Limits { batch_operations: MAX_OPERATIONS, photo_bytes: photos::MAX_BYTES },
        gaps,
        highest,
        pack: app.decision_context.district.pack().version.to_string(),
        backed_up,
    }))
}
