//! Whether the server can do its work: write, read, and keep photos.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    jobs::health_check,
    state::{App, Part},
    store::{jobs, meta, quarantine},
};

#[derive(Serialize, ToSchema)]
pub struct Health {
    ok: bool,
    version: &'static str,
    writer: PartState,
    reader: PartState,
    photos: PartState,
    /// What is wrong, one entry for each part that fails.
    problems: Vec<PartProblem>,
    /// The moment that the latest whole backup covers; `null` when there is none, or it
    /// cannot be read.
    backed_up: Option<i64>,
    /// Operations in quarantine, for a reviewer to look at.
    quarantined: Option<u64>,
    jobs: Option<JobFigures>,
}

/// What the server has to do on its own.
#[derive(Serialize, ToSchema)]
pub struct JobFigures {
    /// To be done, now or later.
    waiting: u64,
    /// Given up after many tries: `xunjie jobs --retry` has them tried again.
    failed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HealthState)]
pub enum PartState {
    Ok,
    Failing,
}

#[derive(Serialize, ToSchema)]
pub struct PartProblem {
    /// `writer`, `reader` or `photos`.
    part: &'static str,
    /// `full`, `read_only`, `locked`, `damaged`, `unreachable`, `slow` or `internal`.
    why: &'static str,
    /// When it was first seen.
    since: i64,
}

/// Is the server healthy?
///
/// Every part is tried for real: a row is written, a file is written and synced.
#[utoipa::path(
    get, path = "/healthz", tag = "server", security(()),
    responses(
        (status = 200, description = "Every part works", body = Health),
        (status = 503, description = "A part fails: nothing is acknowledged meanwhile", body = Health),
    )
)]
pub async fn health(State(app): State<Arc<App>>) -> Response {
    let failing = health_check::check(&app).await;
    let state = |part: Part| {
        if failing.contains_key(&part) { PartState::Failing } else { PartState::Ok }
    };
    // A reader that fails would make this call wait for it once more.
    let figures = if failing.contains_key(&Part::Reader) {
        None
    } else {
        let figures = app.store.read(|transaction| {
            let backed_up = meta::backed_up(transaction)?;
            Ok((backed_up, quarantine::count(transaction)?, jobs::counts(transaction)?))
        });
        figures.await.ok()
    };
    let ok = failing.is_empty();
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let health = Health {
        ok,
        version: env!("CARGO_PKG_VERSION"),
        writer: state(Part::Writer),
        reader: state(Part::Reader),
        photos: state(Part::Photos),
        backed_up: figures.and_then(|(backed_up, ..)| backed_up).map(|at| at.millis()),
        quarantined: figures.map(|(_, quarantined, _)| quarantined),
        jobs: figures.map(|(.., jobs)| JobFigures { waiting: jobs.waiting, failed: jobs.failed }),
        problems: failing
            .into_iter()
            .map(|(part, failure)| PartProblem {
                part: part.name(),
                why: failure.why,
                since: failure.since.millis(),
            })
            .collect(),
    };
    let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (status, AppendHeaders([no_store]), Json(health)).into_response()
}
