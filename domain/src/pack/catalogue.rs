//! The catalogue and the calendar of a pack.

use jiff::civil::Date;

use super::{
    PackFiles,
    fault::{FaultKind, Thing, Wanted},
    fields::{Fields, Row, chosen, one_of},
    files::{CALENDAR, CATEGORIES, CONDITIONS},
    findings::Findings,
    map::POINT_KINDS,
    table::Table,
};
use crate::{
    CategoryCode, ConditionCode,
    calendar::{BadLimit, DayException, DayKind, Limit},
    catalogue::{Category, CategoryKind, Condition},
    lower,
};

/// More reports of one category in a month than any district has.
const MAX_FREQUENT: u32 = 1_000_000;

/// Categories; their conditions stand in a table of their own.
pub(super) fn categories(files: &PackFiles, findings: &Findings) -> Vec<Row<Category>> {
    let table = Table {
        file: CATEGORIES,
        required: &["code", "kind", "class_code", "class", "name", "evidence"],
        optional: &[
            "class_hant",
            "class_en",
            "name_hant",
            "name_en",
            "evidence_hant",
            "evidence_en",
            "words",
            "frequency",
            "usual_at",
            "from",
            "until",
        ],
        defines: Some((Thing::Category, "code")),
    };
    let kinds = [("event", CategoryKind::Event), ("part", CategoryKind::Part)];
    let rows = table.read(files, findings, |mut fields| {
        let code = fields.define("code", Thing::Category);
        let class = fields.must_text("class_code");
        if !class.is_empty() {
            // A class is there with its first category.
            let _ = findings.define(Thing::Class, &class, fields.line);
        }
        let names = fields.names("name");
        let words = fields.parse_list("words", || Wanted::Text, |word| Some(lower(word)));
        let category = Category {
            code: CategoryCode::new(&code),
            kind: fields.must_choice("kind", &kinds).unwrap_or(CategoryKind::Event),
            class: class.into(),
            class_names: fields.names("class"),
            words,
            names,
            frequency: fields.whole("frequency", 0, MAX_FREQUENT).unwrap_or(0),
            usual_at: fields.parse_list(
                "usual_at",
                || one_of(&POINT_KINDS),
                |kind| chosen(&POINT_KINDS, kind),
            ),
            evidence: fields.names("evidence"),
            force: fields.force(),
            conditions: Vec::new(),
        };
        fields.finish(category)
    });
    if !findings.is_readable(Thing::Category) {
        findings.unreadable(Thing::Class);
    }
    rows
}

/// A row of the table of conditions; no condition when its limit cannot be read.
pub(super) type ConditionRow = Row<(CategoryCode, Option<Condition>)>;

/// Conditions, each with its category.
pub(super) fn conditions(files: &PackFiles, findings: &Findings) -> Vec<ConditionRow> {
    let table = Table {
        file: CONDITIONS,
        required: &["category", "code", "filing", "closing", "limit"],
        optional: &["filing_hant", "filing_en", "closing_hant", "closing_en", "from", "until"],
        defines: Some((Thing::Condition, "code")),
    };
    table.read(files, findings, |mut fields| {
        let category: CategoryCode = fields.must_refer("category", Thing::Category);
        let code = fields.must_text("code");
        if !code.is_empty() && !category.as_str().is_empty() {
            fields.defined(Thing::Condition, &format!("{category} {code}"));
        }
        let (filing, closing) = (fields.names("filing"), fields.names("closing"));
        let (limit, force) = (limit(&mut fields), fields.force());
        let condition = limit.map(|limit| Condition {
            code: ConditionCode::new(&code),
            filing,
            closing,
            limit,
            force,
        });
        fields.finish((category, condition))
    })
}

fn limit(fields: &mut Fields<'_, '_>) -> Option<Limit> {
    let entry = fields.must_take("limit")?;
    let value = entry.value.shown();
    match value.parse() {
        Ok(limit) => return Some(limit),
        Err(BadLimit::ClockMissing) => {
            fields.fault(entry.line, FaultKind::LimitWithoutClock { value });
        }
        Err(_) => fields.bad("limit", &entry, Wanted::Limit),
    }
    None
}

pub(super) fn days(files: &PackFiles, findings: &Findings) -> Vec<Row<DayException>> {
    let table = Table {
        file: CALENDAR,
        required: &["date", "kind"],
        optional: &["name"],
        defines: Some((Thing::Day, "date")),
    };
    let kinds = [("holiday", DayKind::Holiday), ("working", DayKind::Working)];
    table.read(files, findings, |mut fields| {
        let date = fields.must_date("date");
        if let Some(date) = date {
            fields.defined(Thing::Day, &date.to_string());
        }
        let day = DayException {
            date: date.unwrap_or(Date::MIN),
            kind: fields.must_choice("kind", &kinds).unwrap_or(DayKind::Holiday),
            name: fields.text("name").into(),
        };
        fields.finish(day)
    })
}
