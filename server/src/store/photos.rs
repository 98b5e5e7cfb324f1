//! Photos whose bytes are on disk, with the receipt that was given.

use std::str::FromStr;

use domain::{
    CaseId, PhotoHash, Timestamp, UserName,
    evidence::{PhotoFormat, Receipt},
};

use crate::photos::Expected;

use super::{
    StoreError,
    checksums::with_checksum,
    transaction::{SqlRow, Transaction, values},
};

/// A row of `photos`.
pub struct PhotoRecord<'a> {
    pub hash: PhotoHash,
    /// Bytes.
    pub length: u64,
    pub format: PhotoFormat,
    /// Pixels, orientation applied; 0 when unknown.
    pub width: u32,
    pub height: u32,
    pub uploader: &'a UserName,
    pub received: Timestamp,
    pub receipt: &'a Receipt,
}

/// Adds a photo and gives its receipt; for one that is stored already, the receipt of the
/// first time, which the phone may hold.
///
/// # Errors
/// Those of the database.
pub fn add(
    transaction: &mut dyn Transaction,
    record: &PhotoRecord<'_>,
) -> Result<Receipt, StoreError> {
    let length = i64::try_from(record.length).unwrap_or(i64::MAX);
    transaction.execute(
        "INSERT INTO photos (hash, length, format, width, height, uploader, received_at, receipt, checksum)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (hash) DO NOTHING",
        &with_checksum(values![
            record.hash.to_string(),
            length,
            serde_json::to_string(&record.format)?,
            record.width,
            record.height,
            record.uploader.as_str(),
            record.received,
            serde_json::to_string(record.receipt)?,
        ]),
    )?;
    receipt(transaction, record.hash)?.ok_or(StoreError::Missing("photo"))
}

/// The receipt of a photo that is stored.
///
/// # Errors
/// Those of the database.
pub fn receipt(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
) -> Result<Option<Receipt>, StoreError> {
    let rows = transaction
        .query("SELECT receipt FROM photos WHERE hash = $1", values![hash.to_string()])?;
    rows.first().map(|row| row.json(0)).transpose()
}

/// Bytes of a photo that is stored.
///
/// # Errors
/// Those of the database.
pub fn length(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
) -> Result<Option<u64>, StoreError> {
    let rows = transaction
        .query("SELECT length FROM photos WHERE hash = $1", values![hash.to_string()])?;
    rows.first().map(|row| row.get(0)).transpose()
}

/// Every photo, by its hash.
///
/// # Errors
/// Those of the database.
pub fn all(transaction: &mut dyn Transaction) -> Result<Vec<Expected>, StoreError> {
    let rows = transaction.query("SELECT hash, length FROM photos ORDER BY hash", &[])?;
    rows.iter().map(|row| Ok(Expected { hash: row.parse(0)?, length: row.get(1)? })).collect()
}

/// How many are stored.
///
/// # Errors
/// Those of the database.
pub fn count(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    let rows = transaction.query("SELECT COUNT(*) FROM photos", &[])?;
    rows.first().map_or(Ok(0), |row| row.get(0))
}

/// Who sent a photo first.
///
/// # Errors
/// Those of the database.
pub fn uploader(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
) -> Result<Option<UserName>, StoreError> {
    let rows = transaction
        .query("SELECT uploader FROM photos WHERE hash = $1", values![hash.to_string()])?;
    rows.first().map(|row| Ok(UserName::new(&row.get::<String>(0)?))).transpose()
}

/// Records that a case names a photo, whether its bytes are here or not; nothing happens
/// when that is known.
///
/// # Errors
/// Those of the database.
pub fn link_to_case(
    transaction: &mut dyn Transaction,
    case: CaseId,
    hash: PhotoHash,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO case_photos (case_id, hash, arrived) VALUES ($1, $2, 0)
         ON CONFLICT (case_id, hash) DO NOTHING",
        values![case.to_string(), hash.to_string()],
    )?;
    Ok(())
}

/// Marks the stored photos of a case as arrived there, and gives those that were not
/// marked yet.
///
/// # Errors
/// Those of the database.
pub fn mark_arrived_at_case(
    transaction: &mut dyn Transaction,
    case: CaseId,
) -> Result<Vec<PhotoHash>, StoreError> {
    let rows = transaction.query(
        "UPDATE case_photos SET arrived = 1
         WHERE case_id = $1 AND arrived = 0 AND hash IN (SELECT hash FROM photos)
         RETURNING hash",
        values![case.to_string()],
    )?;
    sorted(&rows)
}

/// Marks a photo as arrived at every case that names it, and gives the cases where it was
/// not marked yet.
///
/// # Errors
/// Those of the database.
pub fn mark_arrived(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
) -> Result<Vec<CaseId>, StoreError> {
    let rows = transaction.query(
        "UPDATE case_photos SET arrived = 1 WHERE hash = $1 AND arrived = 0 RETURNING case_id",
        values![hash.to_string()],
    )?;
    sorted(&rows)
}

/// What an `UPDATE` returns is in no order, and the log has one.
fn sorted<T: FromStr + Ord>(rows: &[SqlRow]) -> Result<Vec<T>, StoreError> {
    let mut ids = rows.iter().map(|row| row.parse(0)).collect::<Result<Vec<_>, _>>()?;
    ids.sort();
    Ok(ids)
}

/// Cases that name a photo.
///
/// # Errors
/// Those of the database.
pub fn cases(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
) -> Result<Vec<CaseId>, StoreError> {
    let rows = transaction
        .query("SELECT case_id FROM case_photos WHERE hash = $1", values![hash.to_string()])?;
    sorted(&rows)
}
