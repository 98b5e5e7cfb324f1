//! Making a backup of a data folder, while it is served or not.
//!
//! The database is copied first and the photos it names after it: photos are on disk
//! before the database names them, and never change, so none that the copy names is missed.

use std::{collections::BTreeSet, fs, path::Path};

use domain::{PhotoHash, Timestamp, evidence::Epoch};

use super::{
    error::{At as _, BackupError},
    manifest::{self, FORMAT, Manifest},
};
use crate::{
    config,
    photos::Expected,
    store::{self, DatabaseFile, meta, meta::Fact, photos},
    system::disk,
};

/// Name of the database copy until it is whole. SQLite adds suffixes for its own files.
const COPYING: &str = "copying.db";

/// What a backup did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSummary {
    pub manifest: Manifest,
    /// Photos that were not in the backup folder before.
    pub copied: u64,
    /// Older snapshots that were deleted.
    pub dropped: u64,
}

/// Backs `data` up into the folder `to`, and keeps the latest `keep` snapshots there. When it
/// is whole, the data folder records which time it covers, and phones learn it.
///
/// # Errors
/// Why there is no new backup; earlier ones are as they were.
pub fn make(data: &Path, to: &Path, keep: usize) -> Result<BackupSummary, BackupError> {
    let database = data.join(store::DATABASE);
    let source = DatabaseFile::open(&database).at(&database)?;
    if is_inside(to, data) {
        return Err(BackupError::new("a backup inside the data folder would be lost with it"));
    }
    let folder = manifest::folder(to);
    fs::create_dir_all(&folder).at(&folder)?;
    let _lock = lock(to)?;
    let copying = folder.join(COPYING);
    sweep(&folder)?;
    let covers = source.copy_to(&copying).at(&copying)?;
    let copy = DatabaseFile::open_copy(&copying).at(&copying)?;
    if let Some(first) = copy.integrity().at(&copying)?.first() {
        return Err(BackupError::new(format!(
            "the database is damaged, and no backup was made of it: {first}\n\
             see `xunjie verify`"
        )));
    }
    let (photos, epoch) = copy
        .read(|transaction| {
            Ok((photos::all(transaction)?, meta::require(transaction, Fact::Epoch)?))
        })
        .at(&copying)?;
    drop(copy);
    let (copied, lacking) = copy_photos(data, to, &photos)?;

    let manifest = Manifest {
        format: FORMAT,
        name: name(covers),
        covers,
        epoch: Epoch(epoch.parse().map_err(|_| BackupError::new("the epoch is not a number"))?),
        version: env!("CARGO_PKG_VERSION").into(),
        database: manifest::digest(&copying)?,
        settings: fs::read_to_string(data.join(config::FILE)).ok(),
        photos: manifest::digest_of_list(&photos),
        photo_count: u64::try_from(photos.len()).unwrap_or(u64::MAX),
        lacking,
    };
    let named = manifest.database_path(to);
    fs::rename(&copying, &named).at(&named)?;
    disk::sync(&folder).at(&folder)?;
    if manifest::digest(&named)? != manifest.database {
        return Err(BackupError::new(format!("{}: reads back as something else", named.display())));
    }
    manifest.write(to)?;
    // Phones delete bytes that a backup covers, so one that lacks photos covers nothing.
    if manifest.lacking.is_empty() {
        source
            .write(|transaction| {
                meta::set(transaction, Fact::BackedUp, &covers.millis().to_string())
            })
            .at(&database)?;
    }
    let dropped = drop_older(to, keep)?;
    Ok(BackupSummary { manifest, copied, dropped })
}

/// Copies the photos that the backup lacks. Gives how many were copied, and which the data
/// folder no longer has as they were stored.
fn copy_photos(
    data: &Path,
    to: &Path,
    photos: &[Expected],
) -> Result<(u64, Vec<PhotoHash>), BackupError> {
    let (mut copied, mut lacking, mut folders) = (0, Vec::new(), BTreeSet::new());
    for Expected { hash, length } in photos {
        let target = manifest::photo(to, *hash);
        if fs::metadata(&target).is_ok_and(|there| there.len() == *length) {
            continue;
        }
        let bytes = fs::read(manifest::photo(data, *hash)).unwrap_or_default();
        if PhotoHash::of(&bytes) != *hash {
            lacking.push(*hash);
            continue;
        }
        if let Some(folder) = target.parent()
            && folders.insert(folder.to_owned())
        {
            fs::create_dir_all(folder).at(folder)?;
        }
        disk::write(&target, &bytes).at(&target)?;
        // Read back, so that a disk that stored something else is found today.
        let back = fs::read(&target).at(&target)?;
        if PhotoHash::of(&back) != *hash {
            return Err(BackupError::new(format!("{}: reads back otherwise", target.display())));
        }
        copied += 1;
    }
    // New folders are entries of the folders above them, which have to be synced as well.
    let parents = [to.join("photos"), to.to_owned()];
    for folder in folders.iter().chain(parents.iter().filter(|folder| folder.is_dir())) {
        disk::sync(folder).at(folder)?;
    }
    Ok((copied, lacking))
}

fn drop_older(to: &Path, keep: usize) -> Result<u64, BackupError> {
    let (manifests, _) = manifest::all(to)?;
    let mut dropped = 0;
    for old in manifests.iter().rev().skip(keep.max(1)) {
        // The manifest first: if this is cut off, the database without one is swept later.
        for path in [old.path(to), old.database_path(to)] {
            fs::remove_file(&path).at(&path)?;
        }
        dropped += 1;
    }
    Ok(dropped)
}

/// Removes what a backup that was cut off left.
fn sweep(folder: &Path) -> Result<(), BackupError> {
    for entry in fs::read_dir(folder).at(folder)? {
        let path = entry.at(folder)?.path();
        let is_database = path.extension().is_some_and(|extension| extension == "db");
        let is_unfinished =
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(COPYING));
        if is_unfinished || is_database && !path.with_extension("json").exists() {
            fs::remove_file(&path).at(&path)?;
        }
    }
    Ok(())
}

/// One backup at a time: the sweep of one would delete what another is copying.
fn lock(to: &Path) -> Result<fs::File, BackupError> {
    let path = to.join("lock");
    let file = fs::File::create(&path).at(&path)?;
    file.try_lock().map_err(|_| BackupError::new("another backup is being made there"))?;
    Ok(file)
}

fn is_inside(to: &Path, data: &Path) -> bool {
    // A folder that does not exist yet has no canonical path: its nearest parent that exists
    // decides.
    let real = |path: &Path| path.ancestors().find_map(|there| there.canonicalize().ok());
    real(to).zip(real(data)).is_some_and(|(to, data)| to.starts_with(data))
}

/// `2026-11-23T101500.123Z`: sorts, and is a file name everywhere.
fn name(covers: Timestamp) -> String {
    let time = jiff::Timestamp::from_millisecond(covers.millis()).unwrap_or_default();
    format!("{time:.3}").replace(':', "")
}
