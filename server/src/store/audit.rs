//! Every row as it stands, for checking one against another: nothing is believed, and a
//! row that cannot be read is given as such.

use domain::Sha256Hash;

use super::{
    StoreError,
    file::File,
    sums::{self, SUMMED},
    transaction::{Row, Value},
};

/// A row that no longer has its sum.
pub struct Changed {
    pub table: &'static str,
    /// The fields that name it, as they stand.
    pub keys: Vec<String>,
}

/// Calls `each` for every row of a summed table that is not as it was written.
///
/// # Errors
/// Those of the database.
pub fn changed(file: &File, mut each: impl FnMut(Changed)) -> Result<(), StoreError> {
    for summed in &SUMMED {
        file.each(summed.select, |row| {
            if !sums::is_intact(&row) {
                let keys = row.values().iter().take(summed.keys).map(shown).collect();
                each(Changed { table: summed.table, keys });
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

/// `hash, length, received, receipt`
pub const PHOTOS: &str = "SELECT hash, length, received_at, receipt FROM photos ORDER BY hash";

/// `case, number, change, recorded`, by case and number.
pub const EVENTS: &str =
    "SELECT case_id, number, change, recorded FROM events ORDER BY case_id, number";

/// `id`, and what is computed: `number, state, is_open, revision, reporter, category, zone,
/// section, point, unit, reported, due, closed, first change, last change`; then units and
/// photos (with ` 1` when arrived), sorted, a line each.
pub const CASES: &str =
    "SELECT id, number, state, is_open, revision, reporter, category, zone, section, point, unit,
            reported_at, due_at, closed_at, first_change, last_change
     FROM cases ORDER BY id";

/// `case, unit`
pub const UNITS: &str = "SELECT case_id, unit FROM case_units ORDER BY case_id, unit";

/// `case, photo, arrived`
pub const CASE_PHOTOS: &str = "SELECT case_id, hash, arrived FROM case_photos";

/// `name, value`
pub const COUNTERS: &str = "SELECT name, value FROM counters";

/// `device, highest`
pub const DEVICES: &str = "SELECT id, highest FROM devices";

/// A value as a person reads it.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => format!("bytes {}", Sha256Hash::of(bytes)),
    }
}

/// A field by its place, as it stands.
#[must_use]
pub fn field(row: &Row, column: usize) -> String {
    row.values().get(column).map(shown).unwrap_or_default()
}
