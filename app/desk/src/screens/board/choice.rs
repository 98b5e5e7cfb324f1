//! What a person has chosen on the board: the queue, the search, the case. It stays so for
//! who comes back from a case or another screen. Never for the next person who signs in on
//! this device.

use domain::{CaseId, summary::Queue};
use leptos::prelude::*;

use super::filter::BoardFilter;

#[derive(Clone, Copy)]
pub struct BoardChoice {
    /// `None` until it is known which queue has something to do.
    pub queue: RwSignal<Option<Queue>>,
    pub search: RwSignal<String>,
    pub filter: RwSignal<BoardFilter>,
    /// The case beside the list.
    pub selected: RwSignal<Option<CaseId>>,
}

impl BoardChoice {
    /// Puts it into context, above the screens.
    pub fn provide() {
        provide_context(Self {
            queue: RwSignal::new(None),
            search: RwSignal::new(String::new()),
            filter: RwSignal::new(BoardFilter::default()),
            selected: RwSignal::new(None),
        });
    }

    /// The choice that [`Self::provide`] put there.
    pub fn here() -> Self {
        expect_context()
    }
}
