//! `district.toml`: who the district is, its working hours, tolerances and
//! headquarters.

use super::{
    PackFiles,
    fault::{FaultKind, Thing, Wanted},
    fields::{Fields, chosen, one_of},
    files::DISTRICT,
    findings::Findings,
    shape::Datum,
    text::text_of,
    toml_text,
    value::{Entry, Value},
};
use crate::{
    Names, UnitCode,
    calendar::{DayHours, Weekdays, WorkingHours},
    place::Tolerance,
};

/// The format of the folder that this reader knows.
pub(super) const FOLDER_FORMAT: u32 = 1;

#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub id: String,
    pub version: String,
    pub sample: bool,
    pub datum: Datum,
    pub utc_offset_minutes: i16,
    pub names: Names,
    pub hours: WorkingHours,
    pub tolerance: Tolerance,
    pub headquarters: UnitCode,
    /// Where headquarters is named.
    pub headquarters_line: u32,
}

pub(super) fn read(files: &PackFiles, findings: &Findings) -> Settings {
    let text = text_of(files, DISTRICT, &[], findings);
    let Some(text) = text else { return settings(silent(findings)) };
    let (entries, whole) = toml_text::document(&text, findings);
    let settings = settings(Fields::new(findings, DISTRICT, 1, entries));
    if !whole {
        // What stands behind a fault of syntax is not missing, only not seen.
        findings.forgive(DISTRICT, |fault| matches!(fault.kind, FaultKind::Missing { .. }));
    }
    settings
}

/// Nothing to read, and nothing more to say.
fn silent(findings: &Findings) -> Fields<'_, 'static> {
    let fields = Fields::new(findings, DISTRICT, 1, super::value::Entries::new());
    Fields { muted: true, ..fields }
}

fn settings(mut fields: Fields<'_, '_>) -> Settings {
    format(&mut fields);
    let datums = [("WGS-84", Datum::Wgs84), ("GCJ-02", Datum::Gcj02)];
    let mut settings = Settings {
        id: fields.must_text("id"),
        version: fields.must_text("version"),
        sample: fields.truth("sample"),
        datum: fields.must_choice("datum", &datums).unwrap_or_default(),
        utc_offset_minutes: fields
            .must_parse("utc_offset", || Wanted::Offset, offset)
            .unwrap_or_default(),
        names: fields.names_table("names"),
        hours: WorkingHours { hours: Vec::new(), weekdays: Weekdays::MONDAY_TO_FRIDAY },
        tolerance: Tolerance { section_m: 30, point_m: 60 },
        headquarters: UnitCode::new(""),
        headquarters_line: 1,
    };
    if let Some(mut table) = fields.must_table("hours") {
        settings.hours = working_hours(&mut table);
        fields.close(table);
    }
    if let Some(mut table) = fields.must_table("tolerance") {
        settings.tolerance = Tolerance {
            section_m: metres(&mut table, "section_m"),
            point_m: metres(&mut table, "point_m"),
        };
        fields.close(table);
    }
    if let Some(mut table) = fields.must_table("headquarters") {
        if let Some(entry) = table.must_take("unit") {
            settings.headquarters_line = entry.line;
            let unit = table.referred("unit", &entry, Thing::Unit);
            settings.headquarters = unit.unwrap_or(settings.headquarters);
        }
        fields.close(table);
    }
    fields.finish(settings).item
}

fn format(fields: &mut Fields<'_, '_>) {
    let Some(entry) = fields.must_take("format") else { return };
    match entry.value {
        Value::Whole(number) if number == i64::from(FOLDER_FORMAT) => {}
        _ => {
            let found = entry.value.shown();
            fields.fault(entry.line, FaultKind::UnsupportedFormat { found });
        }
    }
}

fn metres(table: &mut Fields<'_, '_>, key: &str) -> u32 {
    table.must_whole(key, 1, 1_000).unwrap_or(1)
}

fn working_hours(table: &mut Fields<'_, '_>) -> WorkingHours {
    let hours = hours(table, "working");
    for past in hours.iter().filter(|hours| hours.runs_past_midnight()) {
        let kind = FaultKind::WorkPastMidnight { hours: past.to_string().into() };
        table.fault(table.line, kind);
    }
    WorkingHours { hours, weekdays: weekdays(table, true) }
}

/// A list of hours of a day, sorted; overlapping ones are a fault.
pub(super) fn hours(fields: &mut Fields<'_, '_>, key: &str) -> Vec<DayHours> {
    let line = fields.entries.get(key).map_or(fields.line, |entry| entry.line);
    let mut hours = fields.parse_list(key, || Wanted::Hours, |text| text.parse().ok());
    hours.sort_by_key(|hours: &DayHours| hours.start);
    for (index, first) in hours.iter().enumerate() {
        let overlapping = hours.iter().skip(index + 1).find(|second| overlap(*first, **second));
        if let Some(second) = overlapping {
            let (first, second) = (first.to_string().into(), second.to_string().into());
            fields.fault(line, FaultKind::HoursOverlap { first, second });
        }
    }
    hours
}

/// `weekdays`; every day where it is not there, unless it must be.
pub(super) fn weekdays(fields: &mut Fields<'_, '_>, must: bool) -> Weekdays {
    const NAMES: [(&str, ()); 7] =
        [("mon", ()), ("tue", ()), ("wed", ()), ("thu", ()), ("fri", ()), ("sat", ()), ("sun", ())];
    let Some(entry) = (if must { fields.must_take("weekdays") } else { fields.take("weekdays") })
    else {
        return Weekdays::ALL;
    };
    let Entry { value: Value::List(items), line } = entry else {
        fields.bad("weekdays", &entry, Wanted::List);
        return Weekdays::ALL;
    };
    if items.is_empty() {
        fields.fault(line, FaultKind::Missing { field: "weekdays".into() });
    }
    let wanted = || one_of(&NAMES);
    let known = |name: &str| chosen(&NAMES, name).map(|()| name.to_owned());
    let names: Vec<String> =
        items.iter().filter_map(|item| fields.parsed("weekdays", item, wanted, known)).collect();
    Weekdays::from_names(names.iter().map(String::as_str)).unwrap_or(Weekdays::ALL)
}

fn overlap(first: DayHours, second: DayHours) -> bool {
    let holds = |hours: DayHours, minute: u16| {
        if hours.runs_past_midnight() {
            minute >= hours.start || minute < hours.end
        } else {
            hours.start <= minute && minute < hours.end
        }
    };
    // Two spans of a day meet exactly when one holds the other's beginning.
    holds(first, second.start) || holds(second, first.start)
}

/// Minutes east of UTC of `+08:00`.
fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let digits = |text: &str| {
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i16>().ok()).flatten()
    };
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
