//! What a case says about itself, in the reader's language: its type, its place, who
//! has it, until when. Read from the case's own log where that holds it, from the
//! district pack otherwise.

use domain::{
    District, Timestamp,
    calendar::{Lamp, lamp},
    case::{Case, Event, Report},
    place::Place,
};

use crate::{model::CaseEntry, text::Words};

/// The category's name; its code when the pack no longer has it.
pub fn kind_of(report: &Report, district: Option<&District>, words: Words) -> String {
    district
        .and_then(|district| district.category(&report.category))
        .map_or_else(|| report.category.as_str().into(), |it| it.names.get(words.lang).into())
}

/// "Renmin Road, east part · Central market"; the zone when it has neither.
pub fn place_of(place: &Place, district: Option<&District>, words: Words) -> String {
    let Some(district) = district else { return String::new() };
    let section = place.section.as_ref().and_then(|code| district.section(code));
    let point = place.point.as_ref().and_then(|code| district.point(code));
    let names = [section.map(|it| &it.names), point.map(|it| &it.names)];
    let near: Vec<&str> = names.into_iter().flatten().map(|names| names.get(words.lang)).collect();
    if near.is_empty() { zone_of(place, Some(district), words) } else { near.join(" · ") }
}

/// The zone's name, or that it lies outside.
pub fn zone_of(place: &Place, district: Option<&District>, words: Words) -> String {
    match (&place.zone, place.at) {
        (Some(code), _) => district
            .and_then(|district| district.zone(code))
            .map_or_else(|| code.as_str().into(), |zone| zone.names.get(words.lang).into()),
        (None, Some(_)) => words.outside_district.into(),
        (None, None) => words.place_unknown.into(),
    }
}

/// `None` while it waits in the tray.
pub fn lamp_of(entry: &CaseEntry, now: Timestamp) -> Option<Lamp> {
    let case = &entry.case;
    if !case.state.is_open() {
        return Some(Lamp::Ended);
    }
    let assignment = case.assignment.as_ref()?;
    let ordered = entry
        .log
        .iter()
        .rfind(|recorded| matches!(recorded.event, Event::Assigned { .. }))
        .map_or(case.reported_at, |recorded| recorded.at);
    Some(lamp(ordered, assignment.due.at, now))
}

/// "3 h left", or how it ended; nothing while it waits in the tray.
pub fn left_of(case: &Case, now: Timestamp, words: Words) -> Option<String> {
    if !case.state.is_open() {
        return Some(words.state(case.state).into());
    }
    Some(words.left(case.assignment.as_ref()?.due.at, now))
}

/// "Urban management bureau · Xu Changhua"; nothing while it waits in the tray.
pub fn holder_of(case: &Case, words: Words) -> Option<String> {
    let assignment = case.assignment.as_ref()?;
    let unit = assignment.unit.names.get(words.lang);
    Some(match &assignment.person {
        Some(person) => format!("{unit} · {}", person.names.get(words.lang)),
        None => unit.into(),
    })
}

/// When it is due, for sorting; what has no due time comes last.
pub fn due_ms(case: &Case) -> i64 {
    case.assignment.as_ref().map_or(i64::MAX, |assignment| assignment.due.at.millis())
}

/// Minutes east of UTC of the district's clocks; China's before the pack is here.
pub fn offset_of(district: Option<&District>) -> i16 {
    district.map_or(480, |district| district.pack().utc_offset_minutes)
}
