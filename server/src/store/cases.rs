//! Cases: the log of each, which is the truth, and the summary that queries ask, which is
//! computed from it.

use domain::{CaseId, case::Recorded, summary::CaseSummary};

use super::{
    StoreError, changes,
    checksums::with_checksum,
    reported_order,
    summary_columns::{CODE_TABLES, CodeTable, INSERT, UPDATE, column_values},
    transaction::{SqlRow, Transaction, values},
};

/// A case's number and its latest change.
pub struct FoundCase {
    pub id: CaseId,
    pub number: String,
    pub change: u64,
}

/// A case and its latest change.
#[derive(Clone, Debug)]
pub struct ChangedSummary {
    pub change: u64,
    pub summary: CaseSummary,
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
    summary: &CaseSummary,
    year: i16,
    change: u64,
) -> Result<(), StoreError> {
    let running = changes::increment(transaction, &format!("case {year}"))?;
    let order = reported_order::next(transaction, summary.reported_at)?;
    let (id, number) = (summary.id.to_string(), case_number(&year.to_string(), running));
    let mut values = values![id, number, signed(change), order].to_vec();
    values.extend(column_values(summary)?);
    transaction.execute(&INSERT, &values)?;
    add_codes(transaction, summary, CODE_TABLES.iter())?;
    note_change_of_units(transaction, summary.id)
}

/// Brings a case's row to its summary; `before` is what it says now.
///
/// # Errors
/// Those of the database.
pub fn update(
    transaction: &mut dyn Transaction,
    before: &CaseSummary,
    summary: &CaseSummary,
    change: u64,
) -> Result<(), StoreError> {
    write_columns(transaction, summary)?;
    transaction.execute(
        "UPDATE cases SET last_change = $1 WHERE id = $2",
        values![signed(change), summary.id.to_string()],
    )?;
    let changed = CODE_TABLES.iter().filter(|table| table.rows(before) != table.rows(summary));
    replace_codes(transaction, summary, changed)?;
    note_change_of_units(transaction, summary.id)
}

/// Brings a case's row to its summary, whatever it says now. It is no change of the case.
///
/// # Errors
/// Those of the database.
pub fn rebuild(transaction: &mut dyn Transaction, summary: &CaseSummary) -> Result<(), StoreError> {
    write_columns(transaction, summary)?;
    mend_order(transaction, summary)?;
    replace_codes(transaction, summary, CODE_TABLES.iter())?;
    note_change_of_units(transaction, summary.id)
}

/// Gives a case another place by when it was reported, where the one it has is damaged.
fn mend_order(transaction: &mut dyn Transaction, summary: &CaseSummary) -> Result<(), StoreError> {
    let id = summary.id.to_string();
    let rows = transaction
        .query("SELECT reported_order FROM cases WHERE id = $1", values![id.as_str()])?;
    let stored = rows.first().and_then(|row| row.get::<i64>(0).ok());
    if !stored.is_some_and(|order| reported_order::is_of(order, summary.reported_at)) {
        let order = reported_order::next(transaction, summary.reported_at)?;
        transaction.execute(
            "UPDATE cases SET reported_order = $1 WHERE id = $2",
            values![order, id.as_str()],
        )?;
    }
    Ok(())
}

/// Adds events to the log of a case that is there.
///
/// # Errors
/// Those of the database.
pub fn append(
    transaction: &mut dyn Transaction,
    id: CaseId,
    events: &[Recorded],
    change: u64,
) -> Result<(), StoreError> {
    for recorded in events {
        transaction.execute(
            "INSERT INTO events (case_id, number, change, recorded, checksum) VALUES ($1, $2, $3, $4, $5)",
            &with_checksum(values![
                id.to_string(),
                recorded.number,
                signed(change),
                serde_json::to_string(recorded)?,
            ]),
        )?;
    }
    Ok(())
}

