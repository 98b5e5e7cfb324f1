//! Bytes that were not accepted as an operation. Kept with the reason, for ever.

use domain::{
    CaseId, DeviceId, DeviceTime, OperationId, Sha256Hash, Timestamp, UserName,
    evidence::Receipt,
    sync::{QuarantineReason, Quarantined},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::{
    StoreError,
    checksums::with_checksum,
    transaction::{Transaction, values, without_null_characters},
};

/// A row of `quarantine`.
pub struct QuarantineRecord<'a> {
    pub id: OperationId,
    /// Of the bytes that came, whatever was stated.
    pub digest: Sha256Hash,
    pub reason: QuarantineReason,
    /// For the person who looks into it.
    pub detail: &'a str,
    pub body: &'a str,
    pub device: DeviceId,
    pub sender: &'a UserName,
    pub received: Timestamp,
    pub receipt: &'a Receipt,
}

/// Adds it and gives its receipt; for bytes that are here already, the receipt of the first
/// time.
///
/// # Errors
/// Those of the database.
pub fn add(
    transaction: &mut dyn Transaction,
    record: &QuarantineRecord<'_>,
) -> Result<Receipt, StoreError> {
    let reason = serde_json::to_string(&record.reason)?;
    let position = chain_position(record);
    transaction.execute(
        "INSERT INTO quarantine (operation_id, digest, reason, detail, body, device, sender,
                                 received_at, receipt, of_device, sequence, checksum)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (operation_id, digest, reason) DO NOTHING",
        &with_checksum(values![
            record.id.to_string(),
            record.digest.to_string(),
            reason.as_str(),
            without_null_characters(record.detail),
            record.body.as_bytes().to_vec(),
            record.device.to_string(),
            record.sender.as_str(),
            record.received,
            serde_json::to_string(record.receipt)?,
            position.map(|(device, _)| device.to_string()),
            position.map(|(_, sequence)| sequence),
        ]),
    )?;
    let rows = transaction.query(
        "SELECT receipt FROM quarantine
         WHERE operation_id = $1 AND digest = $2 AND reason = $3",
        values![record.id.to_string(), record.digest.to_string(), reason],
    )?;
    rows.first().ok_or(StoreError::Missing("quarantined operation"))?.json(0)
}

/// Device and sequence number that the bytes name, where both can be trusted: the device is
/// the one that sent it, and the bytes have the digest they were sealed with. Otherwise
/// anybody could close a gap in the chain of another device.
fn chain_position(record: &QuarantineRecord<'_>) -> Option<(DeviceId, i64)> {
    let fields: ReadableFields = serde_json::from_str(record.body).ok()?;
    let is_of_sender =
        fields.device == Some(record.device) && record.reason != QuarantineReason::Digest;
    let sequence = fields.sequence().and_then(|sequence| i64::try_from(sequence).ok());
    is_of_sender.then_some(record.device).zip(sequence)
}

/// What can be read of an operation that was not accepted.
#[derive(Deserialize)]
struct ReadableFields {
    #[serde(default, deserialize_with = "lenient")]
    device: Option<DeviceId>,
    #[serde(default, deserialize_with = "lenient")]
    link: Option<ReadableLink>,
    #[serde(default, deserialize_with = "lenient")]
    case: Option<CaseId>,
    #[serde(default, deserialize_with = "lenient")]
    done: Option<DeviceTime>,
}

#[derive(Deserialize)]
struct ReadableLink {
    #[serde(default, deserialize_with = "lenient")]
    sequence: Option<u64>,
}

impl ReadableFields {
    fn sequence(&self) -> Option<u64> {
        self.link.as_ref()?.sequence
    }
}

/// A field of another type counts as absent.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// The latest of what a device sent, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn of_device(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    limit: u32,
) -> Result<Vec<Quarantined>, StoreError> {
    let rows = transaction.query(
        "SELECT operation_id, digest, reason, detail, body, sender, received_at FROM quarantine
         WHERE device = $1 ORDER BY received_at DESC, operation_id LIMIT $2",
        values![device.to_string(), limit],
    )?;
    rows.iter()
        .map(|row| {
            let body: Vec<u8> = row.get(4)?;
            let fields: Option<ReadableFields> = serde_json::from_slice(&body).ok();
            Ok(Quarantined {
                id: row.parse(0)?,
                digest: row.parse(1)?,
                reason: row.json(2)?,
                detail: row.get(3)?,
                sender: UserName::new(&row.get::<String>(5)?),
                received: Timestamp::from_millis(row.get(6)?),
                sequence: fields.as_ref().and_then(ReadableFields::sequence),
                case: fields.as_ref().and_then(|fields| fields.case),
                done: fields.as_ref().and_then(|fields| fields.done),
                length: u64::try_from(body.len()).unwrap_or(u64::MAX),
            })
        })
        .collect()
}

/// How many there are, for whoever monitors the server.
///
/// # Errors
/// Those of the database.
pub fn count(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    let rows = transaction.query("SELECT COUNT(*) FROM quarantine", &[])?;
    rows.first().map_or(Ok(0), |row| row.get(0))
}
