//! Cases folded anew from their logs, compared with the summaries that queries ask, and the
//! numbers of the feed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CaseId, District, OperationId,
    case::{Case, Event, Recorded},
    summary::{CaseSummary, CaseTerms},
};

use super::{
    check::{Accepted, Check},
    fault::{REBUILD, REPORT, RESTORE},
    terms::StoredTerms,
};
use crate::store::{
    DirectConnection, SqlRow, StoreError, Value, audit,
    cases::case_number,
    reported_order,
    summary_columns::{CODE_TABLES, COLUMNS, SELECT_ALL},
};

/// Id, number, first and last change, and place by when it was reported.
const COLUMNS_BEFORE_SUMMARY: usize = 5;

pub(super) fn check(
    file: &DirectConnection,
    district: &District,
    accepted: &Accepted,
    check: &mut Check<'_>,
) -> Result<(), StoreError> {
    let mut logs = Logs::default();
    file.for_each(audit::EVENTS, |row| logs.add(&row, check))?;
    for (id, case) in accepted {
        if !logs.operations.contains(id) {
            let what = format!("operation {id}: carried out, and case {case} has no event of it");
            check.fault(what, RESTORE);
        }
    }
    for operation in logs.operations.iter().filter(|id| !accepted.contains_key(id)) {
        let what = format!("operation {operation}: the log has its events and it is not stored");
        check.fault(what, RESTORE);
    }
    check.counts.cases = u64::try_from(logs.cases.len()).unwrap_or(u64::MAX);
    let stored = Stored::read(file)?;
    let mut terms = StoredTerms::read(file, check);
    let mut running: BTreeMap<String, Vec<(u64, String, String)>> = BTreeMap::new();
    for (id, log) in &logs.cases {
        compare(id, log, district, &stored, &mut terms, &mut running, check)?;
    }
    for id in &stored.units_behind {
        let what = format!("case {id}: its units' feeds have another latest change than it");
        check.fault(what, REBUILD);
    }
    terms.finish(check);
    for id in stored.rows.keys().filter(|id| !logs.cases.contains_key(*id)) {
        check.fault(format!("case {id}: there is no log of it"), RESTORE);
    }
    check_feed(&logs, &stored.counters, check);
    check_numbers(running, &stored.counters, check);
    Ok(())
}

/// The logs of all cases, by the text of their ids.
#[derive(Default)]
struct Logs {
    cases: BTreeMap<String, Log>,
    operations: BTreeSet<OperationId>,
    /// Which case each change was of.
    changes: BTreeMap<u64, String>,
}

#[derive(Default)]
struct Log {
    recorded: Vec<Recorded>,
    first: u64,
    last: u64,
    is_whole: bool,
}

impl Logs {
    fn add(&mut self, row: &SqlRow, check: &mut Check<'_>) {
        let (id, number) = (audit::field(row, 0), audit::field(row, 1));
        let log = self.cases.entry(id.clone()).or_insert(Log { is_whole: true, ..Log::default() });
        let (Ok(change), Ok(recorded)) = (row.get::<u64>(2), row.json::<Recorded>(3)) else {
            log.is_whole = false;
            check.fault(format!("case {id}, event {number}: not readable"), RESTORE);
            return;
        };
        let expected = log.recorded.len() + 1;
        if number != expected.to_string() || recorded.number.to_string() != number {
            log.is_whole = false;
            check.fault(format!("case {id}, event {expected}: missing in the log"), RESTORE);
        }
        if log.recorded.is_empty() {
            log.first = change;
        }
        log.last = change;
        self.operations.extend(recorded.operation);
        log.recorded.push(recorded);
        let owner = self.changes.entry(change).or_insert_with(|| id.clone());
        if *owner != id {
            check.fault(format!("case {id}: change {change} is that of case {owner}"), RESTORE);
        }
    }
}

