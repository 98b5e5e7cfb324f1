//! Cases that were generated into a file of SQLite, copied into a database of PostgreSQL table by
//! table: statement by statement a million of them would take an hour.
//!
//! Never: copies the terms of searches, which the two databases keep differently; `xunjie rebuild`
//! makes them.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use postgres::{Client, NoTls};
use server::store::{Database, DirectConnection, SqlRow, Value};

/// Each table with the statement that reads it; those that others refer to come first.
const TABLES: [(&str, &str); 6] = [
    ("counters", "SELECT * FROM counters"),
    ("cases", "SELECT * FROM cases"),
    ("events", "SELECT * FROM events"),
    ("case_units", "SELECT * FROM case_units"),
    ("case_patch_leaders", "SELECT * FROM case_patch_leaders"),
    ("case_photos", "SELECT * FROM case_photos"),
];

/// `to` is the address of a database that has the schema and no case yet.
pub fn copy(from: &Database, to: &str) -> Result<()> {
    let from = DirectConnection::open(from)?;
    let mut client = Client::connect(to, NoTls)?;
    client.batch_execute("DELETE FROM counters")?;
    for (table, rows) in TABLES {
        let mut copied = client.copy_in(&format!("COPY {table} FROM STDIN"))?;
        let mut written = Ok(());
        from.for_each(rows, |row| {
            if written.is_ok() {
                written = line(&row).and_then(|line| Ok(copied.write_all(line.as_bytes())?));
            }
        })?;
        written.context(table)?;
        copied.finish()?;
    }
    client.batch_execute("ANALYZE")?;
    Ok(())
}

/// A row as the text format of `COPY` has it.
fn line(row: &SqlRow) -> Result<String> {
    let columns = row.values().iter().map(|value| match value {
        Value::Null => Ok("\\N".into()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Text(text) => Ok(escaped(text)),
        Value::Bytes(_) => anyhow::bail!("no table of cases holds bytes"),
    });
    Ok(columns.collect::<Result<Vec<_>>>()?.join("\t") + "\n")
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    text.replace('\n', "\\n").replace('\r', "\\r")
}
