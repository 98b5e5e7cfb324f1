//! The index of terms by which searches find cases, compared with the terms of each case.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use domain::summary::{CaseTerms, Term};

use super::{check::Check, fault::REBUILD};
use crate::store::{DirectConnection, SqlRow, case_terms};

/// What the index says, by the place of each case; `None` when it cannot be read.
#[derive(Default)]
pub(super) struct StoredTerms(Option<BTreeMap<i64, Digest>>);

/// Of a set of terms, in whatever order they come: an index of a million cases has too many to
/// keep them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Digest {
    terms: u32,
    sum: u64,
}

impl Digest {
    fn add(&mut self, term: &str) {
        let mut hasher = DefaultHasher::new();
        term.hash(&mut hasher);
        self.terms = self.terms.saturating_add(1);
        self.sum = self.sum.wrapping_add(hasher.finish());
    }
}

impl StoredTerms {
    pub(super) fn read(file: &DirectConnection, check: &mut Check<'_>) -> Self {
        let mut stored: BTreeMap<i64, Digest> = BTreeMap::new();
        let mut is_readable = true;
        let read = file.for_each(case_terms::SELECT_ALL, |row| match parts(&row) {
            Some((order, term)) => stored.entry(order).or_default().add(&term),
            None => is_readable = false,
        });
        if let Err(error) = read {
            check.fault(format!("the index of terms: not readable ({error})"), REBUILD);
            return Self(None);
        }
        if !is_readable {
            check.fault("the index of terms: a term is not readable", REBUILD);
        }
        Self(Some(stored))
    }

    /// Compares the terms at the place of a case, which are then done with.
    pub(super) fn compare(
        &mut self,
        id: &str,
        reported_order: Option<i64>,
        terms: &CaseTerms,
        check: &mut Check<'_>,
    ) {
        let Some(stored) = &mut self.0 else { return };
        let stored = reported_order.and_then(|order| stored.remove(&order)).unwrap_or_default();
        let mut expected = Digest::default();
        terms.iter().map(Term::as_str).for_each(|term| expected.add(term));
        if stored != expected {
            check.fault(format!("case {id}: the index of terms is not that of its log"), REBUILD);
        }
    }

    /// Names what belongs to no case that was compared.
    pub(super) fn finish(self, check: &mut Check<'_>) {
        for order in self.0.unwrap_or_default().into_keys() {
            let what = format!("the index of terms: it has terms at {order}, where no case is");
            check.fault(what, REBUILD);
        }
    }
}

fn parts(row: &SqlRow) -> Option<(i64, String)> {
    Some((row.get(0).ok()?, row.get(1).ok()?))
}
