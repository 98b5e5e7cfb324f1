//! Every row as it is stored, for checking rows against each other: no column is trusted,
//! and a row that cannot be read is given as such.

use domain::Sha256Hash;

use super::{
    DirectConnection, StoreError,
    checksums::{self, TABLES},
    transaction::{SqlRow, Value},
};

/// A row that does not match its checksum.
pub struct DamagedRow {
    pub table: &'static str,
    /// The fields that name it, as they are stored.
    pub keys: Vec<String>,
}

/// Calls `report` for every row that is not as it was written.
///
/// # Errors
/// Those of the database.
pub fn damaged_rows(
    file: &DirectConnection,
    mut report: impl FnMut(DamagedRow),
) -> Result<(), StoreError> {
    for table in &TABLES {
        file.for_each(table.select, |row| {
            if !checksums::is_intact(&row) {
                let keys = row.values().iter().take(table.keys).map(display).collect();
                report(DamagedRow { table: table.name, keys });
            }
        })?;
    }
    Ok(())
}

/// An operation: `id, digest, body, device, sequence, author, case, received, verdict,
/// receipt`, by device and sequence.
pub const OPERATIONS: &str =
    "SELECT id, digest, body, device, sequence, author, case_id, received_at, verdict, receipt
     FROM operations ORDER BY device, sequence, id";

/// `operation, digest, body, received, receipt, of_device, sequence`
pub const QUARANTINE: &str =
    "SELECT operation_id, digest, body, received_at, receipt, of_device, sequence
     FROM quarantine";

/// `hash, length, received, receipt, state of its derivatives, kind of their job`
pub const PHOTOS: &str =
    "SELECT photos.hash, length, received_at, receipt, derivatives.state, jobs.kind FROM photos
     LEFT JOIN derivatives ON derivatives.hash = photos.hash
     LEFT JOIN jobs ON jobs.kind = 'derivatives' AND jobs.subject = photos.hash
     ORDER BY photos.hash";

/// `case`: those with a unit whose feed has another latest change.
pub const UNITS_BEHIND: &str =
    "SELECT DISTINCT cases.id FROM cases JOIN case_units ON case_units.case_id = cases.id
     WHERE case_units.last_change <> cases.last_change";

/// `case, number, change, recorded`, by case and number.
pub const EVENTS: &str =
    "SELECT case_id, number, change, recorded FROM events ORDER BY case_id, number";

/// `case, photo, arrived`
pub const CASE_PHOTOS: &str = "SELECT case_id, hash, arrived FROM case_photos";

/// `name, value`
pub const COUNTERS: &str = "SELECT name, value FROM counters";

/// `device, highest`
pub const DEVICES: &str = "SELECT id, highest FROM devices";

/// A value as a person reads it.
#[must_use]
pub fn display(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => format!("bytes {}", Sha256Hash::of(bytes)),
    }
}

/// A field by its column, as it is stored.
#[must_use]
pub fn field(row: &SqlRow, column: usize) -> String {
    row.values().get(column).map(display).unwrap_or_default()
}
