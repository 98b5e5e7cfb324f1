//! Live events: the number of each committed change and the ids of the cases that changed, so
//! that open screens fetch these.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    response::{
        AppendHeaders, IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{Sha256Hash, access::Actor, sync::LatestChange};
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

/// Stream changes: `event: change` with `data: {"seq":N,"cases":[…]}`; `event: beat` when nothing
/// was sent for 15 s.
///
/// `cases` are the ids of those that changed since the event before and that this person sees, at
/// most 200; when they see none of them, there is no event. It is absent in the first event, which
/// comes at once, when there were more, and when it is not known: then everything may have changed.
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
    let subscription = Subscription {
        token: session.token,
        actor: session.actor,
        seen: None,
        changes,
        revoked,
        session_checks,
        app,
    };
    let events = stream::unfold(subscription, |mut subscription| async {
        let change = subscription.next().await?;
        // Numbers and ids always serialise.
        let event = Event::default().event("change").json_data(change).ok()?;
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
    actor: Actor,
    /// The last change that it was told of.
    seen: Option<u64>,
    changes: watch::Receiver<u64>,
    revoked: broadcast::Receiver<Sha256Hash>,
    session_checks: Interval,
    app: Arc<App>,
}

impl Subscription {
    /// The next change; `None` when the session or the server ends.
    async fn next(&mut self) -> Option<LatestChange> {
        loop {
            tokio::select! {
                () = self.app.stopping.cancelled() => return None,
                changed = self.changes.changed() => {
                    changed.ok()?;
                    let latest = *self.changes.borrow_and_update();
                    // The event before may have been made when there was this one already.
                    if self.seen.is_none_or(|seen| seen < latest) {
                        let change = self.change(latest).await?;
                        // Not of this person's cases: nothing of what they are shown has changed.
                        if change.cases.as_ref().is_none_or(|cases| !cases.is_empty()) {
                            return Some(change);
                        }
                    }
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

    /// The event of a change; `None` when the server ends.
    async fn change(&mut self, latest: u64) -> Option<LatestChange> {
        let change = match self.seen {
            // Whoever opens a stream has just asked, or is about to.
            None => LatestChange { seq: latest, cases: None },
            Some(seen) => tokio::select! {
                () = self.app.stopping.cancelled() => return None,
                change = self.app.recent_changes.after(&self.app.store, &self.actor, seen, latest)
                    => change,
            },
        };
        self.seen = Some(change.seq);
        Some(change)
    }

    /// Also notes what this person may see by now.
    async fn is_session_valid(&mut self) -> bool {
        let token = self.token;
        let found = self.app.store.read(move |transaction| sessions::find(transaction, token));
        match found.await {
            Ok(Some(session)) if clock::now() < session.until => {
                self.actor = session.actor;
                true
            }
            _ => false,
        }
    }
}
