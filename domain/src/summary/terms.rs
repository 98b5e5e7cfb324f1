//! The terms by which a case is found: what was written in it, its number, and codes of what it
//! is about. An index of them answers a search, whoever asks and whatever else is asked for.
//!
//! Never: who reported it among the terms that a search looks for; names and pinyin of what the
//! district pack names, which a search turns into codes first.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{CaseSummary, Moment};
use crate::{
    CategoryCode, PersonCode, PointCode, SectionCode, Timestamp, UnitCode, UserName, ZoneCode,
    calendar::Calendar,
    case::{Case, CaseState},
    search::index_grams,
};

/// Digits of a case's number that are typed at least of its beginning: its year.
pub(super) const SHORTEST_NUMBER: usize = 4;

/// A word of letters and digits; what follows its first letter is of the kind that this names,
/// so that nothing that people write is mistaken for a code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term(String);

/// All terms of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseTerms(BTreeSet<Term>);

impl Term {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A piece of what was written; see [`index_grams`].
    pub(super) fn written(gram: &str) -> Self {
        Self(format!("t{gram}"))
    }

    /// The number of a case from its year on, without marks, whole or as it begins.
    pub(super) fn number(digits: &str) -> Self {
        Self(format!("n{digits}"))
    }

    /// The number of a case within its year, without zeros before it.
    pub(super) fn running_number(digits: &str) -> Self {
        Self(format!("r{digits}"))
    }

    pub(super) fn state(state: CaseState) -> Self {
        Self(format!("s{}", state.code()))
    }

    pub(super) fn open() -> Self {
        Self("o".into())
    }

    /// The day that begins at this moment, on which it was closed or voided.
    pub(super) fn ended_on(day: Timestamp) -> Self {
        Self(format!("e{}", day.millis()))
    }

    pub(super) fn category(code: &CategoryCode) -> Self {
        Self::code('c', code.as_str())
    }

    /// An area of any level.
    pub(super) fn zone(code: &ZoneCode) -> Self {
        Self::code('z', code.as_str())
    }

    pub(super) fn section(code: &SectionCode) -> Self {
        Self::code('l', code.as_str())
    }

    pub(super) fn point(code: &PointCode) -> Self {
        Self::code('p', code.as_str())
    }

    /// The unit that is to fix it, or one beside it.
    pub(super) fn assigned_to(code: &UnitCode) -> Self {
        Self::code('a', code.as_str())
    }

    /// Who is to fix it.
    pub(super) fn person(code: &PersonCode) -> Self {
        Self::code('w', code.as_str())
    }

    /// A unit that ever had it.
    pub(super) fn had_by(code: &UnitCode) -> Self {
        Self::code('u', code.as_str())
    }

    /// The leader in whose patch it lies.
    pub(super) fn patch(code: &PersonCode) -> Self {
        Self::code('b', code.as_str())
    }

    pub(super) fn reporter(user: &UserName) -> Self {
        Self::code('x', user.as_str())
    }

    /// Codes have any characters, and differ where only their case does.
    fn code(kind: char, code: &str) -> Self {
        let mut term = String::from(kind);
        for byte in code.bytes() {
            // Writing to a text does not fail.
            let _written = write!(term, "{byte:02x}");
        }
        Self(term)
    }
}

impl CaseTerms {
    /// `number`: 编号, which the case itself does not know.
    #[must_use]
    pub fn of(case: &Case, summary: &CaseSummary, number: &str, calendar: &Calendar) -> Self {
        let mut terms = Self::of_summary(summary, calendar);
        let grams = case.texts().flat_map(index_grams);
        terms.0.extend(grams.map(|gram| Term::written(&gram)));
        terms.add_number(number);
        terms
    }

    #[must_use]
    pub fn has(&self, term: &Term) -> bool {
        self.0.contains(term)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    fn of_summary(summary: &CaseSummary, calendar: &Calendar) -> Self {
        let place = &summary.place;
        let mut terms =
            BTreeSet::from([Term::state(summary.state), Term::category(&summary.category)]);
        if summary.state.is_open() {
            terms.insert(Term::open());
        }
        terms.extend(summary.ended_at.map(|at| Term::ended_on(Moment::of(calendar, at).today)));
        terms.extend(place.zones.values().map(Term::zone));
        terms.extend(place.section.as_ref().map(Term::section));
        terms.extend(place.point.as_ref().map(Term::point));
        terms.extend(place.patch_leaders.iter().map(Term::patch));
        terms.extend(summary.units.iter().map(Term::had_by));
        terms.extend(summary.reporter.as_ref().map(Term::reporter));
        if let Some(assignment) = &summary.assignment {
            terms.insert(Term::assigned_to(&assignment.unit));
            terms.extend(assignment.co_units.iter().map(Term::assigned_to));
            terms.extend(assignment.person.as_ref().map(Term::person));
        }
        Self(terms)
    }

    fn add_number(&mut self, number: &str) {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let beginnings = (SHORTEST_NUMBER..=digits.len()).filter_map(|length| digits.get(..length));
        self.0.extend(beginnings.map(Term::number));
        if let Some((_, running)) = number.split_once('-') {
            self.0.insert(Term::running_number(running.trim_start_matches('0')));
        }
    }
}