/// What is stored and can be computed from the logs, by the text of a case's id.
#[derive(Default)]
struct Stored {
    /// As [`SELECT_ALL`] gives them.
    rows: BTreeMap<String, SqlRow>,
    /// Of each of [`CODE_TABLES`].
    codes: Vec<BTreeMap<String, BTreeSet<String>>>,
    photos: BTreeMap<String, BTreeSet<String>>,
    /// Cases whose change is not the one by which a unit's feed is sorted.
    units_behind: BTreeSet<String>,
    counters: BTreeMap<String, String>,
}

impl Stored {
    fn read(file: &DirectConnection) -> Result<Self, StoreError> {
        let mut stored = Self::default();
        file.for_each(&SELECT_ALL, |row| {
            stored.rows.insert(audit::field(&row, 0), row);
        })?;
        for table in &CODE_TABLES {
            let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            file.for_each(table.select, |row| {
                codes.entry(audit::field(&row, 0)).or_default().insert(line(row.values()));
            })?;
            stored.codes.push(codes);
        }
        file.for_each(audit::CASE_PHOTOS, |row| {
            let photo = format!("{} {}", audit::field(&row, 1), audit::field(&row, 2));
            stored.photos.entry(audit::field(&row, 0)).or_default().insert(photo);
        })?;
        file.for_each(audit::UNITS_BEHIND, |row| {
            stored.units_behind.insert(audit::field(&row, 0));
        })?;
        file.for_each(audit::COUNTERS, |row| {
            stored.counters.insert(audit::field(&row, 0), audit::field(&row, 1));
        })?;
        Ok(stored)
    }
}

fn compare(
    id: &str,
    log: &Log,
    district: &District,
    stored: &Stored,
    terms: &mut StoredTerms,
    running: &mut BTreeMap<String, Vec<(u64, String, String)>>,
    check: &mut Check<'_>,
) -> Result<(), StoreError> {
    let folded = id.parse().ok().and_then(|id: CaseId| Case::fold(id, &log.recorded));
    let Some(case) = folded.filter(|_| log.is_whole) else {
        if log.is_whole {
            check.fault(format!("case {id}: its log does not begin with a report"), RESTORE);
        }
        return Ok(());
    };
    let Some(row) = stored.rows.get(id) else {
        check.fault(format!("case {id}: it has a log and no row"), REPORT);
        return Ok(());
    };
    let number = audit::field(row, 1);
    let year = district.calendar().local(case.reported_at).year();
    running.entry(year.to_string()).or_default().push((log.first, number.clone(), id.into()));
    compare_feed(id, log, row, check);
    let summary = CaseSummary::of(&case, district);
    compare_summary(id, &summary, row, stored, check)?;
    let order = compare_order(id, &summary, row, check);
    let expected = CaseTerms::of(&case, &summary, &number, district.calendar());
    terms.compare(id, order, &expected, check);
    compare_photos(id, &case, stored, check);
    let times = log
        .recorded
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::PhotoArrived { .. }))
        .count();
    if times != case.arrived.len() {
        check.fault(format!("case {id}: a photo arrived twice in its log"), RESTORE);
    }
    Ok(())
}

fn compare_feed(id: &str, log: &Log, row: &SqlRow, check: &mut Check<'_>) {
    for (name, expected, column) in [("first", log.first, 2), ("last", log.last, 3)] {
        let stored = audit::field(row, column);
        if stored != expected.to_string() {
            let what = format!(
                "case {id}: its {name} change is {expected} by its log, and stored as {stored}"
            );
            check.fault(what, REPORT);
        }
    }
}

/// Where the case stands by when it was reported; `None` when that is not readable.
fn compare_order(
    id: &str,
    summary: &CaseSummary,
    row: &SqlRow,
    check: &mut Check<'_>,
) -> Option<i64> {
    let order = row.get(4).ok();
    if !order.is_some_and(|order| reported_order::is_of(order, summary.reported_at)) {
        let stored = audit::field(row, 4);
        let what =
            format!("case {id}: its reported_order is not of its report, and stored as {stored}");
        check.fault(what, REBUILD);
    }
    order
}

