//! The schema of a database: whether the database is fit for it, brought to this version's,
//! and compared with it.

use super::{
    PostgresAddress,
    link::{Access, Link},
    session::{PostgresTransaction, Session},
};
use crate::store::{
    Dialect, StoreError, connection::Connection as _, migrations, transaction::Transaction as _,
};

/// Refuses a database that sorts text otherwise than by its bytes, as SQLite does: lists and
/// cursors would disagree with what the program computes.
pub(super) fn check_database(
    session: &mut Session,
    address: &PostgresAddress,
) -> Result<(), StoreError> {
    // As JSON, for the columns differ between versions of PostgreSQL.
    let rows = PostgresTransaction(session).query(
        "SELECT pg_encoding_to_char(encoding), datcollate,
                COALESCE(to_jsonb(pg_database) ->> 'datlocprovider', 'c'),
                COALESCE(to_jsonb(pg_database) ->> 'datlocale', ''),
                current_setting('fsync')
         FROM pg_database WHERE datname = current_database()",
        &[],
    )?;
    let row = rows.first().ok_or(StoreError::Missing("the database's own row"))?;
    let (encoding, collation): (String, String) = (row.get(0)?, row.get(1)?);
    let (provider, locale): (String, String) = (row.get(2)?, row.get(3)?);
    let is_by_bytes = match provider.as_str() {
        "c" => is_by_bytes(&collation),
        "b" => is_by_bytes(&locale),
        _ => false,
    };
    if encoding != "UTF8" || !is_by_bytes {
        let locale = if provider == "c" { collation } else { format!("{collation} {locale}") };
        return Err(StoreError::Collation { database: address.name().into(), encoding, locale });
    }
    if row.get::<String>(4)? == "off" {
        tracing::warn!("fsync is off in PostgreSQL: a loss of power loses what was acknowledged");
    }
    Ok(())
}

fn is_by_bytes(locale: &str) -> bool {
    ["C", "POSIX", "C.UTF-8", "C.UTF8", "C.utf8"].contains(&locale)
}

/// Brings the database to this version's schema.
pub(super) fn migrate(link: &mut Link) -> Result<(), StoreError> {
    link.begin_with(Access::Write)?;
    let mut transaction = PostgresTransaction(link.session());
    let applied =
        migrations::apply_missing(&mut transaction, &migrations::steps(Dialect::Postgres))
            .and_then(|()| link.commit());
    if applied.is_err() {
        link.roll_back();
    }
    applied
}

/// Refuses a database that lacks a column or an index of this version: formats were still free
/// to change when it was made, and every request would fail. What somebody added is left alone.
pub(super) fn check(link: &mut Link) -> Result<(), StoreError> {
    let stored = stored(link.session())?;
    let is_whole = expected(link)?.iter().all(|line| stored.contains(line));
    if is_whole { Ok(()) } else { Err(StoreError::OtherSchema) }
}

/// The schema that this version creates: made among the temporary tables of a transaction that
/// is rolled back.
pub(super) fn expected(link: &mut Link) -> Result<Vec<String>, StoreError> {
    let session = link.session();
    session.run("BEGIN; SET LOCAL search_path = pg_temp")?;
    let expected = migrations::apply_missing(
        &mut PostgresTransaction(session),
        &migrations::steps(Dialect::Postgres),
    )
    .and_then(|()| stored(session));
    link.roll_back();
    expected
}

/// Every column, index and constraint of the tables that statements find, sorted.
pub(super) fn stored(session: &mut Session) -> Result<Vec<String>, StoreError> {
    let rows = PostgresTransaction(session).query(
        "WITH tables AS (
             SELECT oid, relname FROM pg_class
             WHERE relkind = 'r' AND pg_table_is_visible(oid)
               AND relnamespace <> 'pg_catalog'::regnamespace
         )
         SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
                || COALESCE(' DEFAULT ' || pg_get_expr(adbin, adrelid, true), '')
         FROM tables JOIN pg_attribute ON attrelid = tables.oid
         LEFT JOIN pg_attrdef ON adrelid = tables.oid AND adnum = attnum
         WHERE attnum > 0 AND NOT attisdropped
         UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid, 0, true)
         FROM tables JOIN pg_index ON indrelid = tables.oid
         UNION ALL SELECT 'constraint ' || relname || ' ' || conname || ' '
                || pg_get_constraintdef(pg_constraint.oid, true)
         FROM tables JOIN pg_constraint ON conrelid = tables.oid
         UNION ALL SELECT 'version ' || version FROM schema
         ORDER BY 1",
        &[],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}
