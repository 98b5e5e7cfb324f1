//! Makes the summaries and the terms of all cases anew from their logs and the district in force,
//! also while the folder is served: a few hundred in each transaction, going on where an earlier
//! run was interrupted. Searches find what is done, and all again in the end. Photos get the rows
//! of their small pictures that they lack.
//!
//! Never: changes a log, or a number of the feed; nobody who follows the feed hears of it.

use domain::{
    CaseId, District,
    case::Case,
    summary::{CaseSummary, CaseTerms},
};

use crate::{
    store::{
        Database, DirectConnection, StoreError, Transaction, case_terms, cases, derivatives, jobs,
        meta::{self, Fact},
        packs,
    },
    system::clock,
};

/// Cases in one transaction. A server that writes meanwhile waits for the lock only so long.
const BATCH: u32 = 200;

/// Rebuilds the summaries in a database; calls `progress` with how many cases are
/// done since this run began. Gives their number in the end.
///
/// # Errors
/// Those of the database; what is done stays, and another run goes on there.
pub fn rebuild(database: &Database, mut progress: impl FnMut(u64)) -> Result<u64, StoreError> {
    let file = DirectConnection::open(database)?;
    let (_, pack) = file.read(|transaction| packs::in_force(transaction, clock::now()))?;
    let district = District::new(pack);
    file.write(|transaction| {
        derivatives::add_missing(transaction)?;
        jobs::add_missing_derivatives(transaction)
    })?;
    let mut done: u64 = 0;
    loop {
        let batch = file.write(|transaction| rebuild_batch(transaction, &district))?;
        if batch == 0 {
            file.write(|transaction| meta::remove(transaction, Fact::Rebuilt))?;
            return Ok(done);
        }
        done = done.saturating_add(batch);
        progress(done);
    }
}

/// How many it did; none are left when it did none.
fn rebuild_batch(
    transaction: &mut dyn Transaction,
    district: &District,
) -> Result<u64, StoreError> {
    let after = meta::get(transaction, Fact::Rebuilt)?.and_then(|id| id.parse::<CaseId>().ok());
    if after.is_none() {
        case_terms::clear(transaction)?;
    }
    let ids = cases::ids_after(transaction, after, BATCH)?;
    for id in &ids {
        let log = cases::log(transaction, *id)?;
        let log: Vec<_> = log.into_iter().map(|logged| logged.recorded).collect();
        // A log without a report is a fault that `xunjie verify` names.
        if let Some(case) = Case::fold(*id, &log) {
            let summary = CaseSummary::of(&case, district);
            cases::rebuild(transaction, &summary)?;
            case_terms::write(transaction, *id, |number| {
                CaseTerms::of(&case, &summary, number, district.calendar())
            })?;
        }
    }
    if let Some(last) = ids.last() {
        meta::set(transaction, Fact::Rebuilt, &last.to_string())?;
    }
    Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
}
