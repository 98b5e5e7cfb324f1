//! The folders of the photos: made, and emptied of what a crash left half-written.
//!
//! Never: touches an original.

use std::{fs, io, path::Path, time::SystemTime};

use super::{derive, partial};
use crate::system::disk::sync;

/// Where a probe writes a file, and how its name begins.
pub(super) const PROBED: [&str; 3] = ["photos/incoming", "partial", "photos"];
pub(super) const PROBE: &str = "probe-";

/// Makes the folders and empties them of half-written files. All folders of originals
/// are made and synced here, so that two first photos of one folder do not depend on
/// which of them synced the folder above.
pub(super) fn prepare(dir: &Path) -> io::Result<()> {
    let photos = dir.join("photos");
    let incoming = photos.join("incoming");
    fs::create_dir_all(&incoming)?;
    fs::create_dir_all(dir.join("partial"))?;
    partial::sweep(&dir.join("partial"), SystemTime::now())?;
    for stale in fs::read_dir(&incoming)? {
        let stale = stale?;
        if stale.file_type()?.is_file() {
            fs::remove_file(stale.path())?;
        }
    }
    for first in 0..=u8::MAX {
        fs::create_dir_all(photos.join(format!("{first:02x}")))?;
    }
    for folder in std::iter::once(photos.as_path()).chain(dir.ancestors().take(2)) {
        sync(folder)?;
    }
    for folder in PROBED {
        sweep_probes(&dir.join(folder))?;
    }
    sweep_staged(&photos)?;
    for longest in [derive::THUMB, derive::SCREEN] {
        sweep_staged(&dir.join("derived").join(longest.to_string()))?;
    }
    Ok(())
}

fn sweep_probes(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(PROBE) {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Removes `<name>#<number>`, which the object store writes before it gives a file its
/// name, and which a crash leaves behind.
fn sweep_staged(folder: &Path) -> io::Result<()> {
    let folders = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        folders => folders?,
    };
    for folder in folders {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            let file = file?;
            if file.file_name().as_encoded_bytes().contains(&b'#') {
                fs::remove_file(file.path())?;
            }
        }
    }
    Ok(())
}
