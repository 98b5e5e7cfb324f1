//! The schema in a database file: brought to this version's, and compared with it.

use rusqlite::Connection;

use super::transaction::SqliteTransaction;
use crate::store::{Dialect, StoreError, migrations};

/// Brings the database to this version's schema.
pub(in crate::store) fn migrate(connection: &Connection) -> Result<(), StoreError> {
    apply_steps(connection, &migrations::steps(Dialect::Sqlite))
}

fn apply_steps(connection: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let applied = migrations::apply_missing(&mut SqliteTransaction(connection), steps)
        .and_then(|()| Ok(connection.execute_batch("COMMIT")?));
    if applied.is_err() && !connection.is_autocommit() {
        // The error that led here is the one to report.
        let _rollback = connection.execute_batch("ROLLBACK");
    }
    applied
}

/// Refuses a database that lacks a table or an index of this version: formats were still free
/// to change when it was made, and every request would fail. What somebody added is left alone.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let stored = stored(connection)?;
    let is_whole = expected()?.iter().all(|line| stored.contains(line));
    if is_whole { Ok(()) } else { Err(StoreError::OtherSchema) }
}

/// The schema that this version creates, for comparing.
pub(super) fn expected() -> Result<Vec<String>, StoreError> {
    let connection = Connection::open_in_memory()?;
    migrate(&connection)?;
    stored(&connection)
}

/// Every statement that made the schema, sorted.
pub(super) fn stored(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || COALESCE(sql, '')
         FROM sqlite_schema
         -- FTS5 makes the tables of its index itself, each version as it likes.
         WHERE name NOT LIKE 'case\\_terms\\_%' ESCAPE '\\'
         UNION ALL SELECT 'version ' || version FROM schema ORDER BY 1",
    )?;
    let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE kept (value TEXT NOT NULL);";
    const SECOND: &str = "ALTER TABLE kept ADD COLUMN added TEXT NOT NULL DEFAULT 'new';";

    fn versions(connection: &Connection) -> Vec<i64> {
        let mut statement =
            connection.prepare("SELECT version FROM schema ORDER BY version").unwrap();
        let rows = statement.query_map((), |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_later_step_is_applied_once_and_keeps_the_rows_of_before() {
        let connection = Connection::open_in_memory().unwrap();
        apply_steps(&connection, &[FIRST]).unwrap();
        connection.execute("INSERT INTO kept (value) VALUES ('old')", ()).unwrap();
        for _ in 0..2 {
            apply_steps(&connection, &[FIRST, SECOND]).unwrap();
            let row: (String, String) = connection
                .query_row("SELECT value, added FROM kept", (), |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .unwrap();
            assert_eq!(row, ("old".into(), "new".into()));
            assert_eq!(versions(&connection), [1, 2]);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_schema_of_before() {
        let connection = Connection::open_in_memory().unwrap();
        apply_steps(&connection, &[FIRST]).unwrap();
        let half = "CREATE TABLE half (value TEXT); CREATE TABLE kept (value TEXT);";
        assert!(apply_steps(&connection, &[FIRST, half]).is_err());
        assert_eq!(versions(&connection), [1]);
        assert!(connection.execute("INSERT INTO half (value) VALUES ('x')", ()).is_err());
        apply_steps(&connection, &[FIRST, SECOND]).unwrap();
        assert_eq!(versions(&connection), [1, 2]);
    }

    #[test]
    fn a_schema_of_a_later_version_is_refused_and_left_as_it_is() {
        let connection = Connection::open_in_memory().unwrap();
        apply_steps(&connection, &[FIRST, SECOND]).unwrap();
        let refused = apply_steps(&connection, &[FIRST]);
        assert!(matches!(refused, Err(StoreError::Newer { schema: 2 })), "{refused:?}");
        assert_eq!(versions(&connection), [1, 2]);
    }
}
