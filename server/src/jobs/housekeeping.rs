//! What a running server does by itself at intervals: it tries its parts, and deletes what
//! is no longer needed.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use domain::Timestamp;
use tokio::time::{MissedTickBehavior, interval};

use super::health_check;
use crate::{state::App, store::sessions, system::clock};

/// How often the parts are tried. Short enough that the log names the minute in which a
/// disk filled up; each check costs one write and one synced file.
const CHECK_INTERVAL: Duration = Duration::from_secs(15);
/// How often what is no longer needed is deleted.
const SWEEP_INTERVAL: Duration = Duration::from_secs(6 * 60 * 60);
/// Ended sessions are kept for a day, for whoever compares the log with them.
const SESSIONS_KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// Runs until the server is told to stop.
pub async fn run(app: Arc<App>) {
    let [mut checks, mut sweeps] = [CHECK_INTERVAL, SWEEP_INTERVAL].map(|period| {
        let mut ticks = interval(period);
        // A laptop that slept for a night has one check to catch up with, not thousands.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    });
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = checks.tick() => {
                health_check::check(&app).await;
            }
            _ = sweeps.tick() => sweep(&app, clock::now(), SystemTime::now()).await,
        }
    }
}

/// Deletes sessions that ended, and parts of photos that no phone has gone on with. A
/// failure is logged and no more: the next sweep does it again.
pub async fn sweep(app: &App, now: Timestamp, file_time: SystemTime) {
    let before = now.plus_millis(-SESSIONS_KEPT_MS);
    match app.store.write(move |transaction| sessions::prune(transaction, before)).await {
        Ok(sessions) => tracing::debug!(sessions, "pruned"),
        Err(error) => tracing::warn!(%error, "sessions were not pruned"),
    }
    match app.photos.sweep_parts(file_time).await {
        Ok(parts) => tracing::debug!(parts, "swept"),
        Err(error) => tracing::warn!(%error, "parts of photos were not swept"),
    }
}
