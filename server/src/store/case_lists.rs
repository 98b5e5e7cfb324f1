//! Lists of cases and how many there are, as one person sees them.
//!
//! Never: folds a log. What a query means is `CaseQuery::matches`, and who sees a case is
//! `domain::case::sees`; a property test holds the statements of this file against both.

mod conditions;
mod found;
#[cfg(test)]
mod tests;
mod tiles;

use domain::{
    CategoryCode, District,
    access::{Actor, Sight},
    place::{Bounds, GeoPoint},
    summary::{
        CasePage, CaseQuery, CaseRow, CaseSummary, Cursor, Moment, Queue, QueueCount, QueueCounts,
        SearchText, Sort,
    },
};

use self::conditions::push_conditions;
pub use self::tiles::tile;
use super::{
    StoreError,
    sql_text::SqlText,
    transaction::{SqlRow, Transaction},
};

const SELECT_ROWS: &str = "SELECT c.number, c.last_change, c.summary FROM ";

/// Cases that are read around a spot.
const MAX_NEAR: u32 = 500;

/// Who asks, of which district, and when.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub actor: &'a Actor,
    pub district: &'a District,
    pub moment: Moment,
}

/// A page of at most `limit` cases; `text` is the query's `q`.
///
/// # Errors
/// Those of the database.
pub fn page(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    query: &CaseQuery,
    text: Option<&SearchText>,
    limit: u32,
) -> Result<CasePage, StoreError> {
    if let Some(text) = text {
        return found::page(transaction, asker, query, text, limit);
    }
    let mut cases = Vec::new();
    for branch in Branch::of(asker.actor).iter().copied() {
        let Some(sql) = page_sql(asker, branch, query, limit)? else { continue };
        cases.extend(rows(transaction, asker, &sql)?);
    }
    Ok(page_of(cases, query.sort, limit))
}

/// The first `limit` of these cases in their order.
fn page_of(mut cases: Vec<CaseRow>, sort: Sort, limit: u32) -> CasePage {
    cases.sort_by_key(|row| Cursor::of(&row.summary, sort));
    if sort == Sort::Reported {
        cases.reverse();
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_full = cases.len() >= limit;
    cases.truncate(limit);
    let last = cases.last().filter(|_| is_full);
    let next = last.map(|last| Cursor::of(&last.summary, sort));
    CasePage { cases, next }
}

/// The nearest open cases of a box around `at` that holds all within `metres`.
///
/// # Errors
/// Those of the database.
pub fn open_near(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    at: GeoPoint,
    metres: u32,
    category: Option<CategoryCode>,
) -> Result<Vec<CaseRow>, StoreError> {
    let bbox = Some(Bounds::near(at, metres));
    let query = CaseQuery { bbox, category, queue: Some(Queue::Open), ..CaseQuery::default() };
    let mut cases = Vec::new();
    for branch in Branch::of(asker.actor).iter().copied() {
        let Some(sql) = near_sql(asker, branch, &query, at)? else { continue };
        cases.extend(rows(transaction, asker, &sql)?);
    }
    Ok(cases)
}

/// How many cases each queue has of those that the query names, whatever its own queue; `text` is
/// the query's `q`.
///
/// # Errors
/// Those of the database.
pub fn counts(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    query: &CaseQuery,
    text: Option<&SearchText>,
) -> Result<QueueCounts, StoreError> {
    if let Some(text) = text {
        return found::counts(transaction, asker, query, text);
    }
    let mut queues = Vec::new();
    for queue in Queue::ALL {
        let query = CaseQuery { queue: Some(queue), ..query.clone() };
        let mut cases: u32 = 0;
        for branch in Branch::of(asker.actor).iter().copied() {
            let Some(sql) = count_sql(asker, branch, &query)? else { continue };
            let rows = transaction.query(&sql.text, &sql.values)?;
            let counted: u32 = rows.first().map_or(Ok(0), |row| row.get(0))?;
            cases = cases.saturating_add(counted);
        }
        queues.push(QueueCount { queue, cases: cases.min(QueueCount::MAX) });
    }
    Ok(QueueCounts { queues })
}

fn rows(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    sql: &SqlText,
) -> Result<Vec<CaseRow>, StoreError> {
    let role = asker.actor.role;
    let read = |row: &SqlRow| -> Result<CaseRow, StoreError> {
        let summary: CaseSummary = row.json(2)?;
        Ok(CaseRow { number: row.get(0)?, change: row.get(1)?, summary: summary.redacted(role) })
    };
    transaction.query(&sql.text, &sql.values)?.iter().map(read).collect()
}

/// `None`: this person sees no such case.
fn page_sql(
    asker: Asker<'_>,
    branch: Branch,
    query: &CaseQuery,
    limit: u32,
) -> Result<Option<SqlText>, StoreError> {
    let Some((mut sql, table)) = select(SELECT_ROWS.into(), asker, branch, query)? else {
        return Ok(None);
    };
    let (key, id) = table.keys(query.sort);
    let (beyond, direction) = match query.sort {
        Sort::Reported => (") < (", " DESC"),
        Sort::Due => (") > (", ""),
    };
    if let Some(cursor) = query.cursor {
        sql.push(" AND (").push(key).push(", ").push(id).push(beyond);
        sql.bind(cursor.key).push(", ").bind(cursor.id.to_string()).push(")");
    }
    sql.push(" ORDER BY ").push(key).push(direction).push(", ").push(id).push(direction);
    sql.push(" LIMIT ").bind(limit);
    Ok(Some(sql))
}

/// `None`: this person sees no such case.
fn near_sql(
    asker: Asker<'_>,
    branch: Branch,
    query: &CaseQuery,
    at: GeoPoint,
) -> Result<Option<SqlText>, StoreError> {
    let selected = select(SELECT_ROWS.into(), asker, branch, query)?;
    Ok(selected.map(|(mut sql, _)| {
        // Good enough to choose by: who is asked measures the metres.
        sql.push(" ORDER BY ABS(c.lat_e6 - ").bind(i64::from(at.lat_e6));
        sql.push(") + ABS(c.lon_e6 - ").bind(i64::from(at.lon_e6));
        sql.push(") LIMIT ").bind(MAX_NEAR);
        sql
    }))
}

/// `None`: this person sees no such case.
fn count_sql(
    asker: Asker<'_>,
    branch: Branch,
    query: &CaseQuery,
) -> Result<Option<SqlText>, StoreError> {
    const COUNT: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM ";
    let selected = select(COUNT.into(), asker, branch, query)?;
    Ok(selected.map(|(mut sql, _)| {
        sql.push(" LIMIT ").bind(QueueCount::MAX).push(") counted");
        sql
    }))
}

/// A statement of these columns up to its last condition, and the table that drives it; `None`:
/// this person sees no such case.
fn select(
    mut sql: SqlText,
    asker: Asker<'_>,
    branch: Branch,
    query: &CaseQuery,
) -> Result<Option<(SqlText, DrivingTable)>, StoreError> {
    let Some(table) = DrivingTable::of(asker.actor, query) else { return Ok(None) };
    sql.push(table.tables());
    let may_match = push_conditions(&mut sql, &table, asker, branch, query)?;
    Ok(may_match.then_some((sql, table)))
}

/// What a person sees, in branches that have no case in common: a statement each, for one with
/// an OR over two indexes would read the whole table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Branch {
    /// All that the driving table gives.
    Whole,
    Open,
    /// What has ended and the person reported.
    EndedOwn,
}

