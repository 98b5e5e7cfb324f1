//! Cases: the log of each, which is the truth, and the few columns that queries need,
//! which are computed from it.

use domain::{
    CaseId, Timestamp, UnitCode, UserName,
    case::{Case, Recorded},
};

use super::{
    StoreError, changes,
    checksums::with_checksum,
    transaction::{Transaction, values},
};

/// A case in the feed of changes.
pub struct ChangedCase {
    pub id: CaseId,
    pub number: String,
    pub change: u64,
}

/// An event with the number of the change that appended it.
pub struct LoggedEvent {
    pub change: u64,
    pub recorded: Recorded,
}

/// The log of a case, oldest first; empty when there is no such case.
///
/// # Errors
/// Those of the database.
pub fn log(transaction: &mut dyn Transaction, id: CaseId) -> Result<Vec<LoggedEvent>, StoreError> {
    let rows = transaction.query(
        "SELECT change, recorded FROM events WHERE case_id = $1 ORDER BY number",
        values![id.to_string()],
    )?;
    rows.iter().map(|row| Ok(LoggedEvent { change: row.get(0)?, recorded: row.json(1)? })).collect()
}

/// The number of a case, from its year and its place in that year.
#[must_use]
pub fn case_number(year: &str, running: u64) -> String {
    format!("{year}-{running:06}")
}

/// Opens a case, which gets the next number of its year: `2026-000017`.
///
/// # Errors
/// Those of the database.
pub fn open(
    transaction: &mut dyn Transaction,
    case: &Case,
    year: i16,
    change: u64,
) -> Result<(), StoreError> {
    let running = changes::increment(transaction, &format!("case {year}"))?;
    transaction.execute(
        "INSERT INTO cases (id, number, state, is_open, revision, reporter, category, zone,
                            section, point, reported_at, first_change, last_change)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)",
        values![
            case.id.to_string(),
            case_number(&year.to_string(), running),
            case.state.code(),
            case.state.is_open(),
            case.revision,
            case.reporter.as_ref().map(UserName::as_str),
            case.report.category.as_str(),
            case.routing.place.zone.as_ref().map(domain::ZoneCode::as_str),
            case.routing.place.section.as_ref().map(domain::SectionCode::as_str),
            case.routing.place.point.as_ref().map(domain::PointCode::as_str),
            case.reported_at,
            signed(change),
        ],
    )?;
    Ok(())
}

/// Adds events to the log and updates the columns; `case` is the fold that includes them.
///
/// # Errors
/// Those of the database.
pub fn append(
    transaction: &mut dyn Transaction,
    case: &Case,
    events: &[Recorded],
    change: u64,
) -> Result<(), StoreError> {
    let id = case.id.to_string();
    for recorded in events {
        transaction.execute(
            "INSERT INTO events (case_id, number, change, recorded, checksum) VALUES ($1, $2, $3, $4, $5)",
            &with_checksum(values![
                id.as_str(),
                recorded.number,
                signed(change),
                serde_json::to_string(recorded)?,
            ]),
        )?;
    }
    for unit in &case.units {
        transaction.execute(
            "INSERT INTO case_units (case_id, unit) VALUES ($1, $2)
             ON CONFLICT (case_id, unit) DO NOTHING",
            values![id.as_str(), unit.as_str()],
        )?;
    }
    let assignment = case.assignment.as_ref();
    transaction.execute(
        "UPDATE cases SET state = $1, is_open = $2, revision = $3, unit = $4, due_at = $5,
                          closed_at = $6, last_change = $7
         WHERE id = $8",
        values![
            case.state.code(),
            case.state.is_open(),
            case.revision,
            assignment.map(|assignment| UnitCode::as_str(&assignment.unit.code)),
            assignment.map(|assignment| assignment.due.at),
            case.closed_at,
            signed(change),
            id,
        ],
    )?;
    Ok(())
}

/// Cases that changed after `after`, oldest change first. What ended before
/// `closed_since` is left out, unless it was there at `after`: a device has it then and needs its end.
///
/// # Errors
/// Those of the database.
pub fn changed(
    transaction: &mut dyn Transaction,
    after: u64,
    closed_since: Timestamp,
    limit: u32,
) -> Result<Vec<ChangedCase>, StoreError> {
    let rows = transaction.query(
        "SELECT id, number, last_change FROM cases
         WHERE last_change > $1
           AND (closed_at IS NULL OR closed_at >= $2 OR first_change <= $1)
         ORDER BY last_change LIMIT $3",
        values![signed(after), closed_since, limit],
    )?;
    rows.iter()
        .map(|row| Ok(ChangedCase { id: row.parse(0)?, number: row.get(1)?, change: row.get(2)? }))
        .collect()
}

/// Changes are counted from 1 and never reach 2⁶³.
fn signed(change: u64) -> i64 {
    i64::try_from(change).unwrap_or(i64::MAX)
}
