//! The filters of the list of records, one chip each. Another one is another variant here and
//! a word of each language; nothing else needs to know.

use app_shared::{
    model::{OperationState, PhotoState, Record},
    text::Words,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    /// The record or one of its photos has not arrived.
    Waiting,
    Open,
    Done,
    Refused,
}

impl Filter {
    /// In the order of the chips.
    pub const ALL: [Self; 5] = [Self::All, Self::Waiting, Self::Open, Self::Done, Self::Refused];

    /// The stable name by which tests find the chip.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::All => words.filter_all,
            Self::Waiting => words.filter_waiting,
            Self::Open => words.filter_open,
            Self::Done => words.filter_done,
            Self::Refused => words.filter_refused,
        }
    }

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
