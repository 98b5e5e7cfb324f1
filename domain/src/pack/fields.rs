//! Taking a row apart, field by field. A field that is wrong is noted and replaced
//! by nothing, so that the rest of the row is read all the same.

use std::{cell::Cell, collections::HashSet};

use jiff::civil::Date;

use super::{
    fault::{FaultKind, Thing, Wanted},
    findings::Findings,
    value::{Entries, Entry, Value},
};
use crate::{Names, catalogue::InForce};

/// The fields of one row, feature or table that are not yet taken.
#[derive(Debug)]
pub(super) struct Fields<'f, 't> {
    pub findings: &'f Findings,
    pub file: &'static str,
    pub line: u32,
    pub entries: Entries<'t>,
    /// Columns whose absence was noted once for the whole table.
    pub absent: Option<&'f HashSet<&'static str>>,
    /// The row as a whole is faulty and that was noted: say nothing more about it.
    pub muted: bool,
    pub clean: Cell<bool>,
}

/// A row as it was read. Where it is not clean, some values are placeholders.
#[derive(Clone, Debug)]
pub(super) struct Row<T> {
    pub line: u32,
    pub clean: bool,
    pub item: T,
}

impl<'f, 't> Fields<'f, 't> {
    pub(super) fn new(
        findings: &'f Findings,
        file: &'static str,
        line: u32,
        entries: Entries<'t>,
    ) -> Self {
        let clean = Cell::new(true);
        Self { findings, file, line, entries, absent: None, muted: false, clean }
    }

    pub(super) fn fault(&self, line: u32, kind: FaultKind) {
        self.clean.set(false);
        if !self.muted {
            self.findings.fault(self.file, Some(line), kind);
        }
    }

    pub(super) fn bad(&self, key: &str, entry: &Entry<'_>, wanted: Wanted) {
        let value = entry.value.shown();
        self.fault(entry.line, FaultKind::BadValue { field: key.into(), value, wanted });
    }

    /// Closes the row; what is still there has no meaning.
    pub(super) fn finish<T>(self, item: T) -> Row<T> {
        for (key, entry) in &self.entries {
            self.fault(entry.line, FaultKind::UnknownKey(key.as_ref().into()));
        }
        Row { line: self.line, clean: self.clean.get(), item }
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Entry<'t>> {
        self.entries.remove(key)
    }

