//! Tries the parts that the server cannot do without.
//!
//! Never: mends anything. What is wrong passes, or a person does something about it.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    clock,
    state::App,
    storage_problem::StorageProblem,
    store::{
        StoreError, changes,
        meta::{self, Fact},
    },
    watch::{Part, PartFailure},
};

/// A part that does not answer within this is not well. Longer than a lock is waited for.
const CHECK_TIMEOUT: Duration = Duration::from_secs(8);

/// Tries every part, for real: a row is written, a file is written, synced and read.
pub async fn check(app: &App) -> BTreeMap<Part, PartFailure> {
    let writes = in_time(app.store.write(|transaction| {
        meta::set(transaction, Fact::Probe, &clock::now().millis().to_string())
    }));
    let reads = in_time(app.store.read(changes::latest));
    let photos = async {
        match tokio::time::timeout(CHECK_TIMEOUT, app.photos.probe()).await {
            Ok(Ok(())) => None,
            Ok(Err(trouble)) => {
                Some(trouble.storage_problem().map_or("internal", StorageProblem::code))
            }
            Err(_) => Some("slow"),
        }
    };
    let (writer, reader, photos) = tokio::join!(writes, reads, photos);
    app.watch.note([(Part::Writer, writer), (Part::Reader, reader), (Part::Photos, photos)])
}

async fn in_time<T>(job: impl Future<Output = Result<T, StoreError>>) -> Option<&'static str> {
    match tokio::time::timeout(CHECK_TIMEOUT, job).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.ill().map_or("internal", StorageProblem::code)),
        Err(_) => Some("slow"),
    }
}
