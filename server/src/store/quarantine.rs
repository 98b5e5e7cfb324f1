//! Bytes that were not taken as an operation. Kept with the reason, for ever.

use domain::{
    CaseId, DeviceId, DeviceTime, OperationId, Sha256Hash, Timestamp, UserName,
    evidence::Receipt,
    sync::{QuarantineReason, Quarantined},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::{
    StoreError,
    sums::with_sum,
    transaction::{Transaction, values},
};

/// What is stored of it.
pub struct Row<'a> {
    pub id: OperationId,
    /// Of the bytes that came, whatever was stated.
    pub digest: Sha256Hash,
    pub reason: QuarantineReason,
    /// For whoever looks at it.
    pub detail: &'a str,
    pub body: &'a str,
    pub device: DeviceId,
    pub sender: &'a UserName,
    pub received: Timestamp,
    pub receipt: &'a Receipt,
}

/// Keeps it, and gives the receipt that stands: that of the first time.
///
/// # Errors
/// Those of the database.
pub fn keep(transaction: &mut dyn Transaction, row: &Row<'_>) -> Result<Receipt, StoreError> {
    let reason = serde_json::to_string(&row.reason)?;
    let place = place(row);
    transaction.execute(
        "INSERT INTO quarantine (operation_id, digest, reason, detail, body, device, sender,
                                 received_at, receipt, of_device, sequence, sum)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (operation_id, digest, reason) DO NOTHING",
        &with_sum(values![
            row.id.to_string(),
            row.digest.to_string(),
            reason.as_str(),
            row.detail,
            row.body.as_bytes().to_vec(),
            row.device.to_string(),
            row.sender.as_str(),
            row.received,
            serde_json::to_string(row.receipt)?,
            place.map(|(device, _)| device.to_string()),
            place.map(|(_, sequence)| sequence),
        ]),
    )?;
    let rows = transaction.query(
        "SELECT receipt FROM quarantine
         WHERE operation_id = $1 AND digest = $2 AND reason = $3",
        values![row.id.to_string(), row.digest.to_string(), reason],
    )?;
    rows.first().ok_or(StoreError::Missing("quarantined operation"))?.json(0)
}

/// Device and number that the bytes name, where they can be believed: a number of the very
/// device that sent it, in bytes that are those that were sealed.
fn place(row: &Row<'_>) -> Option<(DeviceId, i64)> {
    let said: Said = serde_json::from_str(row.body).ok()?;
    let is_its_own = said.device == Some(row.device) && row.reason != QuarantineReason::Digest;
    let sequence = said.sequence().and_then(|sequence| i64::try_from(sequence).ok());
    is_its_own.then_some(row.device).zip(sequence)
}

/// What can be read of an operation that cannot be taken.
#[derive(Deserialize)]
struct Said {
    #[serde(default, deserialize_with = "lenient")]
    device: Option<DeviceId>,
    #[serde(default, deserialize_with = "lenient")]
    link: Option<SaidLink>,
    #[serde(default, deserialize_with = "lenient")]
    case: Option<CaseId>,
    #[serde(default, deserialize_with = "lenient")]
    done: Option<DeviceTime>,
}

#[derive(Deserialize)]
struct SaidLink {
    #[serde(default, deserialize_with = "lenient")]
    sequence: Option<u64>,
}

impl Said {
    fn sequence(&self) -> Option<u64> {
        self.link.as_ref()?.sequence
    }
}

/// A field that is something else counts as absent.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// The latest of what a device sent, at most `most`.
///
/// # Errors
/// Those of the database.
pub fn of_device(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    most: u32,
) -> Result<Vec<Quarantined>, StoreError> {
    let rows = transaction.query(
        "SELECT operation_id, digest, reason, detail, body, sender, received_at FROM quarantine
         WHERE device = $1 ORDER BY received_at DESC, operation_id LIMIT $2",
        values![device.to_string(), most],
    )?;
    rows.iter()
        .map(|row| {
            let body: Vec<u8> = row.get(4)?;
            let said: Option<Said> = serde_json::from_slice(&body).ok();
            Ok(Quarantined {
                id: row.parse(0)?,
                digest: row.parse(1)?,
                reason: row.json(2)?,
                detail: row.get(3)?,
                sender: UserName::new(&row.get::<String>(5)?),
                received: Timestamp::from_millis(row.get(6)?),
                sequence: said.as_ref().and_then(Said::sequence),
                case: said.as_ref().and_then(|said| said.case),
                done: said.as_ref().and_then(|said| said.done),
                length: u64::try_from(body.len()).unwrap_or(u64::MAX),
            })
        })
        .collect()
}

/// How many are kept, for whoever watches over the server.
///
/// # Errors
/// Those of the database.
pub fn count(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    let rows = transaction.query("SELECT COUNT(*) FROM quarantine", &[])?;
    rows.first().map_or(Ok(0), |row| row.get(0))
}
