//! Checks a data folder against itself, and reports for everything that is wrong what it is
//! and what to do: hashes of photos, digests and chains of operations, receipts, cases
//! folded anew from their logs, the feed, SQLite's own structures, and backups.
//!
//! Never: changes anything; trusts a stored figure that can be computed.

mod backups;
mod cases;
mod check;
mod database;
mod fault;
mod operations;
mod photos;
mod receipts;
mod terms;

use std::path::Path;

use domain::District;

pub use check::Counts;
use check::{Accepted, Check};
pub use fault::Fault;
use receipts::Receipts;

use crate::{
    store::{Database, DirectConnection, StoreError, packs},
    system::clock,
};

/// Checks the data folder `data` with its `database`, which may be served meanwhile, and the
/// backups in `backup`; calls `report` with each fault as it is found.
///
/// # Errors
/// When there is no database.
pub fn verify(
    data: &Path,
    database: &Database,
    backup: Option<&Path>,
    report: &mut dyn FnMut(&Fault),
) -> Result<Counts, StoreError> {
    let mut check = Check { counts: Counts::default(), report };
    let file = DirectConnection::open(database)?;
    check.step("the database", |check| database::check(&file, check));
    // All rows are compared within one snapshot, for a server may go on writing.
    let snapshot = file.with_snapshot(|| {
        let receipts = match Receipts::load(&file) {
            Ok(receipts) => receipts,
            Err(error) => return check.unreadable("the signing key", &error),
        };
        let mut accepted = Accepted::new();
        check.step("operations", |check| operations::check(&file, &receipts, check, &mut accepted));
        check.step("cases", |check| {
            let (_, pack) =
                file.read_in_snapshot(|transaction| packs::in_force(transaction, clock::now()))?;
            cases::check(&file, &District::new(pack), &accepted, check)
        });
        check.step("photos", |check| photos::check(&file, &receipts, data, backup, check));
    });
    if let Err(error) = snapshot {
        check.unreadable("the database", &error);
    }
    if let Some(backup) = backup {
        backups::check(backup, &mut check);
    }
    Ok(check.counts)
}
