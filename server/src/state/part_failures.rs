//! Which of the parts that the server cannot do without fail, and since when.
//!
//! Never: tries a part; `jobs::health_check` does, and records its result here.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use domain::Timestamp;

use crate::system::clock;

/// A part that is tried.
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

/// The parts that fail now.
#[derive(Debug, Default)]
pub struct PartFailures(Mutex<BTreeMap<Part, PartFailure>>);

impl PartFailures {
    /// Records the result of a check of every part, gives what fails now, and logs each
    /// change once: a disk that stays full for a day would fill the log otherwise.
    pub fn record(
        &self,
        results: [(Part, Option<&'static str>); 3],
    ) -> BTreeMap<Part, PartFailure> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (part, why) in results {
            let known = failures.get(&part).copied();
            match (why, known) {
                (Some(why), Some(known)) if known.why == why => {}
                (Some(why), known) => {
                    tracing::error!(part = part.name(), why, "failing; nothing is acknowledged");
                    let since = known.map_or_else(clock::now, |known| known.since);
                    failures.insert(part, PartFailure { why, since });
                }
                (None, Some(known)) => {
                    let since = known.since.millis();
                    tracing::warn!(part = part.name(), since, "working again");
                    failures.remove(&part);
                }
                (None, None) => {}
            }
        }
        failures.clone()
    }
}
