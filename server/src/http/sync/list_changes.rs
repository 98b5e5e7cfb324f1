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

use crate::{
    access,
    http::{problem::ApiError, request::SignedIn},
    state::App,
    system::clock,
};

/// Cases read for one answer, so that no call holds a reader for long.
const MAX_CASES: u32 = 500;
const DEFAULT_CASES: u32 = 100;

#[derive(Deserialize)]
pub struct Parameters {
    #[serde(default)]
    after: u64,
    limit: Option<u32>,
}

type NoStore = AppendHeaders<[(header::HeaderName, HeaderValue); 1]>;

/// Cases that changed since a number, of those that this person's phone keeps: their own reports,
/// what they can verify, what their unit is to fix.
///
/// With `after=0`: what is open of these, and what ended within 30 days.
#[utoipa::path(
    get, path = "/sync/changes", tag = "sync",
    params(
        ("after" = Option<u64>, Query, description = "`next` of the last answer; 0 for the first"),
        ("limit" = Option<u32>, Query, description = "Cases read for the answer, at most 500"),
    ),
    responses((status = 200, description = "Whole logs of changed cases", body = domain::sync::Changes))
)]
pub async fn list_changes(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<(NoStore, Json<Changes>), ApiError> {
    let Query(Parameters { after, limit }) =
        parameters.map_err(|error| ApiError::Malformed(error.body_text()))?;
    let limit = limit.unwrap_or(DEFAULT_CASES).clamp(1, MAX_CASES);
    let district = Arc::clone(&app.decision_context.district);
    let changes = app
        .store
        .read(move |transaction| {
            access::changes(transaction, &district, &session.actor, after, limit, clock::now())
        })
        .await?;
    let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((AppendHeaders([no_store]), Json(changes)))
}