/// A case's number and its latest change; `None` when there is no such case.
///
/// # Errors
/// Those of the database.
pub fn find(
    transaction: &mut dyn Transaction,
    id: CaseId,
) -> Result<Option<FoundCase>, StoreError> {
    let rows = transaction.query(
        "SELECT id, number, last_change FROM cases WHERE id = $1",
        values![id.to_string()],
    )?;
    rows.first().map(found_case).transpose()
}

/// What queries ask of a case; `None` when there is no such case.
///
/// # Errors
/// Those of the database.
pub fn summary(
    transaction: &mut dyn Transaction,
    id: CaseId,
) -> Result<Option<CaseSummary>, StoreError> {
    let rows =
        transaction.query("SELECT summary FROM cases WHERE id = $1", values![id.to_string()])?;
    rows.first().map(|row| row.json(0)).transpose()
}

/// Cases after `after` in the order of their ids, which is that of their reports.
///
/// # Errors
/// Those of the database.
pub fn ids_after(
    transaction: &mut dyn Transaction,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Vec<CaseId>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows = transaction
        .query("SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2", values![after, limit])?;
    rows.iter().map(|row| row.parse(0)).collect()
}

const CHANGED_AFTER: &str = "SELECT last_change, summary FROM cases WHERE last_change > $1
     ORDER BY last_change LIMIT $2";

/// Cases that changed after a change, oldest change first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn changed_after(
    transaction: &mut dyn Transaction,
    after: u64,
    limit: u32,
) -> Result<Vec<ChangedSummary>, StoreError> {
    let rows = transaction.query(CHANGED_AFTER, values![signed(after), limit])?;
    rows.iter()
        .map(|row| Ok(ChangedSummary { change: row.get(0)?, summary: row.json(1)? }))
        .collect()
}

fn write_columns(
    transaction: &mut dyn Transaction,
    summary: &CaseSummary,
) -> Result<(), StoreError> {
    let mut values = column_values(summary)?;
    values.push(summary.id.to_string().into());
    transaction.execute(&UPDATE, &values)?;
    Ok(())
}

fn replace_codes<'a>(
    transaction: &mut dyn Transaction,
    summary: &CaseSummary,
    tables: impl Iterator<Item = &'a CodeTable> + Clone,
) -> Result<(), StoreError> {
    for table in tables.clone() {
        transaction.execute(table.delete, values![summary.id.to_string()])?;
    }
    add_codes(transaction, summary, tables)
}

/// A unit's feed is sorted by the latest change of each of its cases.
fn note_change_of_units(transaction: &mut dyn Transaction, id: CaseId) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE case_units SET last_change = (SELECT last_change FROM cases WHERE id = $1)
         WHERE case_id = $1",
        values![id.to_string()],
    )?;
    Ok(())
}

fn add_codes<'a>(
    transaction: &mut dyn Transaction,
    summary: &CaseSummary,
    tables: impl Iterator<Item = &'a CodeTable>,
) -> Result<(), StoreError> {
    for table in tables {
        for row in table.rows(summary) {
            transaction.execute(table.insert, &row)?;
        }
    }
    Ok(())
}

fn found_case(row: &SqlRow) -> Result<FoundCase, StoreError> {
    Ok(FoundCase { id: row.parse(0)?, number: row.get(1)?, change: row.get(2)? })
}

/// Changes are counted from 1 and never reach 2⁶³.
pub(super) fn signed(change: u64) -> i64 {
    i64::try_from(change).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::sqlite;

    #[test]
    fn changed_cases_are_read_by_an_index_that_gives_their_order() {
        let connection = Connection::open_in_memory().unwrap();
        sqlite::schema::migrate(&connection).unwrap();
        let text = format!("EXPLAIN QUERY PLAN {CHANGED_AFTER}");
        let mut statement = connection.prepare(&text).unwrap();
        let lines = statement.query_map(["1", "2"], |row| row.get::<_, String>(3)).unwrap();
        let lines: Vec<String> = lines.map(Result::unwrap).collect();
        assert_eq!(lines, ["SEARCH cases USING INDEX cases_by_change (last_change>?)"]);
    }
}
