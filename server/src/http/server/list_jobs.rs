//! What the server has to do on its own, and what of it was given up.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use domain::sync::{JobCursor, Jobs};
use serde::Deserialize;

use crate::{
    http::{
        problem::ApiError,
        request::{Administrators, SignedInAs},
    },
    state::App,
    store::jobs,
};

/// Rows in one answer.
const MAX_JOBS: u32 = 200;
const DEFAULT_JOBS: u32 = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    cursor: Option<JobCursor>,
    limit: Option<u32>,
}

/// How many jobs of each kind wait or were given up, and which were given up, a page at a time.
///
/// `next` of an answer is the `cursor` of the next page; the last page has none.
#[utoipa::path(
    get, path = "/jobs", tag = "server",
    params(
        ("cursor" = Option<JobCursor>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Jobs of a page, at most 200"),
    ),
    responses(
        (status = 200, description = "A page", body = Jobs),
        (status = 400, description = "`malformed`: an unknown name, or a value that is none", body = domain::sync::Problem),
        (status = 403, description = "`not_allowed`: for administrators only", body = domain::sync::Problem),
    )
)]
pub async fn list_jobs(
    State(app): State<Arc<App>>,
    _: SignedInAs<Administrators>,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<Json<Jobs>, ApiError> {
    let Query(Parameters { cursor, limit }) =
        parameters.map_err(|error| ApiError::Malformed(error.body_text()))?;
    let limit = limit.unwrap_or(DEFAULT_JOBS).clamp(1, MAX_JOBS);
    let (counts, mut failed) = app
        .store
        .read(move |transaction| {
            let counts = jobs::counts_by_kind(transaction)?;
            Ok((counts, jobs::failed(transaction, cursor.as_ref(), limit.saturating_add(1))?))
        })
        .await?;
    // One more was read than is given, which tells whether there are more.
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_last = failed.len() <= limit;
    failed.truncate(limit);
    let last = failed.last().filter(|_| !is_last);
    let next =
        last.map(|last| JobCursor { kind: last.kind.clone(), subject: last.subject.clone() });
    Ok(Json(Jobs { counts, failed, next }))
}
