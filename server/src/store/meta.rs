//! Facts about the data folder itself.

use domain::Timestamp;

use super::{
    StoreError,
    sums::with_sum,
    transaction::{Transaction, values},
};

/// A fact's name.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
    /// Which life of the store this is.
    Epoch,
    /// The seed of the key that signs receipts, 64 hexadecimal digits.
    SigningKey,
    /// `1` when the folder was made with the demo district and its accounts.
    Demo,
    /// The moment that the latest whole backup covers, in milliseconds.
    BackedUp,
    /// The latest moment that any copy of the database covers, whole or not.
    Covered,
    /// Written to see whether writing works.
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

/// The moment that the latest whole backup covers.
///
/// # Errors
/// Those of the database.
pub fn backed_up(transaction: &mut dyn Transaction) -> Result<Option<Timestamp>, StoreError> {
    moment(transaction, Fact::BackedUp)
}

/// The time of a receipt that is given now: `clock`, and never before what a backup covers.
/// A phone gives bytes up by comparing the two; were the server's clock set back, a receipt
/// of after the backup would look as if the backup had what it is for.
///
/// # Errors
/// Those of the database.
pub fn receipt_time(
    transaction: &mut dyn Transaction,
    clock: Timestamp,
) -> Result<Timestamp, StoreError> {
    // Folders of before `Covered` have the other one only.
    let covered = moment(transaction, Fact::Covered)?.max(backed_up(transaction)?);
    Ok(covered.map_or(clock, |covered| covered.max(clock)))
}

/// The moment that a backup which is made now covers. No receipt that comes after is of
/// before it, and each time it is a later one, so that what comes after is covered in turn.
///
/// # Errors
/// Those of the database.
pub fn cover(transaction: &mut dyn Transaction, clock: Timestamp) -> Result<Timestamp, StoreError> {
    let covers = receipt_time(transaction, clock)?.plus_millis(1);
    set(transaction, Fact::Covered, &covers.millis().to_string())?;
    Ok(covers)
}

fn moment(transaction: &mut dyn Transaction, fact: Fact) -> Result<Option<Timestamp>, StoreError> {
    let millis = get(transaction, fact)?.and_then(|millis| millis.parse().ok());
    Ok(millis.map(Timestamp::from_millis))
}

/// # Errors
/// Those of the database.
pub fn set(transaction: &mut dyn Transaction, fact: Fact, value: &str) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO meta (name, value, sum) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, sum = excluded.sum",
        &with_sum(values![fact.name(), value]),
    )?;
    Ok(())
}
