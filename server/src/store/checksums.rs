//! Rows that are written once carry the SHA-256 of their own fields, so that `xunjie verify`
//! finds a bit that flipped on a disk, and names the row.
//!
//! Never: a defence against people who can write to the database; they can compute it anew.

use domain::Sha256Hash;

use super::transaction::{SqlRow, Value};

/// A table whose rows carry a checksum.
pub struct ChecksummedTable {
    pub name: &'static str,
    /// How many of the first fields name a row to a person.
    pub keys: usize,
    /// All fields in the order they are hashed, the keys first, then the checksum.
    pub select: &'static str,
}

/// Every such table.
pub const TABLES: [ChecksummedTable; 7] = [
    ChecksummedTable { name: "meta", keys: 1, select: "SELECT name, value, checksum FROM meta" },
    ChecksummedTable {
        name: "packs",
        keys: 1,
        select: "SELECT version, compiled, in_force_from, checksum FROM packs",
    },
    ChecksummedTable {
        name: "users",
        keys: 1,
        select: "SELECT name, shown, role, unit, person, password, created_at, checksum FROM users",
    },
    ChecksummedTable {
        name: "operations",
        keys: 1,
        select: "SELECT id, digest, body, device, sequence, author, case_id, received_at,
                        verdict, receipt, checksum FROM operations",
    },
    ChecksummedTable {
        name: "quarantine",
        keys: 3,
        select: "SELECT operation_id, digest, reason, detail, body, device, sender,
                        received_at, receipt, of_device, sequence, checksum FROM quarantine",
    },
    ChecksummedTable {
        name: "events",
        keys: 2,
        select: "SELECT case_id, number, change, recorded, checksum FROM events",
    },
    ChecksummedTable {
        name: "photos",
        keys: 1,
        select:
            "SELECT hash, length, format, width, height, uploader, received_at, receipt, checksum
                 FROM photos",
    },
];

/// The values of a row's fields and their checksum, as they are inserted.
pub(super) fn with_checksum(values: &[Value]) -> Vec<Value> {
    values.iter().cloned().chain([Value::Text(of(values))]).collect()
}

/// Whether a row of one of the [`TABLES`] is as it was written.
#[must_use]
pub fn is_intact(row: &SqlRow) -> bool {
    row.values().split_last().is_some_and(|(checksum, values)| *checksum == Value::Text(of(values)))
}

/// The checksum of a row: the SHA-256 of each value with its type and length before it, so
/// that no two rows are hashed from the same bytes.
#[must_use]
pub fn of(values: &[Value]) -> String {
    let mut hashed = Vec::new();
    let mut add = |kind: u8, bytes: &[u8]| {
        hashed.push(kind);
        hashed.extend(bytes.len().to_string().into_bytes());
        hashed.push(b':');
        hashed.extend(bytes);
    };
    for value in values {
        match value {
            Value::Null => add(b'n', b""),
            Value::Integer(number) => add(b'i', number.to_string().as_bytes()),
            Value::Text(text) => add(b't', text.as_bytes()),
            Value::Bytes(bytes) => add(b'b', bytes),
        }
    }
    Sha256Hash::of(&hashed).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_rows_have_different_checksums() {
        let text = |text: &str| Value::Text(text.into());
        let rows = [
            vec![],
            vec![Value::Null],
            vec![text("")],
            vec![Value::Bytes(Vec::new())],
            vec![text("1")],
            vec![Value::Integer(1)],
            vec![text("a"), text("b")],
            vec![text("ab")],
            vec![text("at1:b")],
        ];
        for (index, one) in rows.iter().enumerate() {
            for other in &rows[index + 1..] {
                assert_ne!(of(one), of(other), "{one:?} {other:?}");
            }
        }
    }
}
