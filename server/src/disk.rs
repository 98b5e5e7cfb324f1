//! Files that survive a loss of power: written beside, synced, given their name, and the
//! folder synced after that.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Ends the name of a file that is being written.
const UNDER_WAY: &str = "new";

/// Writes a file whole or not at all. When this returns, it survives a loss of power once
/// its folder is synced.
///
/// # Errors
/// When it cannot be written; what was there before is there still.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

/// Where a file is written before it gets its name.
#[must_use]
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(UNDER_WAY);
    path.with_file_name(name)
}

/// Syncs what stands in a folder: names that were given, taken or changed.
///
/// # Errors
/// Those of the file system.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Folders cannot be synced elsewhere; the file system does it by itself or not at all.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}
