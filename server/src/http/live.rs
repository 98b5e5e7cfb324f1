//! Live events: the number of each committed change, so that open screens fetch it.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    response::{
        Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{Sha256Hash, sync::LatestChange};
use futures_util::{Stream, stream};
use tokio::{
    sync::{broadcast, watch},
    time::{Interval, MissedTickBehavior, interval},
};

use super::signed::Signed;
use crate::{clock, state::App, store::sessions};

const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often an open stream looks whether its session still stands: it may have ended by
/// itself, or been ended by another process.
const LOOK: Duration = Duration::from_secs(60);

/// Be told of changes: `event: change` with `data: {"seq":N}`, the latest at once.
#[utoipa::path(
    get, path = "/live", tag = "sync",
    responses((status = 200, description = "Server-sent events, until the session ends", body = String, content_type = "text/event-stream"))
)]
pub async fn live(
    State(app): State<Arc<App>>,
    Signed(session): Signed,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    looks.reset();
    let mut changes = app.store.changes();
    changes.mark_changed();
    let revoked = app.revoked.subscribe();
    let open = Open { token: session.token, changes, revoked, looks, app };
    let events = stream::unfold(open, |mut open| async {
        let seq = open.next().await?;
        // A number always serialises.
        let event = Event::default().event("change").json_data(LatestChange { seq }).ok()?;
        Some((Ok(event), open))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

struct Open {
    token: Sha256Hash,
    changes: watch::Receiver<u64>,
    revoked: broadcast::Receiver<Sha256Hash>,
    looks: Interval,
    app: Arc<App>,
}

impl Open {
    /// The next change; `None` when the session or the server ends.
    async fn next(&mut self) -> Option<u64> {
        loop {
            tokio::select! {
                () = self.app.stopping.cancelled() => return None,
                changed = self.changes.changed() => {
                    changed.ok()?;
                    return Some(*self.changes.borrow_and_update());
                }
                ended = self.revoked.recv() => match ended {
                    Ok(token) if token != self.token => {}
                    // Too many at once to have heard each: look.
                    Err(broadcast::error::RecvError::Lagged(_)) if self.stands().await => {}
                    _ => return None,
                },
                _ = self.looks.tick() => if !self.stands().await {
                    return None;
                },
            }
        }
    }

    async fn stands(&self) -> bool {
        let token = self.token;
        let found = self.app.store.read(move |transaction| sessions::find(transaction, token));
        matches!(found.await, Ok(Some(session)) if clock::now() < session.until)
    }
}
