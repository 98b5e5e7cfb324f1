//! Makes a data folder: its key, its first pack, its first accounts.
//!
//! Never: touches a folder that has been made already.

pub mod demo;

use std::{fmt, fs, io, path::Path};

use domain::{PersonCode, UnitCode, UserName, access::Actor, pack::DistrictPack};

use crate::{
    auth::password,
    intake::Signer,
    store::{
        Database, Store, StoreError, Transaction,
        meta::{self, Fact},
        packs,
        users::{self, User},
    },
    system::{clock, random},
};

/// Why a data folder could not be made.
#[derive(Debug)]
pub enum InitError {
    /// There is one already.
    Exists,
    Io(io::Error),
    Store(StoreError),
    Random,
    Password,
    Pack(String),
}

/// Makes a data folder and what its `database` holds, with this pack, and with the demo's
/// accounts when `is_demo`.
///
/// # Errors
/// When there is one already, or it cannot be written. One that was begun and cut off is
/// begun again.
pub async fn make(
    data: &Path,
    database: &Database,
    pack: &DistrictPack,
    is_demo: bool,
) -> Result<(), InitError> {
    fs::create_dir_all(data)?;
    let compiled = pack.to_json().map_err(|error| InitError::Pack(error.to_string()))?;
    let version = pack.version.clone();
    let seed = random::bytes().map_err(|_| InitError::Random)?;
    let accounts = if is_demo { demo_accounts()? } else { Vec::new() };
    let now = clock::now();
    let is_new = Store::of(database)?
        .write(move |transaction| {
            // A folder whose making was cut off has a database without a key: the key is
            // written in the same transaction as everything else.
            if meta::get(transaction, Fact::SigningKey)?.is_some() {
                return Ok(false);
            }
            Signer::make(transaction, seed, now)?;
            packs::add(transaction, &version, &compiled, now)?;
            if is_demo {
                meta::set(transaction, Fact::Demo, "1")?;
            }
            add_all(transaction, &accounts)?;
            Ok(true)
        })
        .await?;
    if is_new { Ok(()) } else { Err(InitError::Exists) }
}

fn add_all(transaction: &mut dyn Transaction, accounts: &[User]) -> Result<(), StoreError> {
    // Each a millisecond later than the one before: `serve` prints the oldest account of
    // each role, and the file lists first the one that is meant.
    for (account, later) in accounts.iter().zip(0_i64..) {
        users::add(transaction, account, clock::now().plus_millis(later))?;
    }
    Ok(())
}

fn demo_accounts() -> Result<Vec<User>, InitError> {
    // One hash for all: the password is public, it is printed at every start.
    let password = password::hash(demo::PASSWORD).map_err(|_| InitError::Password)?;
    let mut rows = csv::Reader::from_reader(demo::ACCOUNTS.as_bytes());
    rows.deserialize::<Account>()
        .map(|row| {
            let actor = row.map_err(|error| InitError::Pack(error.to_string()))?.actor()?;
            Ok(User { actor, password: password.clone() })
        })
        .collect()
}

/// A row of the demo's `accounts.csv`.
#[derive(serde::Deserialize)]
struct Account {
    user: String,
    person: Option<String>,
    name: String,
    role: String,
    unit: Option<String>,
}

impl Account {
    fn actor(self) -> Result<Actor, InitError> {
        Ok(Actor {
            user: UserName::new(&self.user),
            name: self.name.into(),
            role: users::role_from_code(&self.role)?,
            unit: self.unit.as_deref().map(UnitCode::new),
            person: self.person.as_deref().map(PersonCode::new),
        })
    }
}

impl fmt::Display for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists => f.write_str("there is a district already"),
            Self::Io(error) => write!(f, "{error}"),
            Self::Store(error) => write!(f, "{error}"),
            Self::Random => f.write_str("the operating system has no random numbers"),
            Self::Password => f.write_str("a password could not be hashed"),
            Self::Pack(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for InitError {}

impl From<io::Error> for InitError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<StoreError> for InitError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
