//! `xunjie backup` and `xunjie restore`

#![expect(clippy::print_stdout, reason = "what was done")]

use std::path::Path;

use super::{command::CommandError, folder::Folder};
use crate::{backup, store::Database};

pub(super) fn backup(folder: &Folder, to: &Path, keep: usize) -> Result<(), CommandError> {
    if let (_, Database::Server(address)) = folder.open_made()? {
        return Err(format!(
            "the database is {address}, and nothing was backed up: make a copy of it with \
             pg_dump, and then one of the folder {}; see “PostgreSQL” in docs/OPERATIONS.md",
            folder.data.join("photos").display()
        )
        .into());
    }
    let summary = backup::make(&folder.data, to, keep)?;
    let manifest = &summary.manifest;
    println!(
        "backed up as {}: {} photos, {} of them new; read back and found whole",
        manifest.name, manifest.photo_count, summary.copied
    );
    if summary.dropped > 0 {
        println!("deleted {} older snapshots of the database", summary.dropped);
    }
    if manifest.lacking.is_empty() {
        return Ok(());
    }
    for hash in &manifest.lacking {
        println!("lacking: photo {hash} is not on the disk as it was stored");
    }
    Err("photos are lacking, so phones are not told of this backup; see `xunjie verify`".into())
}

pub(super) fn restore(from: &Path, moment: Option<&str>, data: &Path) -> Result<(), CommandError> {
    let restored = backup::restore(from, moment, data)?;
    println!(
        "restored {} into {}: {} photos, each with its hash",
        restored.manifest.name,
        data.display(),
        restored.photos
    );
    println!("phones that signed in before will offer again what this backup lacks");
    println!("then: xunjie serve --data {}", data.display());
    if restored.lacking.is_empty() {
        return Ok(());
    }
    for hash in &restored.lacking {
        println!("lacking: photo {hash}; phones that still have it will be asked for it");
    }
    Err(format!("{} photos are lacking in the backup", restored.lacking.len()).into())
}
