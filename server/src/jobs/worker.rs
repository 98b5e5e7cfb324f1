//! Does the jobs of the table, on every server that shares it: leases some, does them, and
//! takes their effects into the database in the transaction that removes them.
//!
//! Never: remembers a job outside of the table; keeps the effect of a job whose lease ran out.

use std::{sync::Arc, time::Duration};

use domain::PhotoHash;
use futures_util::{StreamExt as _, future::join_all, stream};

use crate::{
    intake,
    photos::{Derivatives, PhotoError},
    state::App,
    store::{
        StoreError,
        derivatives::DerivativeState,
        jobs::{self, Job, JobKind},
    },
    system::clock,
};

/// How often the table is looked at for jobs that this server was not told of: of a crash, of
/// another server, tried again later.
const POLL_INTERVAL: Duration = Duration::from_secs(5);
/// After this long another worker takes the job. Longer than a batch of the largest photos
/// takes on a slow machine.
const LEASE_MS: i64 = 60_000;
/// Jobs leased in one transaction.
const BATCH: u32 = 16;
/// Jobs done at the same time.
const CONCURRENT: usize = 2;

/// Runs until the server is told to stop; what it has leased is done first.
pub async fn run(app: Arc<App>) {
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            () = app.job_added.notified() => {}
            () = tokio::time::sleep(POLL_INTERVAL) => {}
        }
        loop {
            match do_batch(&app).await {
                Ok(0) => break,
                Ok(_) if app.stopping.is_cancelled() => return,
                Ok(_) => {}
                Err(error) => {
                    // `health_check` says what is wrong with the database.
                    tracing::debug!(%error, "jobs were not done");
                    break;
                }
            }
        }
    }
}

/// Does some of the jobs that are due; gives how many there were.
///
/// # Errors
/// Those of the database; the jobs stay.
pub async fn do_batch(app: &App) -> Result<usize, StoreError> {
    let now = clock::now();
    // A look costs nothing; a lease is a write.
    if !app.store.read(move |transaction| jobs::is_any_due(transaction, now)).await? {
        return Ok(0);
    }
    let until = now.plus_millis(LEASE_MS);
    let leased =
        app.store.write(move |transaction| jobs::lease(transaction, now, until, BATCH)).await?;
    let done: Vec<_> = stream::iter(leased)
        .map(|job| async { (perform(app, &job).await, job) })
        .buffer_unordered(CONCURRENT)
        .collect()
        .await;
    let count = done.len();
    // A task each, which the store commits together: one that fails keeps nothing of its own and
    // holds up none of the others.
    join_all(done.into_iter().map(|(outcome, job)| settle(app, outcome, job)))
        .await
        .into_iter()
        .collect::<Result<(), _>>()?;
    Ok(count)
}

/// Takes what a job led to into the database, and removes it or has it tried again.
async fn settle(app: &App, outcome: Result<Effect, String>, job: Job) -> Result<(), StoreError> {
    let why = match outcome {
        Ok(effect) => match keep(app, effect, job.clone()).await {
            Ok(()) => return Ok(()),
            Err(error) => error.to_string(),
        },
        Err(why) => why,
    };
    tracing::warn!(?job, why, "a job failed");
    app.store.write(move |transaction| jobs::fail(transaction, &job, &why, clock::now())).await
}

/// Removes the job, and keeps its effect unless its lease ran out.
async fn keep(app: &App, effect: Effect, job: Job) -> Result<(), StoreError> {
    let decision_context = app.decision_context.clone();
    app.store
        .write(move |transaction| {
            if !jobs::finish(transaction, &job)? {
                return Ok(());
            }
            let Effect::Derivatives { hash, state } = effect;
            intake::settle_derivatives(transaction, &decision_context, hash, state, clock::now())
        })
        .await
}

/// What the database has to be told when a job is done.
enum Effect {
    Derivatives { hash: PhotoHash, state: DerivativeState },
}

/// Does a job; `Err` says why it has to be tried again.
async fn perform(app: &App, job: &Job) -> Result<Effect, String> {
    match job.kind {
        JobKind::Derivatives => {
            let hash = job.subject.parse().map_err(|_| "its subject is no hash".to_owned())?;
            let state = make_derivatives(app, hash).await.map_err(|error| error.to_string())?;
            Ok(Effect::Derivatives { hash, state })
        }
    }
}

async fn make_derivatives(app: &App, hash: PhotoHash) -> Result<DerivativeState, PhotoError> {
    Ok(match app.photos.make_derivatives(hash).await? {
        Some(Derivatives::Made) => DerivativeState::Made,
        Some(Derivatives::NotDecoded) => DerivativeState::NotDecoded,
        Some(Derivatives::Undecodable) => DerivativeState::Undecodable,
        None => return Err(PhotoError::Io(format!("{hash} is not on the disk"))),
    })
}
