//! Which of the parts that the server cannot do without fail, and since when.
//!
//! Never: tries a part; `health_check` does, and notes here what it found.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use domain::Timestamp;

use crate::clock;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Writer,
    Reader,
    Photos,
}

impl Part {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Writer => "writer",
            Self::Reader => "reader",
            Self::Photos => "photos",
        }
    }
}

/// What is wrong with a part, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartFailure {
    /// `full`, `read_only`, `locked`, `damaged`, `unreachable`, `slow` or `internal`.
    pub why: &'static str,
    pub since: Timestamp,
}

/// Parts that are not well now.
#[derive(Debug, Default)]
pub struct Watch(Mutex<BTreeMap<Part, PartFailure>>);

impl Watch {
    /// Notes what was found, and logs each change once.
    pub fn note(&self, found: [(Part, Option<&'static str>); 3]) -> BTreeMap<Part, PartFailure> {
        let mut troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (part, why) in found {
            let known = troubles.get(&part).copied();
            match (why, known) {
                (Some(why), Some(known)) if known.why == why => {}
                (Some(why), known) => {
                    tracing::error!(part = part.name(), why, "not well; nothing is acknowledged");
                    let since = known.map_or_else(clock::now, |known| known.since);
                    troubles.insert(part, PartFailure { why, since });
                }
                (None, Some(known)) => {
                    let since = known.since.millis();
                    tracing::warn!(part = part.name(), since, "well again");
                    troubles.remove(&part);
                }
                (None, None) => {}
            }
        }
        troubles.clone()
    }
}
