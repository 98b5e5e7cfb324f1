//! Rows that are written once carry the SHA-256 of their own fields, so that a bit that
//! flips on a disk is found, and found where it is.
//!
//! Never: a defence against people who can write to the database.

use domain::Sha256Hash;

use super::{
    StoreError,
    transaction::{Row, Transaction, Value},
};

/// A table whose rows carry a sum.
pub struct Summed {
    pub table: &'static str,
    /// What names a row to a person.
    pub keys: usize,
    /// All fields in the order they are summed, the keys first, then the sum.
    pub select: &'static str,
    fill: &'static str,
}

/// Every such table.
pub const SUMMED: [Summed; 7] = [
    Summed {
        table: "meta",
        keys: 1,
        select: "SELECT name, value, sum FROM meta",
        fill: "UPDATE meta SET sum = $1 WHERE name = $2",
    },
    Summed {
        table: "packs",
        keys: 1,
        select: "SELECT version, compiled, in_force_from, sum FROM packs",
        fill: "UPDATE packs SET sum = $1 WHERE version = $2",
    },
    Summed {
        table: "users",
        keys: 1,
        select: "SELECT name, shown, role, unit, person, password, created_at, sum FROM users",
        fill: "UPDATE users SET sum = $1 WHERE name = $2",
    },
    Summed {
        table: "operations",
        keys: 1,
        select: "SELECT id, digest, body, device, sequence, author, case_id, received_at,
                        verdict, receipt, sum FROM operations",
        fill: "UPDATE operations SET sum = $1 WHERE id = $2",
    },
    Summed {
        table: "quarantine",
        keys: 3,
        select: "SELECT operation_id, digest, reason, detail, body, device, sender,
                        received_at, receipt, of_device, sequence, sum FROM quarantine",
        fill: "UPDATE quarantine SET sum = $1
               WHERE operation_id = $2 AND digest = $3 AND reason = $4",
    },
    Summed {
        table: "events",
        keys: 2,
        select: "SELECT case_id, number, change, recorded, sum FROM events",
        fill: "UPDATE events SET sum = $1 WHERE case_id = $2 AND number = $3",
    },
    Summed {
        table: "photos",
        keys: 1,
        select: "SELECT hash, length, format, width, height, uploader, received_at, receipt, sum
                 FROM photos",
        fill: "UPDATE photos SET sum = $1 WHERE hash = $2",
    },
];

/// The values of a row's fields and their sum, as they are inserted.
pub(super) fn with_sum(values: &[Value]) -> Vec<Value> {
    let sum = of(values);
    values.iter().cloned().chain([Value::Text(sum)]).collect()
}

/// Whether a row of a [`Summed`] table is as it was written.
#[must_use]
pub fn is_intact(row: &Row) -> bool {
    row.values().split_last().is_some_and(|(sum, values)| *sum == Value::Text(of(values)))
}

/// Gives rows of earlier versions their sums.
pub(super) fn fill(transaction: &mut dyn Transaction) -> Result<(), StoreError> {
    for summed in &SUMMED {
        for row in transaction.query(summed.select, &[])? {
            let Some((_, values)) = row.values().split_last() else { continue };
            let keys = values.iter().take(summed.keys).cloned();
            let row: Vec<Value> = std::iter::once(Value::Text(of(values))).chain(keys).collect();
            transaction.execute(summed.fill, &row)?;
        }
    }
    Ok(())
}

/// Each value with its kind and length, so that no two rows are summed alike.
#[must_use]
pub fn of(values: &[Value]) -> String {
    let mut text = Vec::new();
    let mut add = |kind: u8, bytes: &[u8]| {
        text.push(kind);
        text.extend(bytes.len().to_string().into_bytes());
        text.push(b':');
        text.extend(bytes);
    };
    for value in values {
        match value {
            Value::Null => add(b'n', b""),
            Value::Integer(number) => add(b'i', number.to_string().as_bytes()),
            Value::Text(text) => add(b't', text.as_bytes()),
            Value::Bytes(bytes) => add(b'b', bytes),
        }
    }
    Sha256Hash::of(&text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rows_are_summed_alike() {
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
