//! Lists of cases, which the server makes. They need a network, and nothing of them is kept.

use domain::summary::{CasePage, CaseQuery, QueueCounts};
use leptos::prelude::*;

use super::{AppError, Model};
use crate::{device::timer::pause, sync};

/// However often cases change, an answer that is shown is asked for again no sooner than this.
const PACE_MS: i64 = 1_000;

impl Model {
    /// A page of the cases that this person sees.
    ///
    /// # Errors
    /// Those of the way.
    pub async fn case_page(&self, query: &CaseQuery) -> Result<CasePage, AppError> {
        Ok(sync::cases(query).await?)
    }

    /// How many cases each queue has, of those that the query names.
    ///
    /// # Errors
    /// Those of the way.
    pub async fn case_counts(&self, query: &CaseQuery) -> Result<QueueCounts, AppError> {
        Ok(sync::case_counts(query).await?)
    }

    /// Calls `ask` for as long as the caller's owner lives: at once when the question is another
    /// one, and again when cases have changed or a minute has passed, at most once a second. Not
    /// while the server cannot be asked.
    pub fn keep_asking<Q>(&self, question: Memo<Q>, ask: impl AsyncFn(Q) + Clone + 'static)
    where
        Q: Clone + PartialEq + Send + Sync + 'static,
    {
        let model = *self;
        let is_reachable = Memo::new(move |_| model.status.with(|it| it.link.may_answer()));
        let minute = Memo::new(move |_| model.now.get().millis() / 60_000);
        // The question that is being asked, and whether its answer will be an old one.
        let asked = StoredValue::new(None::<Q>);
        let is_outdated = StoredValue::new(false);
        Effect::new(move |_| {
            model.changed.track();
            minute.track();
            let now = question.get();
            if !is_reachable.get() {
                return;
            }
            if asked.with_value(|asked| asked.as_ref() == Some(&now)) {
                is_outdated.set_value(true);
                return;
            }
            asked.set_value(Some(now.clone()));
            let ask = ask.clone();
            let is_still_asked = move |question: &Q| {
                asked.try_with_value(|asked| asked.as_ref() == Some(question)) == Some(true)
            };
            leptos::task::spawn_local(async move {
                while is_still_asked(&now) {
                    is_outdated.try_set_value(false);
                    ask(now.clone()).await;
                    pause(PACE_MS).await;
                    if is_outdated.try_get_value() != Some(true) {
                        break;
                    }
                }
                if is_still_asked(&now) {
                    asked.try_set_value(None);
                }
            });
        });
    }
}
