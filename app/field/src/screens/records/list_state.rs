//! How the list of records is looked at. It stays so for who comes back from a record:
//! the same chip, and the row that was left is still there. Never for the next person who
//! signs in on this phone.

use leptos::prelude::*;

use super::filter::Filter;

/// Rows that are there at first, and that each tap adds: each asks the store for a picture.
const STEP: usize = 50;

#[derive(Clone, Copy)]
pub struct ListState {
    pub filter: RwSignal<Filter>,
    /// The most rows that are in the page.
    pub limit: RwSignal<usize>,
}

impl ListState {
    /// Puts it into context, above the screens: a signal made by the screen would end with it.
    /// Called where the frame begins, which is once for each person who signs in.
    pub fn provide() {
        provide_context(Self { filter: RwSignal::new(Filter::All), limit: RwSignal::new(STEP) });
    }

    /// The state that [`Self::provide`] put there.
    pub fn here() -> Self {
        expect_context()
    }

    pub fn show_more(self) {
        self.limit.update(|limit| *limit += STEP);
    }
}
