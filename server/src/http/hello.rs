//! The first thing a device says: who it is and how far its chain goes. The answer says
//! what the server lacks of it.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::{Hello, HelloAnswer, Limits, PROTOCOL};

use super::{body::Body, failure::Failure, operations::MOST_OPERATIONS, signed::Signed};
use crate::{
    clock, photos,
    state::App,
    store::{devices, meta},
};

/// Characters of a client's version that are kept.
const LONGEST_CLIENT: usize = 200;

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
    Signed(session): Signed,
    Body(hello): Body<Hello>,
) -> Result<Json<HelloAnswer>, Failure> {
    if hello.protocol > PROTOCOL {
        return Err(Failure::Protocol);
    }
    if hello.device != session.device {
        return Err(Failure::DeviceChanged);
    }
    let now = clock::now();
    let Hello { device, sequence, .. } = hello;
    let client: String = hello.client.chars().take(LONGEST_CLIENT).collect();
    let (gaps, highest, backed_up) = app
        .store
        .write(move |transaction| {
            devices::greet(transaction, device, &session.actor.user, &client, sequence, now)?;
            let highest = devices::highest(transaction, device)?;
            let gaps = devices::gaps(transaction, device, sequence)?;
            Ok((gaps, highest, meta::backed_up(transaction)?))
        })
        .await?;
    Ok(Json(HelloAnswer {
        protocol: PROTOCOL,
        epoch: app.decision_context.signer.epoch(),
        now,
        limits: Limits { batch_operations: MOST_OPERATIONS, photo_bytes: photos::MOST_BYTES },
        gaps,
        highest,
        pack: app.decision_context.district.pack().version.to_string(),
        backed_up,
    }))
}
