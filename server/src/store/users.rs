//! Accounts that sign in.

use domain::{
    PersonCode, Timestamp, UnitCode, UserName,
    access::{Actor, Role},
};

use super::{
    StoreError,
    checksums::with_checksum,
    transaction::{SqlRow, Transaction, values},
};

/// An account with its password's argon2 hash (PHC string).
#[derive(Clone)]
pub struct User {
    pub actor: Actor,
    pub password: String,
}

/// Adds an account. `false` when the name is taken; nothing is changed then.
///
/// # Errors
/// Those of the database.
pub fn add(
    transaction: &mut dyn Transaction,
    user: &User,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let actor = &user.actor;
    let added = transaction.execute(
        "INSERT INTO users (name, shown, role, unit, person, password, created_at, checksum)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING",
        &with_checksum(values![
            actor.user.as_str(),
            &*actor.name,
            role_code(actor.role)?,
            actor.unit.as_ref().map(UnitCode::as_str),
            actor.person.as_ref().map(PersonCode::as_str),
            user.password.as_str(),
            now,
        ]),
    )?;
    Ok(added == 1)
}

/// # Errors
/// Those of the database.
pub fn find(transaction: &mut dyn Transaction, name: &str) -> Result<Option<User>, StoreError> {
    // No account is called so, and no database can be asked.
    if name.contains('\0') {
        return Ok(None);
    }
    let rows = transaction.query(
        "SELECT name, shown, role, unit, person, password FROM users WHERE name = $1",
        values![name],
    )?;
    rows.first().map(|row| Ok(User { actor: actor(row)?, password: row.get(5)? })).transpose()
}

/// The first account of each role, in the order of the roles.
///
/// # Errors
/// Those of the database.
pub fn one_per_role(transaction: &mut dyn Transaction) -> Result<Vec<Actor>, StoreError> {
    let rows = transaction.query(
        "SELECT name, shown, role, unit, person FROM users ORDER BY created_at, name",
        &[],
    )?;
    let actors = rows.iter().map(actor).collect::<Result<Vec<_>, _>>()?;
    Ok(Role::ALL
        .iter()
        .filter_map(|role| actors.iter().find(|actor| actor.role == *role).cloned())
        .collect())
}

/// Reads the columns `name, shown, role, unit, person` that a row begins with.
pub(super) fn actor(row: &SqlRow) -> Result<Actor, StoreError> {
    Ok(Actor {
        user: UserName::new(&row.get::<String>(0)?),
        name: row.get::<String>(1)?.into(),
        role: role_from_code(&row.get::<String>(2)?)?,
        unit: row.get::<Option<String>>(3)?.as_deref().map(UnitCode::new),
        person: row.get::<Option<String>>(4)?.as_deref().map(PersonCode::new),
    })
}

/// The stable name of a role, as it is written in JSON.
///
/// # Errors
/// Never for a role of this version.
pub fn role_code(role: Role) -> Result<String, StoreError> {
    match serde_json::to_value(role)? {
        serde_json::Value::String(code) => Ok(code),
        _ => Err(StoreError::Missing("role")),
    }
}

/// # Errors
/// When there is no such role.
pub fn role_from_code(code: &str) -> Result<Role, StoreError> {
    Ok(serde_json::from_value(serde_json::Value::String(code.into()))?)
}
