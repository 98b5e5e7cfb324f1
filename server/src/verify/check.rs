//! A check in progress: what was checked so far, and where faults are reported to.

use std::collections::BTreeMap;

use domain::{CaseId, OperationId};

use super::fault::{Fault, RESTORE};
use crate::store::StoreError;

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub operations: u64,
    pub cases: u64,
    pub photos: u64,
    pub backups: u64,
    pub faults: u64,
}

/// Operations that were carried out, with the case of each.
pub(super) type Accepted = BTreeMap<OperationId, CaseId>;

/// A check in progress.
pub(super) struct Check<'a> {
    pub(super) counts: Counts,
    pub(super) report: &'a mut dyn FnMut(&Fault),
}

impl Check<'_> {
    pub(super) fn fault(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.counts.faults += 1;
        (self.report)(&Fault { what: what.into(), remedy: remedy.into() });
    }

    /// Runs one part of the check. An error of the database ends this part and is a fault like
    /// others, so that the other parts are checked all the same.
    pub(super) fn step(
        &mut self,
        what: &str,
        step: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) {
        if let Err(error) = step(self) {
            self.unreadable(what, &error);
        }
    }

    pub(super) fn unreadable(&mut self, what: &str, error: &StoreError) {
        self.fault(format!("{what}: cannot be read: {error}"), RESTORE);
    }
}
