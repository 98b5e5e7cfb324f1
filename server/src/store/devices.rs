//! Devices: installations of the app, and how far each one's chain of operations is
//! stored here.

use domain::{
    DeviceId, DeviceTime, Timestamp, UserName,
    sync::{DeviceReport, Doubled, Gap, Owed},
};
use serde::Deserialize;

use super::{
    StoreError, quarantine,
    transaction::{Transaction, values, without_null_characters},
};

/// Gaps named in one answer; a phone with more learns of the others when these are filled.
const MAX_GAPS: i64 = 100;
/// Listed for one device; headquarters reads these one by one, and a device with more has a
/// fault that the first ones show.
const MAX_QUARANTINED: u32 = 50;
const MAX_DOUBLED: u32 = 20;

/// Records the hello of a device: the version of its app and the last number it used. The
/// number never falls: a phone whose store was lost counts from 1 again, and what it sent
/// before would otherwise no longer be missed.
///
/// # Errors
/// Those of the database.
pub fn record_hello(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    user: &UserName,
    client: &str,
    claimed: u64,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO devices (id, user_name, highest, first_seen, last_seen, client, claimed)
         VALUES ($1, $2, 0, $3, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET user_name = excluded.user_name,
             last_seen = excluded.last_seen, client = excluded.client,
             claimed = CASE WHEN excluded.claimed > devices.claimed
                            THEN excluded.claimed ELSE devices.claimed END",
        values![
            device.to_string(),
            user.as_str(),
            now,
            without_null_characters(client),
            i64::try_from(claimed).unwrap_or(i64::MAX),
        ],
    )?;
    Ok(())
}

/// Records that an operation with this sequence number is stored.
///
/// # Errors
/// Those of the database.
pub fn record_sequence(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    user: &UserName,
    sequence: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO devices (id, user_name, highest, first_seen, last_seen, client)
         VALUES ($1, $2, $3, $4, $4, '')
         ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen,
             highest = CASE WHEN excluded.highest > devices.highest
                            THEN excluded.highest ELSE devices.highest END",
        values![device.to_string(), user.as_str(), sequence, now],
    )?;
    Ok(())
}

/// Whether somebody ever signed in on a device.
///
/// # Errors
/// Those of the database.
pub fn was_used_by(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    user: &UserName,
) -> Result<bool, StoreError> {
    let rows = transaction.query(
        "SELECT 1 FROM device_users WHERE device = $1 AND user_name = $2",
        values![device.to_string(), user.as_str()],
    )?;
    Ok(!rows.is_empty())
}

/// The highest sequence number stored of a device, be it in quarantine; 0 for none.
///
/// # Errors
/// Those of the database.
pub fn highest(transaction: &mut dyn Transaction, device: DeviceId) -> Result<u64, StoreError> {
    let rows = transaction.query(
        "SELECT COALESCE(MAX(highest), 0) FROM (
             SELECT highest FROM devices WHERE id = $1
             UNION ALL SELECT MAX(sequence) FROM quarantine WHERE of_device = $1) AS known",
        values![device.to_string()],
    )?;
    rows.first().map_or(Ok(0), |row| row.get(0))
}

/// The numbers from 1 to `claimed`, or to the highest stored if that is more, that are
/// neither stored nor in quarantine.
///
/// # Errors
/// Those of the database.
pub fn gaps(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    claimed: u64,
) -> Result<Vec<Gap>, StoreError> {
    let rows = transaction.query(
        "SELECT sequence, following FROM (
             SELECT sequence, LEAD(sequence) OVER (ORDER BY sequence) AS following
             FROM (SELECT 0 AS sequence
                   UNION SELECT sequence FROM operations WHERE device = $1
                   UNION SELECT sequence FROM quarantine
                         WHERE of_device = $1 AND sequence IS NOT NULL) AS stored
         ) AS pairs
         WHERE following IS NULL OR following > sequence + 1
         ORDER BY sequence LIMIT $2",
        values![device.to_string(), MAX_GAPS],
    )?;
    let mut gaps = Vec::new();
    for row in &rows {
        let (stored, following): (u64, Option<u64>) = (row.get(0)?, row.get(1)?);
        // Nothing is stored after the last one: what the device claims beyond it is missing.
        let until = following.map_or(claimed, |following| following.saturating_sub(1));
        if until > stored {
            gaps.push(Gap { from: stored.saturating_add(1), until });
        }
    }
    Ok(gaps)
}

