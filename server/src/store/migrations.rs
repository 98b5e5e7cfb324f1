//! The schema, step by step. A step is only ever added; what was released is never
//! changed, so that no upgrade can wipe what was stored.

use rusqlite::Connection;

use super::StoreError;

/// In the order they are applied; the schema version is how many were.
const STEPS: &[&str] =
    &[include_str!("migrations/0001_schema.sql"), include_str!("migrations/0002_case_terms.sql")];

/// Brings the database to this version's schema.
pub(super) fn apply(connection: &Connection) -> Result<(), StoreError> {
    apply_steps(connection, STEPS)
}

/// Applies all missing steps in one transaction: a process that is killed in between leaves
/// the old schema, and the next start begins again.
fn apply_steps(connection: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    // IMMEDIATE takes the write lock before the version is read, so that two processes that
    // start at once do not both apply a step.
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let applied =
        apply_missing(connection, steps).and_then(|()| Ok(connection.execute_batch("COMMIT")?));
    if applied.is_err() && !connection.is_autocommit() {
        // The error that led here is the one to report.
        let _rollback = connection.execute_batch("ROLLBACK");
    }
    applied
}

fn apply_missing(connection: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS schema (version BIGINT NOT NULL)")?;
    let schema: i64 =
        connection
            .query_row("SELECT COALESCE(MAX(version), 0) FROM schema", (), |row| row.get(0))?;
    let applied = usize::try_from(schema)
        .ok()
        .filter(|applied| *applied <= steps.len())
        .ok_or(StoreError::Newer { schema })?;
    for (step, version) in steps.iter().zip(1_i64..).skip(applied) {
        connection.execute_batch(step)?;
        connection.execute("INSERT INTO schema (version) VALUES (?1)", [version])?;
    }
    Ok(())
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
