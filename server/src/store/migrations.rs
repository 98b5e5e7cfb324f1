//! The schema, step by step. A step is only ever added; what was released is never
//! changed, so that no upgrade can wipe what was stored.

use super::{
    StoreError,
    transaction::{Dialect, Transaction, values},
};

/// In the order they are applied; the schema version is how many were.
pub(super) const fn steps(dialect: Dialect) -> [&'static str; 7] {
    let case_terms = match dialect {
        Dialect::Sqlite => include_str!("migrations/0002_case_terms.sqlite.sql"),
        Dialect::Postgres => include_str!("migrations/0002_case_terms.postgres.sql"),
    };
    [
        include_str!("migrations/0001_schema.sql"),
        case_terms,
        include_str!("migrations/0003_saved_views.sql"),
        include_str!("migrations/0004_failed_jobs.sql"),
        include_str!("migrations/0005_cases_by_change.sql"),
        include_str!("migrations/0006_cases_on_map.sql"),
        include_str!("migrations/0007_open_cases_due.sql"),
    ]
}

/// A transaction that also runs scripts of several statements.
pub(super) trait Script: Transaction {
    /// # Errors
    /// When the database refuses one of them; those before it were run.
    fn run_script(&mut self, script: &str) -> Result<(), StoreError>;
}

/// Applies the steps that are missing. The caller's transaction has the lock for writing before
/// this reads the version, so that two processes that start at once do not both apply a step;
/// and a process that is killed in between leaves the old schema.
pub(super) fn apply_missing(
    transaction: &mut impl Script,
    steps: &[&str],
) -> Result<(), StoreError> {
    transaction.run_script("CREATE TABLE IF NOT EXISTS schema (version BIGINT NOT NULL)")?;
    let rows = transaction.query("SELECT COALESCE(MAX(version), 0) FROM schema", &[])?;
    let schema: i64 = rows.first().ok_or(StoreError::Missing("version of the schema"))?.get(0)?;
    let applied = usize::try_from(schema)
        .ok()
        .filter(|applied| *applied <= steps.len())
        .ok_or(StoreError::Newer { schema })?;
    for (step, version) in steps.iter().zip(1_i64..).skip(applied) {
        transaction.run_script(step)?;
        transaction.execute("INSERT INTO schema (version) VALUES ($1)", values![version])?;
    }
    Ok(())
}
