//! The schema, step by step. A step is only ever added; what was released is never
//! changed, so that no upgrade can wipe what was stored.

use rusqlite::Connection;

use super::{StoreError, sqlite::Open, sums};

/// In the order they are applied; the schema version is how many were.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_start.sql"),
    include_str!("migrations/0002_never_lost.sql"),
    include_str!("migrations/0003_device_users.sql"),
];

/// The step after which rows carry sums.
const SUMS: i64 = 2;

/// Brings the database to this version's schema.
pub(super) fn apply(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let done = apply_missing(connection).and_then(|()| Ok(connection.execute_batch("COMMIT")?));
    if done.is_err() && !connection.is_autocommit() {
        let _second = connection.execute_batch("ROLLBACK");
    }
    done
}

fn apply_missing(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS schema (version BIGINT NOT NULL)")?;
    let schema: i64 =
        connection
            .query_row("SELECT COALESCE(MAX(version), 0) FROM schema", (), |row| row.get(0))?;
    let applied = usize::try_from(schema)
        .ok()
        .filter(|applied| *applied <= STEPS.len())
        .ok_or(StoreError::Newer { schema })?;
    for (step, version) in STEPS.iter().zip(1_i64..).skip(applied) {
        connection.execute_batch(step)?;
        if version == SUMS {
            sums::fill(&mut Open(connection))?;
        }
        connection.execute("INSERT INTO schema (version) VALUES (?1)", [version])?;
    }
    Ok(())
}
