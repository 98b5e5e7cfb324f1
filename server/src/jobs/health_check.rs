//! Tries the parts that the server cannot do without.
//!
//! Never: repairs anything. What is wrong passes, or a person does something about it.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    state::{App, Part, PartFailure},
    store::{
        StoreError, changes,
        meta::{self, Fact},
    },
    system::{StorageProblem, clock},
};

/// A part that does not answer within this counts as slow. Longer than a lock on the
/// database is waited for (2 s), so that a lock is reported as such.
const CHECK_TIMEOUT: Duration = Duration::from_secs(8);

/// Tries every part, for real: a row is written, a file is written, synced and read.
pub async fn check(app: &App) -> BTreeMap<Part, PartFailure> {
    let writes = problem_of(app.store.write(|transaction| {
        meta::set(transaction, Fact::Probe, &clock::now().millis().to_string())
    }));
    let reads = problem_of(app.store.read(changes::latest));
    let photos = async {
        match tokio::time::timeout(CHECK_TIMEOUT, app.photos.probe()).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => {
                Some(error.storage_problem().map_or("internal", StorageProblem::code))
            }
            Err(_) => Some("slow"),
        }
    };
    // At the same time: a disk that hangs makes each of them wait for the whole timeout.
    let (writer, reader, photos) = tokio::join!(writes, reads, photos);
    app.failures.record([(Part::Writer, writer), (Part::Reader, reader), (Part::Photos, photos)])
}

/// The stable code of what is wrong; `None` when the job was done in time.
async fn problem_of<T>(job: impl Future<Output = Result<T, StoreError>>) -> Option<&'static str> {
    match tokio::time::timeout(CHECK_TIMEOUT, job).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.storage_problem().map_or("internal", StorageProblem::code)),
        Err(_) => Some("slow"),
    }
}
