//! The database itself: SQLite's structures, the schema, and rows that are written once.

use super::{
    check::Check,
    fault::{REBUILD, RESTORE},
};
use crate::store::{DirectConnection, StoreError, audit};

pub(super) fn check(file: &DirectConnection, check: &mut Check<'_>) -> Result<(), StoreError> {
    for line in file.integrity()? {
        let remedy = if line.contains("FTS5 table") { REBUILD } else { RESTORE };
        check.fault(format!("the database file: {}", line.replace('\n', "; ")), remedy);
    }
    let (expected, stored) = file.schemas()?;
    for line in stored.iter().filter(|line| !expected.contains(line)) {
        check.fault(format!("the database's schema: not made by this version: {line:?}"), RESTORE);
    }
    for line in expected.iter().filter(|line| !stored.contains(line)) {
        check.fault(format!("the database's schema: missing: {line:?}"), RESTORE);
    }
    audit::damaged_rows(file, |row| {
        let keys = row.keys.join(", ");
        let what = match row.table {
            "operations" => format!("operation {keys}"),
            "quarantine" => format!("operation {keys} in quarantine"),
            "events" => format!("case {}", row.keys.join(", event ")),
            "photos" => format!("photo {keys}"),
            "users" => format!("account {keys}"),
            "packs" => format!("district pack {keys}"),
            other => format!("{other} {keys}"),
        };
        check.fault(format!("{what}: its row is not as it was written"), RESTORE);
    })
}
