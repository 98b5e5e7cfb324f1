//! Checks a data folder against itself, and says of everything that is wrong what it is
//! and what to do: hashes of photos, digests and chains of operations, receipts, cases
//! folded anew from their logs, the feed, SQLite's own structures, and backups.
//!
//! Never: changes anything; believes a stored figure that can be computed.

mod backups;
mod cases;
mod database;
mod fault;
mod operations;
mod photos;
mod receipts;

use std::{collections::BTreeMap, path::Path};

use domain::{CaseId, OperationId};

pub use fault::Fault;
use receipts::Receipts;

use crate::{
    setup,
    store::{File, StoreError},
};

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub operations: u64,
    pub cases: u64,
    pub photos: u64,
    pub backups: u64,
    pub faults: u64,
}

/// Checks the data folder `data`, which may be served meanwhile, and the backups in
/// `backup`; tells each fault as it is found.
///
/// # Errors
/// When there is no database to look at.
pub fn verify(
    data: &Path,
    backup: Option<&Path>,
    tell: &mut dyn FnMut(&Fault),
) -> Result<Counts, StoreError> {
    let mut check = Check { counts: Counts::default(), tell };
    let file = File::open(&data.join(setup::DATABASE))?;
    check.step("the database", |check| database::check(&file, check));
    // One moment, while others go on writing.
    let looked = file.hold(|| {
        let receipts = match Receipts::load(&file) {
            Ok(receipts) => receipts,
            Err(error) => return check.unreadable("the signing key", &error),
        };
        let mut accepted = Accepted::new();
        check.step("operations", |check| operations::check(&file, &receipts, check, &mut accepted));
        check.step("cases", |check| cases::check(&file, &accepted, check));
        check.step("photos", |check| photos::check(&file, &receipts, data, backup, check));
    });
    if let Err(error) = looked {
        check.unreadable("the database", &error);
    }
    if let Some(backup) = backup {
        backups::check(backup, &mut check);
    }
    Ok(check.counts)
}

/// Operations that were carried out, with the case of each.
type Accepted = BTreeMap<OperationId, CaseId>;

/// A check under way.
struct Check<'a> {
    counts: Counts,
    tell: &'a mut dyn FnMut(&Fault),
}

impl Check<'_> {
    fn fault(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.counts.faults += 1;
        (self.tell)(&Fault { what: what.into(), remedy: remedy.into() });
    }

    /// One part of the check. Where the database breaks it off, that is a fault like others.
    fn step(&mut self, what: &str, step: impl FnOnce(&mut Self) -> Result<(), StoreError>) {
        if let Err(error) = step(self) {
            self.unreadable(what, &error);
        }
    }

    fn unreadable(&mut self, what: &str, error: &StoreError) {
        self.fault(format!("{what}: cannot be read: {error}"), fault::RESTORE);
    }
}
