//! The manifest of a snapshot: a line of JSON, and a line with the digest of the first.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{PhotoHash, Sha256Hash, Timestamp, evidence::Epoch};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::{At as _, BackupError};
use crate::{photos::Expected, system::disk};

/// Raised when a field is added.
pub(super) const FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The name of the backup and of its files.
    pub name: String,
    /// Everything with a receipt from before this time is in it, by the server's clock.
    pub covers: Timestamp,
    pub epoch: Epoch,
    /// Of the program that made it.
    pub version: String,
    /// Of the database's copy.
    pub database: Digest,
    /// `xunjie.toml`, as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<String>,
    /// Of the list of photos that the database names, one a line: hash, space, length.
    pub photos: Digest,
    pub photo_count: u64,
    /// Photos that were lost or damaged before they could be backed up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<PhotoHash>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub sha256: Sha256Hash,
    /// Bytes.
    pub length: u64,
}

impl Manifest {
    #[must_use]
    pub fn database_path(&self, backup: &Path) -> PathBuf {
        folder(backup).join(format!("{}.db", self.name))
    }

    #[must_use]
    pub fn path(&self, backup: &Path) -> PathBuf {
        folder(backup).join(format!("{}.json", self.name))
    }

    pub(super) fn write(&self, backup: &Path) -> Result<(), BackupError> {
        let path = self.path(backup);
        let line =
            serde_json::to_string(self).map_err(|error| BackupError::new(error.to_string()))?;
        let text = format!("{line}\nsha256 {}\n", Sha256Hash::of(line.as_bytes()));
        disk::write(&path, text.as_bytes()).at(&path)?;
        disk::sync(&folder(backup)).at(&path)?;
        if read(&path)? == *self {
            Ok(())
        } else {
            Err(BackupError::new(format!("{}: reads back as something else", path.display())))
        }
    }
}

/// The manifests of a backup folder, oldest first: those that are readable, and what is
/// wrong with the others.
///
/// # Errors
/// When the folder cannot be read.
pub fn all(backup: &Path) -> Result<(Vec<Manifest>, Vec<BackupError>), BackupError> {
    let folder = folder(backup);
    let (mut manifests, mut errors) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(&folder).at(&folder)? {
        let path = entry.at(&folder)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            match read(&path) {
                Ok(manifest) => manifests.push(manifest),
                Err(error) => errors.push(error),
            }
        }
    }
    manifests.sort_by_key(|manifest: &Manifest| manifest.covers);
    Ok((manifests, errors))
}

/// Reads one manifest.
///
/// # Errors
/// When it is not as it was written.
pub fn read(path: &Path) -> Result<Manifest, BackupError> {
    let damaged = || BackupError::new(format!("{}: not as it was written", path.display()));
    let bytes = fs::read(path).at(path)?;
    let text = String::from_utf8(bytes).map_err(|_| damaged())?;
    let (line, rest) = text.split_once('\n').ok_or_else(damaged)?;
    if rest != format!("sha256 {}\n", Sha256Hash::of(line.as_bytes())) {
        return Err(damaged());
    }
    let manifest: Manifest = serde_json::from_str(line).map_err(|_| damaged())?;
    if manifest.path(Path::new("")).file_name() != path.file_name() {
        return Err(damaged());
    }
    Ok(manifest)
}

/// Of a file, read piece by piece.
pub(crate) fn digest(path: &Path) -> Result<Digest, BackupError> {
    let mut file = fs::File::open(path).at(path)?;
    let mut hasher = Sha256::new();
    let length = std::io::copy(&mut file, &mut Hashing(&mut hasher)).at(path)?;
    Ok(Digest { sha256: Sha256Hash::from_bytes(hasher.finalize().into()), length })
}

struct Hashing<'a>(&'a mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Of a list of photos.
pub(crate) fn digest_of_list(photos: &[Expected]) -> Digest {
    let mut list = String::new();
    for Expected { hash, length } in photos {
        list.push_str(&format!("{hash} {length}\n"));
    }
    let length = u64::try_from(list.len()).unwrap_or(u64::MAX);
    Digest { sha256: Sha256Hash::of(list.as_bytes()), length }
}

pub(super) fn folder(backup: &Path) -> PathBuf {
    backup.join("database")
}

pub(crate) fn photo(folder: &Path, hash: PhotoHash) -> PathBuf {
    let name = hash.to_string();
    let (first, _) = name.split_at_checked(2).unwrap_or_default();
    folder.join("photos").join(first).join(&name)
}
