//! Making a data folder from a backup.
//!
//! Never: touches a folder that has something in it; gives the database its name before
//! everything else is there.

use std::{fs, path::Path};

use domain::PhotoHash;

use super::{
    error::{At as _, BackupError},
    manifest::{self, Manifest},
};
use crate::{
    config,
    photos::{Expected, PhotoStore},
    store::{self, DatabaseFile, DirectConnection, StoreError, meta, meta::Fact, photos},
    system::{clock, disk},
};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreSummary {
    pub manifest: Manifest,
    pub photos: u64,
    /// Photos that the backup does not have as they were; phones that still have them are
    /// asked for them.
    pub lacking: Vec<PhotoHash>,
}

/// Makes the data folder `data` from the backup `from`: from its latest snapshot, or from the
/// one called `name`. The new folder has another epoch, so that phones ask which of the
/// things they have a receipt for are missing, and send those again.
///
/// # Errors
/// When the folder is not empty, or the backup's database is not as it was written.
pub fn restore(
    from: &Path,
    name: Option<&str>,
    data: &Path,
) -> Result<RestoreSummary, BackupError> {
    fs::create_dir_all(data).at(data)?;
    if fs::read_dir(data).at(data)?.next().is_some() {
        return Err(BackupError::new(format!(
            "{} is not empty; a backup is restored into an empty folder",
            data.display()
        )));
    }
    let manifest = choose(from, name)?;
    let copy = manifest.database_path(from);
    if manifest::digest(&copy)? != manifest.database {
        return Err(BackupError::new(format!(
            "{}: not as it was written; choose another moment with --moment",
            copy.display()
        )));
    }
    let restoring = data.join("restoring.db");
    fs::copy(&copy, &restoring).at(&restoring)?;
    if manifest::digest(&restoring)? != manifest.database {
        return Err(BackupError::new(format!("{}: reads back otherwise", restoring.display())));
    }
    let photos = set_new_epoch(&restoring, &manifest)?;
    PhotoStore::open(data).map_err(|error| BackupError::new(error.to_string()))?;
    let lacking = copy_photos(from, data, &photos)?;
    if let Some(settings) = &manifest.settings {
        let path = data.join(config::FILE);
        disk::write(&path, settings.as_bytes()).at(&path)?;
    }
    let database = data.join(store::DATABASE);
    fs::rename(&restoring, &database).at(&database)?;
    disk::sync(data).at(data)?;
    let photos =
        manifest.photo_count - u64::try_from(lacking.len()).unwrap_or(0).min(manifest.photo_count);
    Ok(RestoreSummary { manifest, photos, lacking })
}

fn choose(from: &Path, name: Option<&str>) -> Result<Manifest, BackupError> {
    let (manifests, errors) = manifest::all(from)?;
    let found = match name {
        Some(name) => manifests.into_iter().find(|manifest| manifest.name == name),
        None => manifests.into_iter().next_back(),
    };
    found.ok_or_else(|| {
        let errors: String = errors.iter().map(|error| format!("\n{error}")).collect();
        BackupError::new(format!("there is no such backup in {}{errors}", from.display()))
    })
}

/// Sets an epoch that is higher than any before, and the time that the backup covers. Gives
/// the photos that the database names.
fn set_new_epoch(database: &Path, manifest: &Manifest) -> Result<Vec<Expected>, BackupError> {
    let file = DatabaseFile::open(database).at(database)?;
    if let Some(first) = file.integrity().at(database)?.first() {
        return Err(BackupError::new(format!("the backup's database is damaged: {first}")));
    }
    let epoch = epoch_after(manifest.epoch.0);
    file.write(|transaction| {
        meta::set(transaction, Fact::Epoch, &epoch.to_string())?;
        if manifest.lacking.is_empty() {
            meta::set(transaction, Fact::BackedUp, &manifest.covers.millis().to_string())?;
        }
        photos::all(transaction)
    })
    .at(database)
}

/// Sets an epoch that is higher than any before in a database that was restored from a dump.
///
/// # Errors
/// Those of the database.
pub fn begin_epoch(database: &DirectConnection) -> Result<u64, StoreError> {
    database.write(|transaction| {
        let stored = meta::require(transaction, Fact::Epoch)?;
        let epoch = epoch_after(stored.parse().unwrap_or(0));
        meta::set(transaction, Fact::Epoch, &epoch.to_string())?;
        Ok(epoch)
    })
}

/// The clock may be behind the one of the old machine: the epoch has to grow all the same.
fn epoch_after(last: u64) -> u64 {
    u64::try_from(clock::now().millis()).unwrap_or(0).max(last.saturating_add(1))
}

fn copy_photos(
    from: &Path,
    data: &Path,
    photos: &[Expected],
) -> Result<Vec<PhotoHash>, BackupError> {
    let mut lacking = Vec::new();
    for Expected { hash, .. } in photos {
        let bytes = fs::read(manifest::photo(from, *hash)).unwrap_or_default();
        if PhotoHash::of(&bytes) != *hash {
            lacking.push(*hash);
            continue;
        }
        let target = manifest::photo(data, *hash);
        disk::write(&target, &bytes).at(&target)?;
    }
    // `PhotoStore::open` made these folders, one for each first byte of a hash.
    for first in 0..=u8::MAX {
        let folder = data.join("photos").join(format!("{first:02x}"));
        disk::sync(&folder).at(&folder)?;
    }
    Ok(lacking)
}
