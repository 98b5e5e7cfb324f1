//! Where a case's summary stands in the database: the columns of `cases`, and a table for each
//! thing that a case has several of. Stated here once, for writing, for checking and for
//! making anew.
//!
//! Never: what a summary says, which is `domain::summary`'s; which columns are asked for.

use std::{collections::BTreeSet, sync::LazyLock};

use domain::{
    place::AreaLevel,
    summary::{AssignmentSummary, CaseSummary, Cursor, Sort},
};
use serde::Serialize;

use super::{StoreError, transaction::Value};

/// A column of `cases` that comes from the summary.
pub struct SummaryColumn {
    pub name: &'static str,
    pub value: fn(&CaseSummary) -> Result<Value, StoreError>,
}

/// A table of codes that a case has several of, each with what its cases are sorted by:
/// `case_id, code, is_open, reported_at, due_order`.
pub struct CodeTable {
    pub name: &'static str,
    pub codes: fn(&CaseSummary) -> BTreeSet<String>,
    /// Rows of all cases, for checking.
    pub select: &'static str,
    pub(super) insert: &'static str,
    pub(super) delete: &'static str,
}

/// Every column of `cases` but for its id, its number and its places in the feed.
pub const COLUMNS: [SummaryColumn; 31] = [
    column("state", |it| Ok(it.state.code().into())),
    column("is_open", |it| Ok(it.state.is_open().into())),
    column("revision", |it| Ok(it.revision.into())),
    column("reporter", |it| Ok(it.reporter.as_ref().map(|user| user.as_str()).into())),
    column("source", |it| name_of(&it.source)),
    column("category", |it| Ok(it.category.as_str().into())),
    column("condition", |it| Ok(it.condition.as_str().into())),
    column("street_office", |it| Ok(zone_at(it, AreaLevel::StreetOffice))),
    column("community", |it| Ok(zone_at(it, AreaLevel::Community))),
    column("zone", |it| Ok(zone_at(it, AreaLevel::Zone))),
    column("grid_cell", |it| Ok(zone_at(it, AreaLevel::GridCell))),
    column("section", |it| Ok(it.place.section.as_ref().map(|section| section.as_str()).into())),
    column("point", |it| Ok(it.place.point.as_ref().map(|point| point.as_str()).into())),
    column("lon_e6", |it| Ok(it.place.at.map(|at| i64::from(at.lon_e6)).into())),
    column("lat_e6", |it| Ok(it.place.at.map(|at| i64::from(at.lat_e6)).into())),
    column("unit", |it| Ok(assigned(it, |one| one.unit.as_str().into()))),
    column("person", |it| {
        Ok(assigned(it, |one| one.person.as_ref().map(|person| person.as_str()).into()))
    }),
    column("tier", |it| it.assignment.as_ref().map_or(Ok(Value::Null), |one| name_of(&one.tier))),
    column("captured_at", |it| Ok(it.captured_at.into())),
    column("reported_at", |it| Ok(it.reported_at.into())),
    column("assigned_at", |it| Ok(assigned(it, |one| one.assigned_at.into()))),
    column("near_after", |it| Ok(assigned(it, |one| one.lamp.near_after.into()))),
    column("due_at", |it| Ok(assigned(it, |one| one.lamp.due.into()))),
    // What has no due time is sorted last by both databases.
    column("due_order", |it| Ok(Cursor::key(it, Sort::Due).into())),
    column("claimed_at", |it| Ok(it.claimed_at.into())),
    column("rectified_at", |it| Ok(it.rectified_at.into())),
    column("ended_at", |it| Ok(it.ended_at.into())),
    column("reworks", |it| Ok(it.reworks.into())),
    column("photo", |it| Ok(it.photo.map(|hash| hash.to_string()).into())),
    column("photos_missing", |it| Ok(it.photos_missing.into())),
    column("summary", |it| Ok(serde_json::to_string(it)?.into())),
];

