//! Watches over the parts that the server cannot do without, and remembers since when one
//! is not well.
//!
//! Never: mends anything. What is wrong passes, or a person does something about it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::Timestamp;

use crate::{
    app::App,
    clock,
    store::{
        StoreError, changes,
        meta::{self, Fact},
    },
};

/// A part that does not answer within this is not well. Longer than a lock is waited for.
const PATIENCE: Duration = Duration::from_secs(8);

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
pub struct Trouble {
    /// `full`, `read_only`, `locked`, `damaged`, `unreachable`, `slow` or `internal`.
    pub why: &'static str,
    pub since: Timestamp,
}

/// Parts that are not well now.
#[derive(Debug, Default)]
pub struct Watch(Mutex<BTreeMap<Part, Trouble>>);

impl Watch {
    /// Tries every part, for real: a row is written, a file is written, synced and read.
    pub async fn look(&self, app: &App) -> BTreeMap<Part, Trouble> {
        let writes = in_time(app.store.write(|transaction| {
            meta::set(transaction, Fact::Probe, &clock::now().millis().to_string())
        }));
        let reads = in_time(app.store.read(changes::latest));
        let photos = async {
            match tokio::time::timeout(PATIENCE, app.photos.probe()).await {
                Ok(Ok(())) => None,
                Ok(Err(trouble)) => Some(trouble.ill().map_or("internal", crate::ill::Ill::code)),
                Err(_) => Some("slow"),
            }
        };
        let (writer, reader, photos) = tokio::join!(writes, reads, photos);
        self.note([(Part::Writer, writer), (Part::Reader, reader), (Part::Photos, photos)])
    }

    /// Says each change in the log once.
    fn note(&self, found: [(Part, Option<&'static str>); 3]) -> BTreeMap<Part, Trouble> {
        let mut troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (part, why) in found {
            let known = troubles.get(&part).copied();
            match (why, known) {
                (Some(why), Some(known)) if known.why == why => {}
                (Some(why), known) => {
                    tracing::error!(part = part.name(), why, "not well; nothing is acknowledged");
                    let since = known.map_or_else(clock::now, |known| known.since);
                    troubles.insert(part, Trouble { why, since });
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

async fn in_time<T>(job: impl Future<Output = Result<T, StoreError>>) -> Option<&'static str> {
    match tokio::time::timeout(PATIENCE, job).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.ill().map_or("internal", crate::ill::Ill::code)),
        Err(_) => Some("slow"),
    }
}
