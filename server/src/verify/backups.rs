//! A folder of backups: every snapshot in it, and every photo that one of them names.

use std::{collections::BTreeMap, path::Path};

use domain::PhotoHash;

use super::{check::Check, photos::file_fault};
use crate::{
    backup::{self, Manifest},
    store::{DatabaseFile, photos},
};

/// The remedy for a snapshot that is damaged.
const NEW_BACKUP: &str = "make a new backup with `xunjie backup`, and check this disk";

pub(super) fn check(folder: &Path, check: &mut Check<'_>) {
    let (manifests, errors) = match backup::all(folder) {
        Ok(found) => found,
        Err(error) => return check.fault(format!("backup: {error}"), NEW_BACKUP),
    };
    for error in errors {
        check.fault(format!("backup {error}"), NEW_BACKUP);
    }
    let mut named = BTreeMap::new();
    for manifest in &manifests {
        check.counts.backups += 1;
        if let Err(what) = check_snapshot(folder, manifest, &mut named) {
            let path = manifest.database_path(folder);
            check.fault(format!("backup {}: {what}", path.display()), NEW_BACKUP);
        }
    }
    for (hash, length) in named {
        let path = backup::photo(folder, hash);
        if let Some(what) = file_fault(&path, hash, length) {
            let remedy = "remove that file and make a new backup: it copies the photo again";
            check.fault(format!("backup {}: {what}", path.display()), remedy);
        }
    }
}

/// Checks the database of one snapshot, and adds the photos it names.
fn check_snapshot(
    folder: &Path,
    manifest: &Manifest,
    named: &mut BTreeMap<PhotoHash, u64>,
) -> Result<(), String> {
    let path = manifest.database_path(folder);
    let found = backup::digest(&path).map_err(|error| error.to_string())?;
    if found != manifest.database {
        return Err("the copy of the database is not as it was written".into());
    }
    let all = DatabaseFile::open_copy(&path)
        .and_then(|copy| copy.read(photos::all))
        .map_err(|error| error.to_string())?;
    if backup::digest_of_list(&all) != manifest.photos {
        return Err("it names other photos than its manifest says".into());
    }
    let lacking = |hash| manifest.lacking.contains(hash);
    named.extend(all.iter().filter(|one| !lacking(&one.hash)).map(|one| (one.hash, one.length)));
    Ok(())
}
