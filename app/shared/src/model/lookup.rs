//! Cases that this phone does not keep: asked of the server when somebody looks at them, and kept
//! for a while, so that they are there again without a network.

use domain::{
    CaseId,
    case::Case,
    summary::{CaseSummary, is_kept_on_phone},
};
use leptos::prelude::*;

use super::{Model, inner::Inner, state::PhoneState};
use crate::{device::store, sync};

/// Cases that are kept because they were looked at.
const MAX_LOOKED_AT: usize = 200;

/// What the server said of a case that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    Asking,
    Found,
    /// There is none that this person sees.
    NotListed,
    Failed,
}

impl Model {
    /// Asks for the case when it is not one that this phone keeps, and again when cases have
    /// changed, for as long as the caller's owner lives.
    pub fn look_up(&self, id: CaseId) -> Signal<Lookup> {
        let inner = self.inner;
        let lookup = RwSignal::new(Lookup::Asking);
        self.keep_asking(Memo::new(move |_| id), move |id: CaseId| async move {
            if !inner.state.with_value(|state| state.keeps(id)) {
                let found = inner.ask_for(id).await;
                let _unless_nobody_looks = lookup.try_set(found);
            }
        });
        lookup.into()
    }
}

impl Inner {
    pub(super) async fn ask_for(self, id: CaseId) -> Lookup {
        let asker = self.state.with_value(|state| state.actor.clone());
        let known = |state: &PhoneState| state.logs.get(&id).map(|log| log.seq);
        let before = self.state.with_value(known);
        let answer = sync::case(id).await;
        if self.state.with_value(|state| state.actor != asker) {
            return Lookup::Failed;
        }
        match answer {
            Ok(Some(log)) => {
                let is_newer = self.state.with_value(|state| {
                    state.logs.get(&id).is_none_or(|known| known.seq < log.seq)
                });
                if is_newer {
                    // Not kept: it is asked for again.
                    let _kept = store::put_case(&log).await;
                    self.state.update_value(|state| drop(state.logs.insert(id, log)));
                    self.refresh_cases([id]);
                }
                Lookup::Found
            }
            // It has come meanwhile.
            Ok(None) if self.state.with_value(known) != before => Lookup::Found,
            Ok(None) => {
                let _gone = store::delete_cases(&[id]).await;
                self.state.update_value(|state| drop(state.logs.remove(&id)));
                self.refresh_cases([id]);
                Lookup::NotListed
            }
            Err(_) => Lookup::Failed,
        }
    }

    /// Lets go of cases that were looked at long ago.
    pub(super) async fn forget_looked_at(self) {
        let Some(old) = self.state.try_with_value(|state| state.looked_at_long_ago()) else {
            return;
        };
        if !old.is_empty() && store::delete_cases(&old).await.is_ok() {
            self.state.update_value(|state| state.logs.retain(|id, _| !old.contains(id)));
            self.refresh_cases(old);
        }
    }
}

impl PhoneState {
    /// Whether the case is here and the server tells this phone when it changes.
    pub(super) fn keeps(&self, id: CaseId) -> bool {
        let (Some(actor), Some(district)) = (&self.actor, &self.district) else { return false };
        let log = self.logs.get(&id);
        let case = log.and_then(|log| Case::fold(id, &log.events));
        case.is_some_and(|case| is_kept_on_phone(actor, &CaseSummary::of(&case, district)))
    }

    /// Those that this phone does not keep and nothing waits for, but for the latest.
    fn looked_at_long_ago(&self) -> Vec<CaseId> {
        // Nothing is known of what this phone keeps.
        if self.actor.is_none() || self.district.is_none() {
            return Vec::new();
        }
        let looked_at = self.logs.keys().rev().filter(|id| !self.keeps(**id));
        looked_at.skip(MAX_LOOKED_AT).filter(|id| !self.owes_an_answer(**id)).copied().collect()
    }
}
