//! Writes the site's folder so that it holds exactly the given files, and
//! touches none that is right already.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::{Files, Shipped};
use crate::compress::Compressor;

pub fn folder(site: &Path, files: &Files, compressor: &Compressor) -> Result<Vec<Shipped>> {
    let mut kept = BTreeSet::new();
    let mut shipped = Vec::new();
    for (name, content) in files {
        put(site, name, content, &mut kept)?;
        let packed = compressor.pack(name, content)?;
        if let Some(packed) = &packed {
            put(site, &format!("{name}.br"), &packed.brotli, &mut kept)?;
            put(site, &format!("{name}.gz"), &packed.gzip, &mut kept)?;
        }
        shipped.push(Shipped {
            name: name.clone(),
            raw: content.len(),
            brotli: packed.map_or(content.len(), |packed| packed.brotli.len()),
        });
    }
    remove_others(site, "", &kept)?;
    Ok(shipped)
}

fn put(site: &Path, name: &str, content: &[u8], kept: &mut BTreeSet<String>) -> Result<()> {
    let path = site.join(name);
    kept.insert(name.to_owned());
    if std::fs::read(&path).is_ok_and(|known| known == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, content)?)
}

/// Yesterday's `app-<digest>.wasm` must not travel in today's binary.
fn remove_others(folder: &Path, prefix: &str, kept: &BTreeSet<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            remove_others(&entry.path(), &format!("{name}/"), kept)?;
            if std::fs::read_dir(entry.path())?.next().is_none() {
                std::fs::remove_dir(entry.path())?;
            }
        } else if !kept.contains(&name) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
