//! How the list of records is looked at. It stays so for who comes back from a record:
//! the same chip, and the row that was left is still there. Never for the next person who
//! signs in on this phone.

use leptos::prelude::*;

use app_shared::model::{OperationState, PhotoState, Record};

/// Rows that are there at first, and that each tap adds: each asks the store for a picture.
const STEP: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    /// The record or one of its photos has not arrived.
    Waiting,
    Open,
    Done,
    Refused,
}

#[derive(Clone, Copy)]
pub struct Look {
    pub filter: RwSignal<Filter>,
    /// The most rows that are in the page.
    pub most: RwSignal<usize>,
}

impl Look {
    pub fn provide() -> Self {
        let look = Self { filter: RwSignal::new(Filter::All), most: RwSignal::new(STEP) };
        provide_context(look);
        look
    }

    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    pub fn more(self) {
        self.most.update(|most| *most += STEP);
    }
}

impl Filter {
    pub fn takes(self, record: &Record) -> bool {
        let refused = matches!(
            record.operation,
            OperationState::Refused { .. } | OperationState::Quarantined { .. }
        );
        let open = record.state.is_some_and(|state| state.is_open());
        match self {
            Self::All => true,
            Self::Waiting => {
                let photo_here = record.photos.iter().any(|photo| match photo.state {
                    PhotoState::Arrived { .. } => false,
                    // It will not come, and the person knows.
                    PhotoState::Damaged => !record.acknowledged,
                    _ => true,
                });
                !record.operation.is_settled() || photo_here
            }
            Self::Open => open && !refused,
            Self::Done => record.state.is_some() && !open && !refused,
            Self::Refused => refused,
        }
    }
}
