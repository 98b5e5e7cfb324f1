//! Devices: installations of the app, and how far each one's chain of operations is
//! held here.

use domain::{
    DeviceId, DeviceTime, Timestamp, UserName,
    sync::{DeviceReport, Doubled, Gap, Owed},
};
use serde::Deserialize;

use super::{
    StoreError, quarantine,
    transaction::{Transaction, values},
};

/// Gaps named in one answer; a phone that lacks more asks again.
const MOST_GAPS: i64 = 100;
/// Of one device, told to headquarters.
const MOST_QUARANTINED: u32 = 50;
const MOST_DOUBLED: u32 = 20;

/// Notes that a device spoke, with the version of its app and the last number it used.
///
/// # Errors
/// Those of the database.
pub fn greet(
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
            client,
            i64::try_from(claimed).unwrap_or(i64::MAX),
        ],
    )?;
    Ok(())
}

/// Notes that an operation with this sequence number is held.
///
/// # Errors
/// Those of the database.
pub fn advance(
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

/// The highest sequence number held of a device, be it in quarantine; 0 for none.
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

/// What is neither held nor in quarantine of the numbers 1 to `claimed`, or to the highest held if that is
/// more.
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
                         WHERE of_device = $1 AND sequence IS NOT NULL) AS held
         ) AS pairs
         WHERE following IS NULL OR following > sequence + 1
         ORDER BY sequence LIMIT $2",
        values![device.to_string(), MOST_GAPS],
    )?;
    let mut gaps = Vec::new();
    for row in &rows {
        let (held, following): (u64, Option<u64>) = (row.get(0)?, row.get(1)?);
        // The last one held has nothing after it: what the device claims beyond is missing.
        let until = following.map_or(claimed, |following| following.saturating_sub(1));
        if until > held {
            gaps.push(Gap { from: held.saturating_add(1), until });
        }
    }
    Ok(gaps)
}

/// Devices as headquarters is told of them, those that spoke last first.
///
/// # Errors
/// Those of the database.
pub fn report(
    transaction: &mut dyn Transaction,
    most: u32,
) -> Result<Vec<DeviceReport>, StoreError> {
    let rows = transaction.query(
        "SELECT devices.id, devices.user_name, COALESCE(users.shown, devices.user_name),
                devices.client, devices.first_seen, devices.last_seen, devices.highest,
                devices.claimed
         FROM devices LEFT JOIN users ON users.name = devices.user_name
         ORDER BY devices.last_seen DESC, devices.id LIMIT $1",
        values![most],
    )?;
    let mut devices = Vec::with_capacity(rows.len());
    for row in &rows {
        let device = row.parse(0)?;
        let claimed = row.get(7)?;
        let mut owed = Vec::new();
        for gap in gaps(transaction, device, claimed)? {
            let after = done(transaction, device, gap.from.saturating_sub(1))?;
            let before = done(transaction, device, gap.until.saturating_add(1))?;
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
            quarantined: quarantine::of_device(transaction, device, MOST_QUARANTINED)?,
        });
    }
    Ok(devices)
}

/// Numbers under which different operations came, be it into quarantine. Other bytes under
/// one id are none: that is told with what lies in quarantine.
fn doubled(
    transaction: &mut dyn Transaction,
    device: DeviceId,
) -> Result<Vec<Doubled>, StoreError> {
    let rows = transaction.query(
        "SELECT sequence, MAX(came) FROM (
             SELECT sequence, id, MIN(received_at) AS came FROM (
                 SELECT sequence, id, received_at FROM operations WHERE device = $1
                 UNION ALL SELECT sequence, operation_id, received_at FROM quarantine
                           WHERE of_device = $1 AND sequence IS NOT NULL) AS held
             GROUP BY sequence, id) AS different
         GROUP BY sequence HAVING COUNT(*) > 1 ORDER BY sequence LIMIT $2",
        values![device.to_string(), MOST_DOUBLED],
    )?;
    let doubled = rows.iter().map(|row| {
        Ok(Doubled { sequence: row.get(0)?, since: Timestamp::from_millis(row.get(1)?) })
    });
    doubled.collect()
}

/// When the device says it did this number, if its bytes are here and say so.
fn done(
    transaction: &mut dyn Transaction,
    device: DeviceId,
    sequence: u64,
) -> Result<Option<DeviceTime>, StoreError> {
    #[derive(Deserialize)]
    struct Said {
        done: DeviceTime,
    }
    let Ok(sequence) = i64::try_from(sequence) else { return Ok(None) };
    let rows = transaction.query(
        "SELECT body FROM operations WHERE device = $1 AND sequence = $2
         UNION ALL SELECT body FROM quarantine WHERE of_device = $1 AND sequence = $2",
        values![device.to_string(), sequence],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let said: Option<Said> = serde_json::from_slice(&row.get::<Vec<u8>>(0)?).ok();
    Ok(said.map(|said| said.done))
}
