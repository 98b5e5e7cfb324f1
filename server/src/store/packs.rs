//! Versions of the district pack. A version is stored once and never changed.

use domain::{Timestamp, pack::DistrictPack};

use super::{
    StoreError,
    checksums::with_checksum,
    transaction::{Transaction, values},
};

/// Stores a version; nothing happens when it is there already.
///
/// # Errors
/// Those of the database.
pub fn add(
    transaction: &mut dyn Transaction,
    version: &str,
    compiled: &str,
    in_force_from: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO packs (version, compiled, in_force_from, checksum) VALUES ($1, $2, $3, $4)
         ON CONFLICT (version) DO NOTHING",
        &with_checksum(values![version, compiled, in_force_from]),
    )?;
    Ok(())
}

/// The version in force at `now`, as its compiled JSON and read.
///
/// # Errors
/// When there is none or a later version wrote it, and those of the database.
pub fn in_force(
    transaction: &mut dyn Transaction,
    now: Timestamp,
) -> Result<(String, DistrictPack), StoreError> {
    let rows = transaction.query(
        "SELECT compiled FROM packs WHERE in_force_from <= $1
         ORDER BY in_force_from DESC, version DESC LIMIT 1",
        values![now],
    )?;
    let compiled: String = rows.first().ok_or(StoreError::Missing("district pack"))?.get(0)?;
    let pack = DistrictPack::from_json(&compiled).map_err(StoreError::Pack)?;
    Ok((compiled, pack))
}
