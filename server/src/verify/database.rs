//! The database file itself: SQLite's structures, the schema, and rows that are written
//! once.

use super::{check::Check, fault::RESTORE};
use crate::store::{File, StoreError, audit, schema_made_here};

pub(super) fn check(file: &File, check: &mut Check<'_>) -> Result<(), StoreError> {
    for line in file.integrity()? {
        check.fault(format!("the database file: {}", line.replace('\n', "; ")), RESTORE);
    }
    let (made, stands) = (schema_made_here()?, file.schema()?);
    for line in stands.iter().filter(|line| !made.contains(line)) {
        check.fault(format!("the database's schema: not made by this version: {line:?}"), RESTORE);
    }
    for line in made.iter().filter(|line| !stands.contains(line)) {
        check.fault(format!("the database's schema: missing: {line:?}"), RESTORE);
    }
    audit::changed(file, |changed| {
        let keys = changed.keys.join(", ");
        let what = match changed.table {
            "operations" => format!("operation {keys}"),
            "quarantine" => format!("operation {keys} in quarantine"),
            "events" => format!("case {}", changed.keys.join(", event ")),
            "photos" => format!("photo {keys}"),
            "users" => format!("account {keys}"),
            "packs" => format!("district pack {keys}"),
            other => format!("{other} {keys}"),
        };
        check.fault(format!("{what}: its row is not as it was written"), RESTORE);
    })
}
