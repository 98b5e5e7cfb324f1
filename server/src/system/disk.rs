//! Files that survive a loss of power: written under a staging name, synced, renamed, and
//! the folder synced after that.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Ends the staging name of a file. A crash leaves such a file behind; it is never read.
const STAGING_SUFFIX: &str = "new";

/// Writes a file whole or not at all. When this returns, the bytes are on disk; the name
/// survives a loss of power once [`sync`] was called for its folder. The two are apart so
/// that many files of one folder cost one sync of it.
///
/// # Errors
/// When it cannot be written; what was there before is there still.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let staging = staging_path(path);
    let mut file = fs::File::create(&staging)?;
    file.write_all(bytes)?;
    // Before the rename: otherwise a loss of power may leave the final name on an empty file.
    file.sync_all()?;
    fs::rename(&staging, path)
}

/// Where a file is written before it gets its final name.
fn staging_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(STAGING_SUFFIX);
    path.with_file_name(name)
}

/// Syncs the entries of a folder: names that were added, removed or changed.
///
/// # Errors
/// Those of the file system.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Other systems have no call that syncs a folder; their file systems do it on their own or
/// not at all.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}
