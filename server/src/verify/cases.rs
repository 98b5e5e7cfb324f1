//! Cases folded anew from their logs, compared with the columns that queries use, and the
//! numbers of the feed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CaseId, OperationId, UnitCode, UserName,
    case::{Case, Event, Recorded},
};

use super::{
    check::{Accepted, Check},
    fault::{REPORT, RESTORE},
};
use crate::store::{DatabaseFile, SqlRow, StoreError, audit, cases::case_number};

pub(super) fn check(
    file: &DatabaseFile,
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
    let mut running: BTreeMap<String, Vec<(u64, String, String)>> = BTreeMap::new();
    for (id, log) in &logs.cases {
        compare(id, log, &stored, &mut running, check);
    }
    for id in stored.columns.keys().filter(|id| !logs.cases.contains_key(*id)) {
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
    columns: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, BTreeSet<String>>,
    photos: BTreeMap<String, BTreeSet<String>>,
    counters: BTreeMap<String, String>,
}

impl Stored {
    fn read(file: &DatabaseFile) -> Result<Self, StoreError> {
        let mut stored = Self::default();
        file.for_each(audit::CASES, |row| {
            let columns = row.values().iter().skip(1).map(audit::display).collect();
            stored.columns.insert(audit::field(&row, 0), columns);
        })?;
        file.for_each(audit::UNITS, |row| {
            stored.units.entry(audit::field(&row, 0)).or_default().insert(audit::field(&row, 1));
        })?;
        file.for_each(audit::CASE_PHOTOS, |row| {
            let photo = format!("{} {}", audit::field(&row, 1), audit::field(&row, 2));
            stored.photos.entry(audit::field(&row, 0)).or_default().insert(photo);
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
    stored: &Stored,
    running: &mut BTreeMap<String, Vec<(u64, String, String)>>,
    check: &mut Check<'_>,
) {
    let folded = id.parse().ok().and_then(|id: CaseId| Case::fold(id, &log.recorded));
    let Some(case) = folded.filter(|_| log.is_whole) else {
        if log.is_whole {
            check.fault(format!("case {id}: its log does not begin with a report"), RESTORE);
        }
        return;
    };
    let Some(columns) = stored.columns.get(id) else {
        check.fault(format!("case {id}: it has a log and no row"), REPORT);
        return;
    };
    let (number, columns) =
        columns.split_first().map_or(("", columns.as_slice()), |(first, rest)| (first, rest));
    let year = number.split_once('-').map_or("", |(year, _)| year);
    running.entry(year.into()).or_default().push((log.first, number.into(), id.into()));
    for ((name, expected), stored) in expected(&case, log).iter().zip(columns) {
        if expected != stored {
            let what =
                format!("case {id}: its {name} is {expected} by its log, and stored as {stored}");
            check.fault(what, REPORT);
        }
    }
    let none = BTreeSet::new();
    let units = case.units.iter().map(|unit| unit.as_str().to_owned()).collect::<BTreeSet<_>>();
    if units != *stored.units.get(id).unwrap_or(&none) {
        check.fault(format!("case {id}: its units are not those of its log"), REPORT);
    }
    let arrived = |hash| case.arrived.contains(hash);
    let photos = case
        .photos()
        .map(|shot| format!("{} {}", shot.hash, u8::from(arrived(&shot.hash))))
        .collect::<BTreeSet<_>>();
    let recorded = stored.photos.get(id).unwrap_or(&none);
    for photo in photos.symmetric_difference(recorded) {
        let hash = photo.split(' ').next().unwrap_or_default();
        let what = format!("case {id}, photo {hash}: whether it arrived is not as in its log");
        check.fault(what, REPORT);
    }
    let times = log
        .recorded
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::PhotoArrived { .. }))
        .count();
    if times != case.arrived.len() {
        check.fault(format!("case {id}: a photo arrived twice in its log"), RESTORE);
    }
}

/// The columns after the number, as the log gives them.
fn expected(case: &Case, log: &Log) -> [(&'static str, String); 14] {
    let nothing = || "nothing".to_owned();
    let place = &case.routing.place;
    let assignment = case.assignment.as_ref();
    let text = |text: Option<&str>| text.map_or_else(nothing, str::to_owned);
    let time =
        |at: Option<domain::Timestamp>| at.map_or_else(nothing, |at| at.millis().to_string());
    [
        ("state", case.state.code().into()),
        ("openness", u8::from(case.state.is_open()).to_string()),
        ("revision", case.revision.to_string()),
        ("reporter", text(case.reporter.as_ref().map(UserName::as_str))),
        ("category", case.report.category.to_string()),
        ("zone", text(place.zone.as_ref().map(domain::ZoneCode::as_str))),
        ("section", text(place.section.as_ref().map(domain::SectionCode::as_str))),
        ("point", text(place.point.as_ref().map(domain::PointCode::as_str))),
        ("unit", text(assignment.map(|one| UnitCode::as_str(&one.unit.code)))),
        ("report's time", case.reported_at.millis().to_string()),
        ("limit", time(assignment.map(|one| one.due.at))),
        ("end", time(case.closed_at)),
        ("first change", log.first.to_string()),
        ("last change", log.last.to_string()),
    ]
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
