//! Pulling changes of cases, until there are no more.

use domain::sync::{Changes, outbox::Failure};

use super::{Notice, Sync, http};
use crate::device::{store, tabs::News};

/// Cases in one answer.
const PAGE: u32 = 200;

impl Sync {
    /// One pull runs at a time; asked for meanwhile, another follows.
    pub(super) fn pull(&self) {
        if self.is_pulling.replace(true) {
            self.pull_again.set(true);
            return;
        }
        let sync = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            loop {
                sync.pull_again.set(false);
                let result = sync.pull_all().await;
                sync.tell(Notice::Receiving(None));
                if result.is_err() || !sync.pull_again.get() {
                    sync.is_pulling.set(false);
                    if let Err(failure) = result {
                        sync.pull_failed(&failure);
                    }
                    break;
                }
            }
        });
    }

    async fn pull_all(&self) -> Result<(), Failure> {
        let mut received = 0_u32;
        loop {
            let life = self.life.get();
            let Ok(meta) = store::read_meta().await else { return Ok(()) };
            let path = format!("/api/v1/sync/changes?after={}&limit={PAGE}", meta.changes_after);
            let changes: Changes = http::call(&path, None).await?;
            // Signed out or another life of the server since: not for this store.
            if life != self.life.get() {
                return Ok(());
            }
            self.pulled_until.set(changes.next);
            let is_news = changes.next != meta.changes_after;
            if store::put_changes(&changes).await.is_err() {
                // The cursor stays where it was: they come again.
                return Ok(());
            }
            let has_more = changes.more;
            received = received.saturating_add(u32::try_from(changes.cases.len()).unwrap_or(0));
            if !changes.cases.is_empty() || !changes.gone.is_empty() {
                self.tell(Notice::Cases(changes));
                self.line.tell(News::Cases);
            }
            if has_more {
                self.tell(Notice::Receiving(Some(received)));
            } else {
                if is_news {
                    self.tell(Notice::Changed);
                    self.line.tell(News::Changed);
                }
                return Ok(());
            }
        }
    }
}
