//! What a running server does by itself, now and then.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use domain::Timestamp;
use tokio::time::{MissedTickBehavior, interval};

use crate::{clock, health_check, state::App, store::sessions};

/// How often the parts are looked at.
const LOOK: Duration = Duration::from_secs(15);
/// How often what is no longer needed is thrown away.
const SWEEP: Duration = Duration::from_secs(6 * 60 * 60);
/// Sessions that ended are kept so long, for whoever reads the log beside them.
const SESSIONS_KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// Goes on until the server is told to stop.
pub async fn run(app: Arc<App>) {
    let [mut looks, mut sweeps] = [LOOK, SWEEP].map(|period| {
        let mut ticks = interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    });
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = looks.tick() => {
                health_check::check(&app).await;
            }
            _ = sweeps.tick() => sweep(&app, clock::now(), SystemTime::now()).await,
        }
    }
}

/// Throws away sessions that ended and parts of photos that nobody goes on with.
pub async fn sweep(app: &App, now: Timestamp, clock: SystemTime) {
    let before = now.plus_millis(-SESSIONS_KEPT_MS);
    match app.store.write(move |transaction| sessions::prune(transaction, before)).await {
        Ok(sessions) => tracing::debug!(sessions, "pruned"),
        Err(error) => tracing::warn!(%error, "sessions were not pruned"),
    }
    match app.photos.sweep_parts(clock).await {
        Ok(parts) => tracing::debug!(parts, "swept"),
        Err(trouble) => tracing::warn!(%trouble, "parts of photos were not swept"),
    }
}