/// Devices as headquarters reads of them, those that were seen last come first.
///
/// # Errors
/// Those of the database.
pub fn report(
    transaction: &mut dyn Transaction,
    limit: u32,
) -> Result<Vec<DeviceReport>, StoreError> {
    let rows = transaction.query(
        "SELECT devices.id, devices.user_name, COALESCE(users.shown, devices.user_name),
                devices.client, devices.first_seen, devices.last_seen, devices.highest,
                devices.claimed
         FROM devices LEFT JOIN users ON users.name = devices.user_name
         ORDER BY devices.last_seen DESC, devices.id LIMIT $1",
        values![limit],
    )?;
    let mut devices = Vec::with_capacity(rows.len());
    for row in &rows {
        let device = row.parse(0)?;
        let claimed = row.get(7)?;
        let mut owed = Vec::new();
        for gap in gaps(transaction, device, claimed)? {
            let after = done_at(transaction, device, gap.from.saturating_sub(1))?;
            let before = done_at(transaction, device, gap.until.saturating_add(1))?;
            owed.push(Owed { gap, after, before });
        }
        devices.push(DeviceReport {
            device,
            user: UserName::new(&row.get::<String>(1)?),
            name: row.get(2)?,
            client: row.get(3)?,
            first_seen: Timestamp::from_millis(row.get(4)?),
            last_seen: Timestamp::from_millis(row.get(5)?),
            highest: row.get(6)?,
            claimed,
            owed,
            doubled: doubled(transaction, device)?,
            quarantined: quarantine::of_device(transaction, device, MAX_QUARANTINED)?,
        });
    }
    Ok(devices)
}

/// Numbers under which different operations came, be it into quarantine. Other bytes under
/// one id do not count: those are listed with what is in quarantine.
fn doubled(
    transaction: &mut dyn Transaction,
    device: DeviceId,
) -> Result<Vec<Doubled>, StoreError> {
    let rows = transaction.query(
        "SELECT sequence, MAX(came) FROM (
             SELECT sequence, id, MIN(received_at) AS came FROM (
                 SELECT sequence, id, received_at FROM operations WHERE device = $1
                 UNION ALL SELECT sequence, operation_id, received_at FROM quarantine
                           WHERE of_device = $1 AND sequence IS NOT NULL) AS stored
             GROUP BY sequence, id) AS different
         GROUP BY sequence HAVING COUNT(*) > 1 ORDER BY sequence LIMIT $2",
        values![device.to_string(), MAX_DOUBLED],
    )?;
    let doubled = rows.iter().map(|row| {
        Ok(Doubled { sequence: row.get(0)?, since: Timestamp::from_millis(row.get(1)?) })
    });
    doubled.collect()
}

/// When this operation was done by the device's clock, if its bytes are here and readable.
fn done_at(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    sequence: u64,
) -> Result<Option<DeviceTime>, StoreError> {
    #[derive(Deserialize)]
    struct OperationTime {
        done: DeviceTime,
    }
    let Ok(sequence) = i64::try_from(sequence) else { return Ok(None) };
    let rows = transaction.query(
        "SELECT body FROM operations WHERE device = $1 AND sequence = $2
         UNION ALL SELECT body FROM quarantine WHERE of_device = $1 AND sequence = $2",
        values![device.to_string(), sequence],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let time: Option<OperationTime> = serde_json::from_slice(&row.get::<Vec<u8>>(0)?).ok();
    Ok(time.map(|time| time.done))
}
