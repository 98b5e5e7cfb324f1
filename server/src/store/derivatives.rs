//! What became of the small pictures of each photo. A row is there from the moment the photo
//! is stored.

use domain::PhotoHash;

use super::{
    StoreError,
    transaction::{Transaction, values},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivativeState {
    /// A job is to make them.
    Waiting,
    Made,
    /// The server does not decode photos of this format or size; the original is whole.
    NotDecoded,
    /// Its bytes are what the phone sent, and they are no picture.
    Undecodable,
}

impl DerivativeState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Made, Self::NotDecoded, Self::Undecodable];

    const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Made => "made",
            Self::NotDecoded => "not_decoded",
            Self::Undecodable => "undecodable",
        }
    }
}

/// Adds the row of a photo; `false` when it is there already.
///
/// # Errors
/// Those of the database.
pub fn add(transaction: &mut dyn Transaction, hash: PhotoHash) -> Result<bool, StoreError> {
    let added = transaction.execute(
        "INSERT INTO derivatives (hash, state) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
        values![hash.to_string(), DerivativeState::Waiting.code()],
    )?;
    Ok(added > 0)
}

/// Adds the rows of photos that have none; gives how many.
///
/// # Errors
/// Those of the database.
pub fn add_missing(transaction: &mut dyn Transaction) -> Result<usize, StoreError> {
    transaction.execute(
        "INSERT INTO derivatives (hash, state)
         SELECT hash, $1 FROM photos WHERE hash NOT IN (SELECT hash FROM derivatives)",
        values![DerivativeState::Waiting.code()],
    )
}

/// # Errors
/// Those of the database.
pub fn set(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
    state: DerivativeState,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE derivatives SET state = $1 WHERE hash = $2",
        values![state.code(), hash.to_string()],
    )?;
    Ok(())
}

/// `None` when the photo is not stored.
///
/// # Errors
/// Those of the database.
pub fn state(
    transaction: &mut dyn Transaction,
    hash: PhotoHash,
) -> Result<Option<DerivativeState>, StoreError> {
    let rows = transaction
        .query("SELECT state FROM derivatives WHERE hash = $1", values![hash.to_string()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let code: String = row.get(0)?;
    let state = DerivativeState::ALL.into_iter().find(|state| state.code() == code);
    state.map(Some).ok_or(StoreError::Column { column: 0 })
}
