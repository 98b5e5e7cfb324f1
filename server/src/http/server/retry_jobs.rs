//! Having jobs that were given up tried again.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::{JobRetry, JobRetryAnswer};

use crate::{
    http::{
        problem::ApiError,
        request::{Administrators, JsonBody, SignedInAs},
    },
    state::App,
    store::jobs,
    system::clock,
};

/// Have one job that was given up, or all of them, tried again.
///
/// Asked again it changes nothing: a job that is not given up is left alone.
#[utoipa::path(
    post, path = "/jobs/retry", tag = "server",
    request_body(content = JobRetry),
    responses(
        (status = 200, description = "How many are tried again", body = JobRetryAnswer),
        (status = 400, description = "`malformed`: neither one job nor all", body = domain::sync::Problem),
        (status = 403, description = "`not_allowed`: for administrators only", body = domain::sync::Problem),
    )
)]
pub async fn retry_jobs(
    State(app): State<Arc<App>>,
    administrator: SignedInAs<Administrators>,
    JsonBody(retry): JsonBody<JobRetry>,
) -> Result<Json<JobRetryAnswer>, ApiError> {
    let retried = app
        .store
        .write(move |transaction| match retry {
            JobRetry::All => jobs::retry_failed(transaction, clock::now()),
            JobRetry::One { kind, subject } => {
                jobs::retry_one(transaction, &kind, &subject, clock::now()).map(usize::from)
            }
        })
        .await?;
    // The log is where it is told who did it: the database keeps no log of such acts.
    let user = administrator.session.actor.user.as_str();
    tracing::info!(user, jobs = retried, "failed jobs are tried again");
    app.job_added.notify_one();
    Ok(Json(JobRetryAnswer { jobs: u32::try_from(retried).unwrap_or(u32::MAX) }))
}
