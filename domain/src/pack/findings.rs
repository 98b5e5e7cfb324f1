//! What is found while a pack is read: faults, the codes that exist, and the codes
//! that were referred to. References are compared at the very end, when every file
//! has been read.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use super::fault::{Fault, FaultKind, Thing};

/// Shared by all readers of one pack.
#[derive(Debug, Default)]
pub(super) struct Findings(RefCell<Found>);

#[derive(Debug, Default)]
struct Found {
    faults: Vec<Fault>,
    /// Code to the line of its first definition; faulty rows count, for a reference
    /// to a row that is itself faulty is not a second fault.
    known: HashMap<Thing, HashMap<Box<str>, u32>>,
    /// Things whose file could not be read whole: nothing is said about codes that
    /// are missing there.
    unreadable: HashSet<Thing>,
    references: Vec<Reference>,
}

#[derive(Debug)]
struct Reference {
    file: &'static str,
    line: u32,
    field: Box<str>,
    what: Thing,
    code: Box<str>,
}

impl Findings {
    pub(super) fn fault(&self, file: &str, line: Option<u32>, kind: FaultKind) {
        let fault = Fault { file: file.into(), line, kind };
        let mut found = self.0.borrow_mut();
        if found.faults.last() != Some(&fault) {
            found.faults.push(fault);
        }
    }

    /// Records that `code` exists. Where it existed already: the line that came first.
    pub(super) fn define(&self, what: Thing, code: &str, line: u32) -> Result<(), u32> {
        let mut found = self.0.borrow_mut();
        let known = found.known.entry(what).or_default();
        match known.get(code) {
            Some(first) => Err(*first),
            None => {
                known.insert(code.into(), line);
                Ok(())
            }
        }
    }

    pub(super) fn refer(
        &self,
        file: &'static str,
        line: u32,
        field: &str,
        what: Thing,
        code: &str,
    ) {
        let reference = Reference { file, line, field: field.into(), what, code: code.into() };
        self.0.borrow_mut().references.push(reference);
    }

    pub(super) fn unreadable(&self, what: Thing) {
        self.0.borrow_mut().unreadable.insert(what);
    }

    pub(super) fn is_readable(&self, what: Thing) -> bool {
        !self.0.borrow().unreadable.contains(&what)
    }

    /// Drops faults of `file` that only follow from text that could not be parsed.
    pub(super) fn forgive(&self, file: &str, follows: impl Fn(&Fault) -> bool) {
        self.0.borrow_mut().faults.retain(|fault| &*fault.file != file || !follows(fault));
    }

    /// All faults, unknown references among them.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        let Found { mut faults, known, unreadable, references } = self.0.into_inner();
        let unknown = references.into_iter().filter(|reference| {
            let known = known.get(&reference.what);
            !unreadable.contains(&reference.what)
                && !known.is_some_and(|codes| codes.contains_key(&reference.code))
        });
        faults.extend(unknown.map(|reference| Fault {
            file: reference.file.into(),
            line: Some(reference.line),
            kind: FaultKind::UnknownReference {
                what: reference.what,
                code: reference.code,
                field: reference.field,
            },
        }));
        faults
    }
}