impl Branch {
    const fn of(actor: &Actor) -> &'static [Self] {
        match actor.role.sight() {
            Sight::OpenAndOwn => &[Self::Open, Self::EndedOwn],
            Sight::Everything | Sight::Unit | Sight::Patch => &[Self::Whole],
        }
    }
}

/// The table whose index gives the cases in their order; the others are joined to it.
enum DrivingTable {
    Cases,
    /// Those that a unit ever had.
    Unit(String),
    /// Those in the patch of a leader.
    PatchLeader(String),
    /// All, of which a unit had few: what a unit ever had is more than what ended on a day.
    CasesOfUnit(String),
    CasesOfPatchLeader(String),
}

impl DrivingTable {
    /// `None` for who sees nothing at all.
    fn of(actor: &Actor, query: &CaseQuery) -> Option<Self> {
        let is_of_today = query.queue == Some(Queue::ClosedToday);
        match actor.role.sight() {
            Sight::Everything | Sight::OpenAndOwn => Some(match &query.patch {
                Some(leader) => Self::PatchLeader(leader.to_string()),
                None => Self::Cases,
            }),
            Sight::Unit => {
                let unit = actor.unit.as_ref()?.to_string();
                Some(if is_of_today { Self::CasesOfUnit(unit) } else { Self::Unit(unit) })
            }
            Sight::Patch => {
                let leader = actor.person.as_ref()?.to_string();
                let of_leader =
                    if is_of_today { Self::CasesOfPatchLeader } else { Self::PatchLeader };
                Some(of_leader(leader))
            }
        }
    }

    const fn tables(&self) -> &'static str {
        match self {
            Self::Cases | Self::CasesOfUnit(_) | Self::CasesOfPatchLeader(_) => "cases c",
            Self::Unit(_) => "case_units k JOIN cases c ON c.id = k.case_id",
            Self::PatchLeader(_) => "case_patch_leaders k JOIN cases c ON c.id = k.case_id",
        }
    }

    /// What the list is sorted by.
    const fn keys(&self, sort: Sort) -> (&'static str, &'static str) {
        match (self, sort) {
            (Self::Unit(_) | Self::PatchLeader(_), Sort::Reported) => {
                ("k.reported_at", "k.case_id")
            }
            (Self::Unit(_) | Self::PatchLeader(_), Sort::Due) => ("k.due_order", "k.case_id"),
            (_, Sort::Reported) => ("c.reported_at", "c.id"),
            (_, Sort::Due) => ("c.due_order", "c.id"),
        }
    }

    const fn is_open(&self) -> &'static str {
        match self {
            Self::Unit(_) | Self::PatchLeader(_) => " AND k.is_open = 1",
            _ => " AND c.is_open = 1",
        }
    }
}