pub const CODE_TABLES: [CodeTable; 2] = [
    CodeTable {
        name: "case_units",
        codes: |it| it.units.iter().map(|unit| unit.to_string()).collect(),
        select: "SELECT case_id, code, is_open, reported_at, due_order FROM case_units",
        insert: "INSERT INTO case_units (case_id, code, is_open, reported_at, due_order)
                 VALUES ($1, $2, $3, $4, $5)",
        delete: "DELETE FROM case_units WHERE case_id = $1",
    },
    CodeTable {
        name: "case_patch_leaders",
        codes: |it| it.place.patch_leaders.iter().map(|person| person.to_string()).collect(),
        select: "SELECT case_id, code, is_open, reported_at, due_order FROM case_patch_leaders",
        insert: "INSERT INTO case_patch_leaders (case_id, code, is_open, reported_at, due_order)
                 VALUES ($1, $2, $3, $4, $5)",
        delete: "DELETE FROM case_patch_leaders WHERE case_id = $1",
    },
];

impl CodeTable {
    /// The rows of a case.
    #[must_use]
    pub fn rows(&self, summary: &CaseSummary) -> Vec<Vec<Value>> {
        let row = |code: String| {
            vec![
                summary.id.to_string().into(),
                code.into(),
                summary.state.is_open().into(),
                summary.reported_at.into(),
                Cursor::key(summary, Sort::Due).into(),
            ]
        };
        (self.codes)(summary).into_iter().map(row).collect()
    }
}

/// The values of [`COLUMNS`], in their order.
pub(super) fn column_values(summary: &CaseSummary) -> Result<Vec<Value>, StoreError> {
    COLUMNS.iter().map(|column| (column.value)(summary)).collect()
}

/// `INSERT` of a case: id, number, the change that opened it, its place by when it was reported,
/// then [`COLUMNS`].
pub(super) static INSERT: LazyLock<String> = LazyLock::new(|| {
    let names: String = COLUMNS.iter().map(|column| format!(", {}", column.name)).collect();
    let values: String = (5..5 + COLUMNS.len()).map(|number| format!(", ${number}")).collect();
    format!(
        "INSERT INTO cases (id, number, first_change, last_change, reported_order{names}) \
         VALUES ($1, $2, $3, $3, $4{values})"
    )
});

/// `UPDATE` of a case: [`COLUMNS`], then its id.
pub(super) static UPDATE: LazyLock<String> = LazyLock::new(|| {
    let set = (1..).zip(&COLUMNS).map(|(number, column)| format!("{} = ${number}", column.name));
    let set: Vec<String> = set.collect();
    format!("UPDATE cases SET {} WHERE id = ${}", set.join(", "), COLUMNS.len() + 1)
});

/// `SELECT` of every case: id, number, first and last change, place by when it was reported, then
/// [`COLUMNS`].
pub static SELECT_ALL: LazyLock<String> = LazyLock::new(|| {
    let names: String = COLUMNS.iter().map(|column| format!(", {}", column.name)).collect();
    format!(
        "SELECT id, number, first_change, last_change, reported_order{names} FROM cases ORDER BY id"
    )
});

const fn column(
    name: &'static str,
    value: fn(&CaseSummary) -> Result<Value, StoreError>,
) -> SummaryColumn {
    SummaryColumn { name, value }
}

fn assigned(summary: &CaseSummary, value: impl Fn(&AssignmentSummary) -> Value) -> Value {
    summary.assignment.as_ref().map_or(Value::Null, value)
}

fn zone_at(summary: &CaseSummary, level: AreaLevel) -> Value {
    summary.place.zones.get(&level).map(|zone| zone.as_str()).into()
}

/// The column of `cases` that holds the area of a level.
pub(super) const fn zone_column(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::StreetOffice => "street_office",
        AreaLevel::Community => "community",
        AreaLevel::Zone => "zone",
        AreaLevel::GridCell => "grid_cell",
    }
}

/// The name that a variant has on the wire.
pub(super) fn name_of(variant: &impl Serialize) -> Result<Value, StoreError> {
    Ok(serde_json::to_value(variant)?.as_str().into())
}
