//! `target/site/`: every file a phone can ask for, as the server embeds it.
//!
//! The layout is a contract with the server and the service workers:
//!
//! - Each entry point of the app is a folder that is complete by itself (`field/`, `desk/`): its
//!   page, manifest, service worker and everything they refer to. `public/` is laid out in each;
//!   `public/field/` and `public/desk/` hold what only one has. `public/root/` is what lies at `/`.
//! - A name with a digest in it (`app-0123456789abcdef.js`) never changes its
//!   content and may be cached for ever. All others must be asked for again.
//! - `NAME.br` and `NAME.gz` lie beside a file where they are smaller.
//! - Every file is sent byte for byte: the service worker checks SHA-256.
//!
//! Files that did not change are not written again, so that the server, which
//! embeds the folder, is not built again for nothing.

mod names;
mod styles;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::command::step;
use crate::compress::Compressor;
use crate::paths::Paths;
use crate::wasm;

/// The entry points: crate `app-NAME`, path `/NAME/`.
pub const ENTRIES: [&str; 2] = ["field", "desk"];

/// What lies at `/` itself.
const ROOT: &str = "root";

/// One shipped file and what it costs a phone.
pub struct Shipped {
    pub name: String,
    pub raw: usize,
    pub brotli: usize,
}

/// Builds the entry points and lays out the folder.
pub fn build(paths: &Paths, fast: bool) -> Result<Vec<Shipped>> {
    let modules = wasm::build(paths, fast)?;
    step("site: names, precache lists, compression", || {
        let public = read_public(&paths.public())?;
        let mut site = names::finish(below(&public, ROOT), "", None)?;
        for (entry, module) in ENTRIES.iter().zip(modules) {
            let mut sources = common(&public);
            sources.extend(below(&public, entry));
            styles::join(&mut sources)?;
            sources.extend(module);
            let files = names::finish(sources, &format!("/{entry}"), Some("sw.js"))?;
            site.extend(files.into_iter().map(|(name, file)| (format!("{entry}/{name}"), file)));
        }
        write::folder(&paths.site(), &site, &Compressor::new(paths, fast)?)
    })
}

/// What all entry points have.
fn common(public: &Files) -> Files {
    let is_special = |name: &str| {
        let folder = name.split_once('/').map(|(folder, _)| folder);
        folder.is_some_and(|folder| folder == ROOT || ENTRIES.contains(&folder))
    };
    let common = public.iter().filter(|(name, _)| !is_special(name));
    common.map(|(name, file)| (name.clone(), file.clone())).collect()
}

/// What lies in one folder, without its name.
fn below(public: &Files, folder: &str) -> Files {
    let name = |path: &str| Some(path.strip_prefix(folder)?.strip_prefix('/')?.to_owned());
    public.iter().filter_map(|(path, file)| Some((name(path)?, file.clone()))).collect()
}

/// What an earlier build left in the folder.
pub fn shipped(site: &Path) -> Result<Vec<Shipped>> {
    let mut files = Files::new();
    read_into(site, "", &mut files).context("no site yet: cargo xtask test --only site")?;
    let packed = |name: &str| name.ends_with(".br") || name.ends_with(".gz");
    Ok(files
        .iter()
        .filter(|(name, _)| !packed(name))
        .map(|(name, content)| Shipped {
            name: name.clone(),
            raw: content.len(),
            brotli: files.get(&format!("{name}.br")).unwrap_or(content).len(),
        })
        .collect())
}

/// SHA-256 as lower-case hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

type Files = BTreeMap<String, Vec<u8>>;

fn read_public(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    read_into(folder, "", &mut files).with_context(|| format!("reading {}", folder.display()))?;
    Ok(files)
}

fn read_into(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Editors leave such files behind.
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            read_into(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}
