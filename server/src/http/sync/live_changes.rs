//! Live events: the number of each committed change, so that open screens fetch it.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    response::{
        AppendHeaders, IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{Sha256Hash, sync::LatestChange};
use futures_util::stream;
use tokio::{
    sync::{broadcast, watch},
    time::{Interval, MissedTickBehavior, interval},
};

use crate::{http::request::SignedIn, state::App, store::sessions, system::clock};

/// Well below the 75 s after which a silent connection ends, and the 60 s of common proxies. A page
/// that hears none for longer knows that somebody on the way holds the stream back.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often an open stream checks that its session is still valid: it may have expired, or
/// been revoked by another process.
const SESSION_CHECK: Duration = Duration::from_secs(60);

/// Stream changes: `event: change` with `data: {"seq":N}`, the latest at once; `event: beat` when
/// nothing was sent for 15 s.
#[utoipa::path(
    get, path = "/live", tag = "sync",
    responses((status = 200, description = "Server-sent events, until the session ends", body = String, content_type = "text/event-stream"))
)]
pub async fn live_changes(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> impl IntoResponse {
    let mut session_checks = interval(SESSION_CHECK);
    session_checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    session_checks.reset();
    let mut changes = app.store.changes();
    // The latest number at once: a change may have been committed before this call.
    changes.mark_changed();
    let revoked = app.revoked.subscribe();
    let subscription = Subscription { token: session.token, changes, revoked, session_checks, app };
    let events = stream::unfold(subscription, |mut subscription| async {
        let seq = subscription.next().await?;
        // A number always serialises.
        let event = Event::default().event("change").json_data(LatestChange { seq }).ok()?;
        Some((Ok::<_, Infallible>(event), subscription))
    });
    // An event, for a page does not hear comments.
    let beat = Event::default().event("beat").data("{}");
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT).event(beat));
    // nginx collects what comes from a server unless it is told not to.
    (AppendHeaders([("x-accel-buffering", "no")]), stream)
}

/// One open stream.
struct Subscription {
    token: Sha256Hash,
    changes: watch::Receiver<u64>,
    revoked: broadcast::Receiver<Sha256Hash>,
    session_checks: Interval,
    app: Arc<App>,
}

impl Subscription {
    /// The next change; `None` when the session or the server ends.
    async fn next(&mut self) -> Option<u64> {
        loop {
            tokio::select! {
                () = self.app.stopping.cancelled() => return None,
                changed = self.changes.changed() => {
                    changed.ok()?;
                    return Some(*self.changes.borrow_and_update());
                }
                revoked = self.revoked.recv() => match revoked {
                    Ok(token) if token != self.token => {}
                    // Too many at once to have received each: ask the database instead.
                    Err(broadcast::error::RecvError::Lagged(_)) if self.is_session_valid().await => {}
                    _ => return None,
                },
                _ = self.session_checks.tick() => if !self.is_session_valid().await {
                    return None;
                },
            }
        }
    }

    async fn is_session_valid(&self) -> bool {
        let token = self.token;
        let found = self.app.store.read(move |transaction| sessions::find(transaction, token));
        matches!(found.await, Ok(Some(session)) if clock::now() < session.until)
    }
}
