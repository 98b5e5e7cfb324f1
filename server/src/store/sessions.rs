//! Sessions: one signed-in device. Known by the SHA-256 of the token, never by the
//! token itself.

use domain::{DeviceId, Sha256Hash, Timestamp, UserName, access::Actor};

use super::{
    StoreError,
    transaction::{Transaction, values},
    users,
};

#[derive(Clone, Debug)]
pub struct Session {
    pub token: Sha256Hash,
    pub actor: Actor,
    pub device: DeviceId,
    pub used: Timestamp,
    /// Ends here unless it is used.
    pub until: Timestamp,
}

/// Begins a session; other sessions of this user on this device end.
///
/// # Errors
/// Those of the database.
pub fn begin(
    transaction: &mut dyn Transaction,
    session: &Session,
    now: Timestamp,
) -> Result<(), StoreError> {
    let user = session.actor.user.as_str();
    let device = session.device.to_string();
    transaction.execute(
        "UPDATE sessions SET revoked_at = $1
         WHERE user_name = $2 AND device = $3 AND revoked_at IS NULL",
        values![now, user, device.as_str()],
    )?;
    transaction.execute(
        "INSERT INTO sessions (token, user_name, device, created_at, used_at, until_at)
         VALUES ($1, $2, $3, $4, $4, $5)",
        values![session.token.to_string(), user, device.as_str(), now, session.until],
    )?;
    transaction.execute(
        "INSERT INTO device_users (device, user_name) VALUES ($1, $2)
         ON CONFLICT (device, user_name) DO NOTHING",
        values![device, user],
    )?;
    Ok(())
}

/// The session of a token, with its user's role as it is now. `None` when it was
/// revoked or never was.
///
/// # Errors
/// Those of the database.
pub fn find(
    transaction: &mut dyn Transaction,
    token: Sha256Hash,
) -> Result<Option<Session>, StoreError> {
    let rows = transaction.query(
        "SELECT users.name, users.shown, users.role, users.unit, users.person,
                sessions.device, sessions.used_at, sessions.until_at
         FROM sessions JOIN users ON users.name = sessions.user_name
         WHERE sessions.token = $1 AND sessions.revoked_at IS NULL",
        values![token.to_string()],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Session {
        token,
        actor: users::actor(row)?,
        device: row.parse(5)?,
        used: Timestamp::from_millis(row.get(6)?),
        until: Timestamp::from_millis(row.get(7)?),
    }))
}

/// Deletes sessions that expired or were revoked before `before`. Gives how many those were.
///
/// # Errors
/// Those of the database.
pub fn prune(transaction: &mut dyn Transaction, before: Timestamp) -> Result<usize, StoreError> {
    transaction
        .execute("DELETE FROM sessions WHERE until_at < $1 OR revoked_at < $1", values![before])
}

/// Records that it was used, and moves its end.
///
/// # Errors
/// Those of the database.
pub fn extend(
    transaction: &mut dyn Transaction,
    token: Sha256Hash,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE sessions SET used_at = $1, until_at = $2
         WHERE token = $3 AND revoked_at IS NULL",
        values![now, until, token.to_string()],
    )?;
    Ok(())
}

/// Ends every session of a user on a device and names their tokens' hashes.
///
/// # Errors
/// Those of the database.
pub fn revoke(
    transaction: &mut dyn Transaction,
    user: &UserName,
    device: DeviceId,
    now: Timestamp,
) -> Result<Vec<Sha256Hash>, StoreError> {
    let rows = transaction.query(
        "UPDATE sessions SET revoked_at = $1
         WHERE user_name = $2 AND device = $3 AND revoked_at IS NULL RETURNING token",
        values![now, user.as_str(), device.to_string()],
    )?;
    rows.iter().map(|row| row.parse(0)).collect()
}
