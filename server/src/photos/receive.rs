//! Reading a body from a sender nobody trusts: counted, hashed and looked at as it
//! comes, and stopped as early as it can be known to be wrong.
//!
//! Never: holds more than one piece of it in memory.

use std::fmt::Display;

use bytes::Bytes;
use domain::PhotoHash;
use futures_util::{Stream, StreamExt as _};
use sha2::{Digest as _, Sha256};

use super::{MAX_BYTES, PhotoError, formats, incoming::Incoming};

/// Bytes that tell a photo from anything else.
const MAGIC: usize = 12;

/// Appends the body to `incoming`; gives its length in bytes.
///
/// # Errors
/// `TooLarge`, `WrongLength`, `NotAPhoto`, `Unsupported` as soon as they are known; `Interrupted` when
/// the body breaks off; `Empty` and `WrongHash` at its end.
pub(super) async fn receive<E: Display>(
    expected: PhotoHash,
    stated_length: Option<u64>,
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    incoming: &mut Incoming,
) -> Result<u64, PhotoError> {
    if stated_length.is_some_and(|stated| stated > MAX_BYTES) {
        return Err(PhotoError::TooLarge { most: MAX_BYTES });
    }
    let mut hasher = Sha256::new();
    let mut length = 0_u64;
    let mut magic = Vec::with_capacity(MAGIC);
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| {
            tracing::debug!(photo = %expected, %error, "a photo broke off");
            PhotoError::Interrupted
        })?;
        length = length.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if length > MAX_BYTES {
            return Err(PhotoError::TooLarge { most: MAX_BYTES });
        }
        if stated_length.is_some_and(|stated| length > stated) {
            return Err(PhotoError::WrongLength);
        }
        if magic.len() < MAGIC {
            magic.extend(piece.iter().take(MAGIC - magic.len()));
            if magic.len() == MAGIC {
                formats::recognise(&magic)?;
            }
        }
        hasher.update(&piece);
        incoming.append(&piece).await?;
    }
    match stated_length {
        _ if length == 0 => Err(PhotoError::Empty),
        Some(stated) if stated != length => Err(PhotoError::WrongLength),
        _ if magic.len() < MAGIC => Err(PhotoError::NotAPhoto),
        _ if PhotoHash::from_bytes(hasher.finalize().into()) != expected => {
            Err(PhotoError::WrongHash)
        }
        _ => Ok(length),
    }
}
