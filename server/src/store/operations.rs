//! Operations that could be read, with their exact bytes, what became of them and the
//! receipt that was given.

use domain::{
    CaseId, DeviceId, OperationId, Sha256Hash, Timestamp, UserName,
    evidence::Receipt,
    sync::{OperationResult, Verdict},
};

use super::{
    StoreError,
    checksums::with_checksum,
    transaction::{Transaction, values},
};

/// A stored operation, as it is answered again.
pub struct StoredOperation {
    pub digest: Sha256Hash,
    pub result: OperationResult,
}

/// A row of `operations`.
pub struct OperationRecord<'a> {
    pub id: OperationId,
    pub digest: Sha256Hash,
    pub body: &'a str,
    pub device: DeviceId,
    pub sequence: i64,
    pub author: &'a UserName,
    pub case: CaseId,
    pub received: Timestamp,
    pub verdict: &'a Verdict,
    pub receipt: &'a Receipt,
}

/// # Errors
/// Those of the database.
pub fn find(
    transaction: &mut dyn Transaction,
    id: OperationId,
) -> Result<Option<StoredOperation>, StoreError> {
    let rows = transaction.query(
        "SELECT digest, verdict, receipt FROM operations WHERE id = $1",
        values![id.to_string()],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let result = OperationResult { id, verdict: row.json(1)?, receipt: row.json(2)? };
    Ok(Some(StoredOperation { digest: row.parse(0)?, result }))
}

/// Whether exactly these bytes are stored under this id, be it in quarantine.
///
/// # Errors
/// Those of the database.
pub fn is_stored(
    transaction: &mut dyn Transaction,
    id: OperationId,
    digest: Sha256Hash,
) -> Result<bool, StoreError> {
    let rows = transaction.query(
        "SELECT 1 FROM operations WHERE id = $1 AND digest = $2
         UNION ALL SELECT 1 FROM quarantine WHERE operation_id = $1 AND digest = $2",
        values![id.to_string(), digest.to_string()],
    )?;
    Ok(!rows.is_empty())
}

/// # Errors
/// When an operation with this id is stored already, and those of the database.
pub fn add(
    transaction: &mut dyn Transaction,
    record: &OperationRecord<'_>,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO operations (id, digest, body, device, sequence, author, case_id,
                                 received_at, verdict, receipt, checksum)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &with_checksum(values![
            record.id.to_string(),
            record.digest.to_string(),
            record.body.as_bytes().to_vec(),
            record.device.to_string(),
            record.sequence,
            record.author.as_str(),
            record.case.to_string(),
            record.received,
            serde_json::to_string(record.verdict)?,
            serde_json::to_string(record.receipt)?,
        ]),
    )?;
    Ok(())
}
