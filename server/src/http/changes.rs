//! The feed of changed cases.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::AppendHeaders,
};
use domain::sync::Changes;
use serde::Deserialize;

use super::{failure::Failure, signed::Signed};
use crate::{clock, feed, state::App};

const MOST_CASES: u32 = 500;
const USUAL_CASES: u32 = 100;

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    after: u64,
    limit: Option<u32>,
}

type NoStore = AppendHeaders<[(header::HeaderName, HeaderValue); 1]>;

/// Cases that changed since a number, as this person may read them.
///
/// With `after=0`: what is open, and what ended within 30 days.
#[utoipa::path(
    get, path = "/sync/changes", tag = "sync",
    params(
        ("after" = Option<u64>, Query, description = "`next` of the last answer; 0 for the first"),
        ("limit" = Option<u32>, Query, description = "Cases looked at, at most 500"),
    ),
    responses((status = 200, description = "Whole logs of changed cases", body = domain::sync::Changes))
)]
pub async fn changes(
    State(app): State<Arc<App>>,
    Signed(session): Signed,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<(NoStore, Json<Changes>), Failure> {
    let Query(wanted) = wanted.map_err(|error| Failure::Malformed(error.body_text()))?;
    let most = wanted.limit.unwrap_or(USUAL_CASES).clamp(1, MOST_CASES);
    let district = Arc::clone(&app.decision_context.district);
    let changes = app
        .store
        .read(move |transaction| {
            feed::changes(transaction, &district, &session.actor, wanted.after, most, clock::now())
        })
        .await?;
    let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((AppendHeaders([no_store]), Json(changes)))
}