fn compare_summary(
    id: &str,
    summary: &CaseSummary,
    row: &SqlRow,
    stored: &Stored,
    check: &mut Check<'_>,
) -> Result<(), StoreError> {
    for (column, stored) in COLUMNS.iter().zip(row.values().iter().skip(COLUMNS_BEFORE_SUMMARY)) {
        let (expected, stored) = ((column.value)(summary)?, audit::display(stored));
        let expected = audit::display(&expected);
        if expected != stored {
            let name = column.name;
            let what =
                format!("case {id}: its {name} is {expected} by its log, and stored as {stored}");
            check.fault(what, REBUILD);
        }
    }
    let none = BTreeSet::new();
    for (table, stored) in CODE_TABLES.iter().zip(&stored.codes) {
        let expected: BTreeSet<String> = table.rows(summary).iter().map(|row| line(row)).collect();
        if expected != *stored.get(id).unwrap_or(&none) {
            let what = format!("case {id}: its rows in {} are not those of its log", table.name);
            check.fault(what, REBUILD);
        }
    }
    Ok(())
}

fn line(row: &[Value]) -> String {
    row.iter().map(audit::display).collect::<Vec<_>>().join(" ")
}

fn compare_photos(id: &str, case: &Case, stored: &Stored, check: &mut Check<'_>) {
    let arrived = |hash| case.arrived.contains(hash);
    let photos = case
        .photos()
        .map(|shot| format!("{} {}", shot.hash, u8::from(arrived(&shot.hash))))
        .collect::<BTreeSet<_>>();
    let none = BTreeSet::new();
    for photo in photos.symmetric_difference(stored.photos.get(id).unwrap_or(&none)) {
        let hash = photo.split(' ').next().unwrap_or_default();
        let what = format!("case {id}, photo {hash}: whether it arrived is not as in its log");
        check.fault(what, REPORT);
    }
}

/// Checks that changes are 1, 2, 3 … up to the counter's.
fn check_feed(logs: &Logs, counters: &BTreeMap<String, String>, check: &mut Check<'_>) {
    let mut next = 1;
    for change in logs.changes.keys() {
        if *change != next {
            let until = change.saturating_sub(1);
            check.fault(format!("the feed: changes {next} to {until} are missing"), RESTORE);
        }
        next = change.saturating_add(1);
    }
    let last = next.saturating_sub(1).to_string();
    let counted = counters.get("change").map_or("0", String::as_str);
    if counted != last {
        let what = format!("the feed: the latest change is {last}, and counted as {counted}");
        check.fault(what, RESTORE);
    }
}

/// Checks that the cases of a year are numbered in the order they were opened.
fn check_numbers(
    running: BTreeMap<String, Vec<(u64, String, String)>>,
    counters: &BTreeMap<String, String>,
    check: &mut Check<'_>,
) {
    let mut counted: BTreeSet<_> =
        counters.keys().filter(|name| *name != "change").cloned().collect();
    for (year, mut cases) in running {
        cases.sort();
        for ((_, number, id), count) in cases.iter().zip(1_u64..) {
            let expected = case_number(&year, count);
            if *number != expected {
                let what = format!(
                    "case {id}: its number is {expected} by the order of cases, and stored as {number}"
                );
                check.fault(what, REPORT);
            }
        }
        let name = format!("case {year}");
        counted.remove(&name);
        let stored = counters.get(&name).map_or("0", String::as_str);
        if stored != cases.len().to_string() {
            let what = format!(
                "the count of cases of {year}: {} by the log, and stored as {stored}",
                cases.len()
            );
            check.fault(what, REPORT);
        }
    }
    for name in counted {
        check.fault(format!("the counter {name:?}: it counts nothing"), REPORT);
    }
}
