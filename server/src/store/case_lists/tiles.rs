//! A square of the map: its cases in cells, counted by the database.
//!
//! Never: counts more than one case over the limit. A square with more is told as such, for the
//! first so many of an index are some corner of it and no picture.

use std::collections::BTreeMap;

use domain::{
    CaseId,
    calendar::Lamp,
    place::{GeoPoint, Tile, TileEdges},
    summary::{CaseQuery, CaseTile, Moment, SearchText, TileCell, search},
};

use super::{Asker, Branch, found::Search, select};
use crate::store::{
    StoreError,
    sql_text::SqlText,
    transaction::{SqlRow, Transaction},
};

/// The numbers of the first fifteen cells; what is in none of these is in the last.
const FIRST_CELLS: [&str; 15] = [
    " THEN 0", " THEN 1", " THEN 2", " THEN 3", " THEN 4", " THEN 5", " THEN 6", " THEN 7",
    " THEN 8", " THEN 9", " THEN 10", " THEN 11", " THEN 12", " THEN 13", " THEN 14",
];

/// The cases of a square that this person sees and the query names, unless they are more than
/// `limit`; `text` is the query's `q`.
///
/// # Errors
/// Those of the database.
pub fn tile(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    query: &CaseQuery,
    text: Option<&SearchText>,
    tile: Tile,
    limit: u32,
) -> Result<CaseTile, StoreError> {
    let edges = tile.edges();
    let mut statements = Vec::new();
    if let Some(text) = text {
        let found = search(text, asker.district);
        let asked = Search { asker, dialect: transaction.dialect(), found: &found };
        statements.extend(found_sql(asked, query, &edges, limit)?);
    } else {
        for branch in Branch::of(asker.actor).iter().copied() {
            statements.extend(tile_sql(asker, branch, query, &edges, limit)?);
        }
    }
    let mut cells: BTreeMap<(u8, u8), Tally> = BTreeMap::new();
    for sql in statements {
        for row in transaction.query(&sql.text, &sql.values)? {
            let tally = Tally::read(&row)?;
            cells.entry(cell_of(&row)?).or_default().add(tally);
        }
    }
    let all: i64 = cells.values().map(|tally| tally.cases).sum();
    if all > i64::from(limit) {
        return Ok(CaseTile { cells: Vec::new(), more: true });
    }
    let cells = cells.into_iter().filter_map(|(place, tally)| tally.cell(place)).collect();
    Ok(CaseTile { cells, more: false })
}

/// What is known of a cell, in the sums that two statements can add up.
#[derive(Default)]
struct Tally {
    cases: i64,
    lat_e6: i64,
    lon_e6: i64,
    urgency: usize,
    /// Of one of them.
    case: Option<CaseId>,
}

impl Tally {
    fn read(row: &SqlRow) -> Result<Self, StoreError> {
        Ok(Self {
            cases: row.get(2)?,
            lat_e6: row.get(3)?,
            lon_e6: row.get(4)?,
            urgency: usize::try_from(row.get::<u32>(5)?).unwrap_or(0),
            case: Some(row.parse(6)?),
        })
    }

    fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.lat_e6 += other.lat_e6;
        self.lon_e6 += other.lon_e6;
        self.urgency = self.urgency.max(other.urgency);
        self.case = other.case;
    }

    /// `None` for no cases.
    fn cell(self, (row, column): (u8, u8)) -> Option<TileCell> {
        let mean = |sum: i64| i32::try_from(sum.checked_div_euclid(self.cases)?).ok();
        Some(TileCell {
            column,
            row,
            cases: u32::try_from(self.cases).ok()?,
            at: GeoPoint { lon_e6: mean(self.lon_e6)?, lat_e6: mean(self.lat_e6)? },
            lamp: Lamp::BY_URGENCY.get(self.urgency).copied().flatten(),
            case: self.case.filter(|_| self.cases == 1),
        })
    }
}

/// Row and column.
fn cell_of(row: &SqlRow) -> Result<(u8, u8), StoreError> {
    let cell = |column: usize| {
        let number: u32 = row.get(column)?;
        u8::try_from(number).map_err(|_| StoreError::Column { column })
    };
    Ok((cell(0)?, cell(1)?))
}

/// `None`: this person sees no such case.
pub(super) fn tile_sql(
    asker: Asker<'_>,
    branch: Branch,
    query: &CaseQuery,
    edges: &TileEdges,
    limit: u32,
) -> Result<Option<SqlText>, StoreError> {
    let selected = select(columns(edges, asker.moment), asker, branch, query)?;
    Ok(selected.map(|(sql, _)| grouped(sql, edges, limit)))
}

/// The same of what a search finds.
pub(super) fn found_sql(
    asked: Search<'_>,
    query: &CaseQuery,
    edges: &TileEdges,
    limit: u32,
) -> Result<Option<SqlText>, StoreError> {
    let selected = asked.select(columns(edges, asked.asker.moment), query)?;
    Ok(selected.map(|sql| grouped(sql, edges, limit)))
}

/// The beginning of the statement, up to its tables: the cell of each case, and what is added up.
fn columns(edges: &TileEdges, moment: Moment) -> SqlText {
    let mut sql = SqlText::from(
        "SELECT cell_row, cell_column, COUNT(*), CAST(SUM(lat_e6) AS BIGINT),
                CAST(SUM(lon_e6) AS BIGINT), MAX(urgency), MIN(id) FROM (SELECT CASE",
    );
    for (edge, cell) in edges.lat_e6.iter().skip(1).zip(FIRST_CELLS) {
        sql.push(" WHEN c.lat_e6 >= ").bind(i64::from(*edge)).push(cell);
    }
    sql.push(" ELSE 15 END AS cell_row, CASE");
    for (edge, cell) in edges.lon_e6.iter().skip(1).zip(FIRST_CELLS) {
        sql.push(" WHEN c.lon_e6 < ").bind(i64::from(*edge)).push(cell);
    }
    // The places of `Lamp::BY_URGENCY`.
    sql.push(" ELSE 15 END AS cell_column, CASE WHEN c.is_open = 0 THEN 0");
    sql.push(" WHEN c.near_after IS NULL THEN 1");
    sql.push(" WHEN c.due_order < ").bind(moment.now).push(" THEN 4");
    sql.push(" WHEN c.near_after < ").bind(moment.now).push(" THEN 3");
    sql.push(" ELSE 2 END AS urgency, c.lat_e6 AS lat_e6, c.lon_e6 AS lon_e6, c.id AS id FROM ");
    sql
}

/// The end of the statement: inside the square, one more than the limit, by cell.
fn grouped(mut sql: SqlText, edges: &TileEdges, limit: u32) -> SqlText {
    let edge = |edge: Option<&i32>| edge.copied().map(i64::from);
    sql.push(" AND c.lat_e6 >= ").bind(edge(edges.lat_e6.last()));
    sql.push(" AND c.lat_e6 < ").bind(edge(edges.lat_e6.first()));
    sql.push(" AND c.lon_e6 >= ").bind(edge(edges.lon_e6.first()));
    sql.push(" AND c.lon_e6 < ").bind(edge(edges.lon_e6.last()));
    sql.push(" LIMIT ").bind(limit.saturating_add(1));
    sql.push(") placed GROUP BY cell_row, cell_column");
    sql
}