    /// Like [`take`](Self::take); notes a fault where there is nothing.
    pub(super) fn must_take(&mut self, key: &str) -> Option<Entry<'t>> {
        let entry = self.take(key);
        if entry.is_none() {
            let noted = self.absent.is_some_and(|columns| columns.contains(key));
            self.clean.set(false);
            if !noted {
                self.fault(self.line, FaultKind::Missing { field: key.into() });
            }
        }
        entry
    }

    pub(super) fn text(&mut self, key: &str) -> String {
        self.parse(key, || Wanted::Text, |text| Some(text.to_owned())).unwrap_or_default()
    }

    pub(super) fn must_text(&mut self, key: &str) -> String {
        let Some(entry) = self.must_take(key) else { return String::new() };
        let text = self.parsed(key, &entry, || Wanted::Text, |text| Some(text.to_owned()));
        if text.as_deref() == Some("") {
            self.fault(entry.line, FaultKind::Missing { field: key.into() });
        }
        text.unwrap_or_default()
    }

    /// Reads text by `read`; the placeholder `None` follows a fault or an absence.
    pub(super) fn parse<T>(
        &mut self,
        key: &str,
        wanted: impl FnOnce() -> Wanted,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let entry = self.take(key)?;
        self.parsed(key, &entry, wanted, read)
    }

    pub(super) fn must_parse<T>(
        &mut self,
        key: &str,
        wanted: impl FnOnce() -> Wanted,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let entry = self.must_take(key)?;
        self.parsed(key, &entry, wanted, read)
    }

    pub(super) fn parsed<T>(
        &self,
        key: &str,
        entry: &Entry<'_>,
        wanted: impl FnOnce() -> Wanted,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = entry.value.as_text().and_then(read);
        if value.is_none() {
            self.bad(key, entry, wanted());
        }
        value
    }

    /// The row's own code, as it is written. A code twice is a fault.
    pub(super) fn define(&mut self, key: &str, what: Thing) -> String {
        let Some(code) = self.must_parse(key, || Wanted::Code, code) else {
            return String::new();
        };
        self.defined(what, &code);
        code
    }

    /// Records that `code` exists from this row on.
    pub(super) fn defined(&self, what: Thing, code: &str) {
        if let Err(first) = self.findings.define(what, code, self.line) {
            self.fault(self.line, FaultKind::Duplicate { what, code: code.into(), first });
        }
    }

    /// A code that is defined elsewhere.
    pub(super) fn refer<C: for<'c> From<&'c str>>(&mut self, key: &str, what: Thing) -> Option<C> {
        let entry = self.take(key)?;
        self.referred(key, &entry, what)
    }

    /// Like [`refer`](Self::refer); an empty code stands where there is none.
    pub(super) fn must_refer<C: for<'c> From<&'c str>>(&mut self, key: &str, what: Thing) -> C {
        let entry = self.must_take(key);
        let code = entry.and_then(|entry| self.referred(key, &entry, what));
        code.unwrap_or_else(|| C::from(""))
    }

    pub(super) fn referred<C: for<'c> From<&'c str>>(
        &self,
        key: &str,
        entry: &Entry<'_>,
        what: Thing,
    ) -> Option<C> {
        let code = self.parsed(key, entry, || Wanted::Code, code)?;
        self.refer_to(entry.line, key, what, &code);
        Some(C::from(&code))
    }

    pub(super) fn refer_to(&self, line: u32, key: &str, what: Thing, code: &str) {
        if !self.muted {
            self.findings.refer(self.file, line, key, what, code);
        }
    }

    pub(super) fn refer_list<C: for<'c> From<&'c str>>(
        &mut self,
        key: &str,
        what: Thing,
    ) -> Vec<C> {
        let items = self.list(key);
        items.iter().filter_map(|entry| self.referred(key, entry, what)).collect()
    }

    /// A cell cut at spaces, or an array.
    pub(super) fn list(&mut self, key: &str) -> Vec<Entry<'t>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        match entry.value {
            Value::Cell(text) => {
                let item = |text: &str| Value::Cell(text.to_owned().into());
                let entry = |text| Entry { value: item(text), line: entry.line };
                text.split_whitespace().map(entry).collect()
            }
            Value::List(items) => items,
            _ => {
                self.bad(key, &entry, Wanted::List);
                Vec::new()
            }
        }
    }

    pub(super) fn parse_list<T>(
        &mut self,
        key: &str,
        wanted: impl Fn() -> Wanted,
        read: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let items = self.list(key);
        items.iter().filter_map(|entry| self.parsed(key, entry, &wanted, &read)).collect()
    }

    /// `key`, `key_hant`, `key_en`; only the first must be there.
    pub(super) fn names(&mut self, key: &str) -> Names {
        let hans = self.must_text(key);
        let (hant, en) = (self.text(&format!("{key}_hant")), self.text(&format!("{key}_en")));
        thrifty(hans, hant, en)
    }

    /// A table with a key for each language.
    pub(super) fn names_table(&mut self, key: &str) -> Names {
        let Some(mut table) = self.must_table(key) else { return Names::default() };
        let names = thrifty(table.must_text("zh-Hans"), table.text("zh-Hant"), table.text("en"));
        self.close(table);
        names
    }

    pub(super) fn must_table(&mut self, key: &str) -> Option<Fields<'f, 't>> {
        let entry = self.must_take(key)?;
        match entry.value {
            Value::Table(entries) => {
                let table = Fields::new(self.findings, self.file, entry.line, entries);
                Some(Fields { muted: self.muted, ..table })
            }
            _ => {
                self.bad(key, &entry, Wanted::Table);
                None
            }
        }
    }

    /// Closes an inner table; its faults are faults of this row.
    pub(super) fn close(&self, table: Fields<'f, 't>) {
        if !table.finish(()).clean {
            self.clean.set(false);
        }
    }

    pub(super) fn whole(&mut self, key: &str, least: u32, most: u32) -> Option<u32> {
        let entry = self.take(key)?;
        let number = match &entry.value {
            Value::Whole(number) => u32::try_from(*number).ok(),
            Value::Cell(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                digits.parse().ok()
            }
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.bad(key, &entry, Wanted::Whole { least, most });
        }
        number
    }

    pub(super) fn must_whole(&mut self, key: &str, least: u32, most: u32) -> Option<u32> {
        let entry = self.must_take(key)?;
        self.entries.insert(key.to_owned().into(), entry);
        self.whole(key, least, most)
    }

    pub(super) fn truth(&mut self, key: &str) -> bool {
        let Some(entry) = self.take(key) else { return false };
        match entry.value {
            Value::Truth(truth) => truth,
            _ => {
                self.bad(key, &entry, Wanted::YesOrNo);
                false
            }
        }
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        self.parse(key, || one_of(choices), |text| chosen(choices, text))
    }

    pub(super) fn must_choice<T: Copy>(
        &mut self,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        self.must_parse(key, || one_of(choices), |text| chosen(choices, text))
    }

    pub(super) fn must_date(&mut self, key: &str) -> Option<Date> {
        self.must_parse(key, || Wanted::Date, date)
    }

    /// `from` and `until`.
    pub(super) fn force(&mut self) -> InForce {
        let from = self.parse("from", || Wanted::Date, date);
        let until = self.parse("until", || Wanted::Date, date);
        self.in_order(from, until);
        InForce { from, until }
    }

    pub(super) fn in_order(&self, from: Option<Date>, until: Option<Date>) {
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.fault(self.line, FaultKind::NeverInForce);
        }
    }
}

/// What a fault lists as possible.
pub(super) fn one_of<T>(choices: &[(&'static str, T)]) -> Wanted {
    Wanted::OneOf(choices.iter().map(|(name, _)| *name).collect())
}

pub(super) fn chosen<T: Copy>(choices: &[(&'static str, T)], text: &str) -> Option<T> {
    choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice)
}

/// Codes stand in lists that are cut at spaces, so they hold none.
fn code(text: &str) -> Option<String> {
    (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| text.into())
}

/// `2026-11-23` and nothing else.
pub(super) fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Readers fall back to the simplified name, so an equal one is not carried.
fn thrifty(hans: String, mut hant: String, mut en: String) -> Names {
    for name in [&mut hant, &mut en] {
        if *name == hans {
            name.clear();
        }
    }
    Names { hans, hant, en }
}
