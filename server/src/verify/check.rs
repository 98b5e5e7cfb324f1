//! A check under way: what was looked at, and who is told of faults.

use std::collections::BTreeMap;

use domain::{CaseId, OperationId};

use super::fault::{Fault, RESTORE};
use crate::store::StoreError;

/// What was looked at.
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

/// A check under way.
pub(super) struct Check<'a> {
    pub(super) counts: Counts,
    pub(super) tell: &'a mut dyn FnMut(&Fault),
}

impl Check<'_> {
    pub(super) fn fault(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.counts.faults += 1;
        (self.tell)(&Fault { what: what.into(), remedy: remedy.into() });
    }

    /// One part of the check. Where the database breaks it off, that is a fault like others.
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
