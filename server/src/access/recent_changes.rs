//! Which cases have just changed, for all open streams of live events of this server.
//!
//! The database is asked once a change, whoever listens: the first stream that is woken reads what
//! is new, and the others find it here. Each then asks `domain::summary` of the few cases since
//! its last event, in memory, so that a stream more costs no read.
//!
//! Never: tells more than ids, or of a case that this person does not see. What is not known for
//! sure (too many changes, a change from before this began, a database that does not answer) is
//! told as such, and whoever hears it asks for everything anew.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use domain::{
    CaseId,
    access::{Actor, Sight},
    summary::sees,
    sync::LatestChange,
};
use tokio::{sync::Mutex, time::timeout};

use crate::store::{
    Store, StoreError,
    cases::{self, ChangedSummary},
    changes,
};

/// Cases that are kept here for streams that are behind: twice what one event tells.
const MAX_KEPT: usize = 2 * LatestChange::MAX_CASES;
/// Longer than a read takes; after that the event is sent without its list.
const MAX_WAIT: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub struct RecentChanges(Mutex<Window>);

impl RecentChanges {
    /// The event for a stream that was last told of `seen`, now that there is `latest`.
    pub async fn after(
        &self,
        store: &Store,
        actor: &Actor,
        seen: u64,
        latest: u64,
    ) -> LatestChange {
        match timeout(MAX_WAIT, self.read(store, actor, seen, latest)).await {
            Ok(Ok(change)) => change,
            failed => {
                tracing::debug!(?failed, "a live event does not say which cases changed");
                LatestChange { seq: latest, cases: None }
            }
        }
    }

    async fn read(
        &self,
        store: &Store,
        actor: &Actor,
        seen: u64,
        latest: u64,
    ) -> Result<LatestChange, StoreError> {
        let mut window = self.0.lock().await;
        window.begin_at(seen);
        if window.until < latest {
            let after = window.until;
            let limit = u32::try_from(MAX_KEPT + 1).unwrap_or(u32::MAX);
            let (until, changed) = store
                .read(move |transaction| {
                    let until = changes::latest(transaction)?;
                    Ok((until, cases::changed_after(transaction, after, limit)?))
                })
                .await?;
            window.extend(until, changed);
        }
        Ok(LatestChange { seq: window.until.max(latest), cases: window.told(actor, seen) })
    }
}

/// The cases that changed after `from`, up to `until`: each once, as it is now, in the order of
/// their latest changes.
#[derive(Debug, Default)]
struct Window {
    from: u64,
    until: u64,
    cases: VecDeque<ChangedSummary>,
}

impl Window {
    /// Nobody listened for a while: what changed before is asked for by nobody.
    fn begin_at(&mut self, seen: u64) {
        if self.until < seen {
            *self = Self { from: seen, until: seen, cases: VecDeque::new() };
        }
    }

    /// Adds what changed after `until`, be it one more than are kept.
    fn extend(&mut self, until: u64, changed: Vec<ChangedSummary>) {
        self.until = until;
        if changed.len() > MAX_KEPT {
            self.from = until;
            self.cases.clear();
            return;
        }
        let again: BTreeSet<CaseId> = changed.iter().map(|case| case.summary.id).collect();
        self.cases.retain(|case| !again.contains(&case.summary.id));
        self.cases.extend(changed);
        while self.cases.len() > MAX_KEPT {
            self.from = self.cases.pop_front().map_or(self.until, |oldest| oldest.change);
        }
    }

    /// The cases that changed after `seen` and that this person sees; `None` when that is not
    /// known or too much to tell.
    fn told(&self, actor: &Actor, seen: u64) -> Option<Vec<CaseId>> {
        if seen < self.from {
            return None;
        }
        let mut told = Vec::new();
        for case in self.cases.iter().rev().take_while(|case| case.change > seen) {
            if sees(actor, &case.summary) {
                told.push(case.summary.id);
            } else if actor.role.sight() == Sight::OpenAndOwn {
                // It has ended, and may have been in their lists until then. It is not theirs to be
                // told of any more, and has to go from their lists all the same.
                return None;
            }
        }
        (told.len() <= LatestChange::MAX_CASES).then_some(told)
    }
}
