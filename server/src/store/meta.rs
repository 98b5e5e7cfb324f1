//! Facts about the data folder itself.

use domain::Timestamp;

use super::{
    StoreError,
    checksums::with_checksum,
    transaction::{Transaction, values},
};

/// The name of a fact.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
    /// Tells this folder from itself before a restore: a restored folder has a higher one.
    Epoch,
    /// The seed of the key that signs receipts, 64 hexadecimal digits.
    SigningKey,
    /// `1` when the folder was made with the demo district and its accounts.
    Demo,
    /// The time that the latest whole backup covers, in milliseconds.
    BackedUp,
    /// The latest time that any copy of the database covers, whole or not.
    Covered,
    /// The id of the case up to which `xunjie rebuild` has come; absent when it is done.
    Rebuilt,
    /// Written by the health check, to try whether writing works.
    Probe,
}

impl Fact {
    const fn name(self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::SigningKey => "signing_key",
            Self::Demo => "demo",
            Self::BackedUp => "backed_up",
            Self::Covered => "covered",
            Self::Rebuilt => "rebuilt",
            Self::Probe => "probe",
        }
    }
}

/// # Errors
/// Those of the database.
pub fn get(transaction: &mut dyn Transaction, fact: Fact) -> Result<Option<String>, StoreError> {
    let rows = transaction.query("SELECT value FROM meta WHERE name = $1", values![fact.name()])?;
    rows.first().map(|row| row.get(0)).transpose()
}

/// Like [`get`], for what every data folder has.
///
/// # Errors
/// Also when it is missing.
pub fn require(transaction: &mut dyn Transaction, fact: Fact) -> Result<String, StoreError> {
    get(transaction, fact)?.ok_or(StoreError::Missing(fact.name()))
}

/// The time that the latest whole backup covers.
///
/// # Errors
/// Those of the database.
pub fn backed_up(transaction: &mut dyn Transaction) -> Result<Option<Timestamp>, StoreError> {
    time(transaction, Fact::BackedUp)
}

/// The time of a receipt that is signed now: `clock`, and never before what a backup covers.
/// A phone deletes photo bytes by comparing the two; were the server's clock set back, a
/// receipt from after the backup would look as if the backup had what it is for.
///
/// # Errors
/// Those of the database.
pub fn receipt_time(
    transaction: &mut dyn Transaction,
    clock: Timestamp,
) -> Result<Timestamp, StoreError> {
    // `Covered` is never the earlier of the two; the other is used when it is unreadable.
    let covered = time(transaction, Fact::Covered)?.max(backed_up(transaction)?);
    Ok(covered.map_or(clock, |covered| covered.max(clock)))
}

/// The time that a backup which is made now covers. No later receipt is dated before it, and
/// each backup covers a later time than the one before, also within one millisecond.
///
/// # Errors
/// Those of the database.
pub fn cover(transaction: &mut dyn Transaction, clock: Timestamp) -> Result<Timestamp, StoreError> {
    let covers = receipt_time(transaction, clock)?.plus_millis(1);
    set(transaction, Fact::Covered, &covers.millis().to_string())?;
    Ok(covers)
}

fn time(transaction: &mut dyn Transaction, fact: Fact) -> Result<Option<Timestamp>, StoreError> {
    let millis = get(transaction, fact)?.and_then(|millis| millis.parse().ok());
    Ok(millis.map(Timestamp::from_millis))
}

/// # Errors
/// Those of the database.
pub fn set(transaction: &mut dyn Transaction, fact: Fact, value: &str) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO meta (name, value, checksum) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, checksum = excluded.checksum",
        &with_checksum(values![fact.name(), value]),
    )?;
    Ok(())
}

/// # Errors
/// Those of the database.
pub fn remove(transaction: &mut dyn Transaction, fact: Fact) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM meta WHERE name = $1", values![fact.name()])?;
    Ok(())
}
