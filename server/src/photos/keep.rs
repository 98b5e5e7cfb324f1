//! What makes a received photo a stored one: it is synced, read back, looked at, and given
//! the name under which it stays; and then that name is synced.
//!
//! Never: decodes; gives a name to bytes that were not read back.

use std::{fs, io, path::Path};

use domain::PhotoHash;

use super::{PhotoError, StoredPhoto, formats, header::Header, incoming::Received};
use crate::system::disk::sync;

/// Keeps the photo as `folder/name`. When this returns, it survives a loss of power. What lies
/// there already stays when it is that photo, and is replaced when it is not.
///
/// Holds the whole photo in memory, and blocks for as long as the disk takes.
///
/// # Errors
/// `NotAPhoto`, `Unsupported`, `TooManyPixels`, `Damaged`; those of storage. Nothing of it is
/// left then.
pub(super) fn keep(
    folder: &Path,
    hash: PhotoHash,
    received: Received,
) -> Result<StoredPhoto, PhotoError> {
    let place = folder.join(hash.to_string());
    match fs::read(&place) {
        Ok(bytes) if PhotoHash::of(&bytes) == hash => {
            // Whoever wrote it may have been killed before its name was synced.
            sync(folder)?;
            return Ok(stored_photo(hash, &bytes, &formats::read(&bytes)?));
        }
        Ok(_) => tracing::error!(photo = %hash, "a stored photo had decayed; replaced it"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    received.file.sync_all()?;
    let bytes = fs::read(&received.path)?;
    if PhotoHash::of(&bytes) != hash {
        return Err(PhotoError::Io(format!("{hash} was read back otherwise")));
    }
    let header = formats::read(&bytes)?;
    received.path.persist(&place).map_err(|failed| failed.error)?;
    sync(folder)?;
    Ok(stored_photo(hash, &bytes, &header))
}

pub(super) fn stored_photo(hash: PhotoHash, bytes: &[u8], header: &Header) -> StoredPhoto {
    let (width, height) = header.upright_size();
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    StoredPhoto { hash, length, format: header.format, width, height }
}
