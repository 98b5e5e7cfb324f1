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
const MAGIC_BYTES: u64 = 12;

/// Appends a whole photo to `incoming`.
///
/// # Errors
/// As [`receive_bytes`]; and at the end `Empty`, `WrongLength` for a body that is too short,
/// `NotAPhoto`, `WrongHash`.
pub(super) async fn receive<E: Display>(
    expected: PhotoHash,
    stated_length: Option<u64>,
    body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    incoming: &mut Incoming,
) -> Result<(), PhotoError> {
    let hash = receive_bytes(expected, stated_length, body, incoming).await?;
    match stated_length {
        _ if incoming.length == 0 => Err(PhotoError::Empty),
        Some(stated) if stated != incoming.length => Err(PhotoError::WrongLength),
        _ if incoming.length < MAGIC_BYTES => Err(PhotoError::NotAPhoto),
        _ if hash != expected => Err(PhotoError::WrongHash),
        _ => Ok(()),
    }
}

/// Appends the body to `incoming`, which is empty; gives the hash of what came. It may be the
/// beginning of a photo.
///
/// # Errors
/// `TooLarge`, `WrongLength` for a body that is too long, `NotAPhoto`, `Unsupported` as soon as
/// they are known; `Interrupted` when the body breaks off.
pub(super) async fn receive_bytes<E: Display>(
    expected: PhotoHash,
    stated_length: Option<u64>,
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    incoming: &mut Incoming,
) -> Result<PhotoHash, PhotoError> {
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
    Ok(PhotoHash::from_bytes(hasher.finalize().into()))
}
