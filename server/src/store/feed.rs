//! The feed of a phone: cases that changed since a number, of those that it keeps or may have
//! kept.
//!
//! Never: says which these are. That is `domain::summary::is_kept_on_phone`; the statements here
//! give at least those, each by an index, and the caller asks the rule for every one.

use domain::{
    CaseId, Timestamp,
    access::{Actor, Role},
    summary::CaseSummary,
};

use super::{
    StoreError,
    cases::signed,
    sql_text::SqlText,
    transaction::{SqlRow, Transaction},
};

/// A case in the feed.
pub struct ChangedCase {
    pub id: CaseId,
    pub number: String,
    pub change: u64,
    pub summary: CaseSummary,
}

/// Where a phone is in the feed.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// The last change that it was told of; 0 at first.
    pub after: u64,
    /// What ended before is left out, unless it was there at `after`: the phone may have it then
    /// and needs its end.
    pub ended: Timestamp,
}

/// The first cases that changed, at most `limit`, oldest change first.
///
/// # Errors
/// Those of the database.
pub fn changed(
    transaction: &mut dyn Transaction,
    actor: &Actor,
    since: Since,
    limit: u32,
) -> Result<Vec<ChangedCase>, StoreError> {
    let mut cases: Vec<ChangedCase> = Vec::new();
    for sql in statements(actor, since, limit) {
        for row in transaction.query(&sql.text, &sql.values)? {
            cases.push(changed_case(&row)?);
        }
    }
    cases.sort_by_key(|case| (case.change, case.id));
    cases.dedup_by_key(|case| case.id);
    cases.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(cases)
}

/// Each gives its first cases in the order of their changes.
fn statements(actor: &Actor, since: Since, limit: u32) -> Vec<SqlText> {
    match actor.role {
        Role::Inspector | Role::Reviewer => {
            let cases = ("cases c", "c.last_change");
            vec![statement(cases, "c.reporter = ", actor.user.as_str(), since, limit)]
        }
        Role::Handler | Role::UnitLead => {
            let of_units = ("case_units k JOIN cases c ON c.id = k.case_id", "k.last_change");
            let of_unit = |unit| statement(of_units, "k.code = ", unit, since, limit);
            actor.unit.iter().map(|unit| of_unit(unit.as_str())).collect()
        }
        Role::PatchLeader | Role::Discipline | Role::Administrator | Role::City => Vec::new(),
    }
}

/// `change`: the column of the table that its index sorts by.
fn statement(
    (table, change): (&'static str, &'static str),
    condition: &'static str,
    value: &str,
    since: Since,
    limit: u32,
) -> SqlText {
    let mut sql = SqlText::default();
    sql.push("SELECT c.id, c.number, c.last_change, c.summary FROM ").push(table);
    sql.push(" WHERE ").push(condition).bind(value);
    sql.push(" AND ").push(change).push(" > ").bind(signed(since.after));
    sql.push(" AND (c.ended_at IS NULL OR c.ended_at >= ").bind(since.ended);
    sql.push(" OR c.first_change <= ").bind(signed(since.after)).push(")");
    sql.push(" ORDER BY ").push(change).push(" LIMIT ").bind(limit);
    sql
}

fn changed_case(row: &SqlRow) -> Result<ChangedCase, StoreError> {
    Ok(ChangedCase {
        id: row.parse(0)?,
        number: row.get(1)?,
        change: row.get(2)?,
        summary: row.json(3)?,
    })
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::sqlite;

    #[test]
    fn feed_of_every_role_is_read_by_an_index_that_gives_its_order() {
        let connection = Connection::open_in_memory().unwrap();
        sqlite::schema::migrate(&connection).unwrap();
        for role in Role::ALL {
            let actor = Actor {
                user: "user".into(),
                name: "user".into(),
                role,
                unit: Some("cgj".into()),
                person: None,
            };
            for after in [0, 1_000] {
                let since = Since { after, ended: Timestamp::from_millis(0) };
                for sql in statements(&actor, since, 100) {
                    let text = format!("EXPLAIN QUERY PLAN {}", sql.text);
                    let mut statement = connection.prepare(&text).unwrap();
                    let values = rusqlite::params_from_iter(&sql.values);
                    let lines = statement.query_map(values, |row| row.get::<_, String>(3)).unwrap();
                    for line in lines {
                        let line = line.unwrap();
                        let is_good = line.contains("USING INDEX") && !line.starts_with("SCAN c U");
                        assert!(is_good, "{line}\n{}", sql.text);
                    }
                }
            }
        }
    }
}
