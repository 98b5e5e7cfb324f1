//! `target/site/`: every file a phone can ask for, as the server embeds it.
//!
//! The layout is a contract with the server and the service worker:
//!
//! - A name with a digest in it (`app-0123456789abcdef.js`) never changes its
//!   content and may be cached for ever. All others must be asked for again.
//! - `NAME.br` and `NAME.gz` lie beside a file where they are smaller.
//! - Every file is sent byte for byte: the service worker checks SHA-256. The module is not
//!   among them, only its parts (`apart.rs`): the worker puts it together, checks it as any
//!   other, and keeps it.
//!
//! Files that did not change are not written again, so that the server, which
//! embeds the folder, is not built again for nothing.

mod names;
mod slim;
mod styles;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::command::step;
use crate::compress::Compressor;
use crate::paths::Paths;
use crate::{apart, wasm};

/// A phone keeps it under this name. It is sent in parts only.
const MODULE: &str = "app.wasm";
const PARTS: &str = "app.parts";

/// One shipped file and what it costs a phone.
pub struct Shipped {
    pub name: String,
    pub raw: usize,
    pub brotli: usize,
}

/// Builds the app and lays out the folder.
pub fn build(paths: &Paths, fast: bool) -> Result<Vec<Shipped>> {
    let bindgen = wasm::build(paths, fast)?;
    step("site: names, precache list, compression", || {
        let mut sources = read_public(&paths.public())?;
        styles::join(&mut sources)?;
        for (name, bytes) in bindgen {
            // wasm-bindgen's own suffix says nothing to anybody else.
            let name = if name == "app_bg.wasm" { MODULE.to_owned() } else { name };
            sources.insert(name, bytes);
        }
        for (name, content) in &mut sources {
            slim::without_comments(name, content);
        }
        let module = sources.get(MODULE).context("wasm-bindgen made no module")?;
        sources.insert(PARTS.into(), apart::apart(module)?);
        let files = names::finish(sources)?;
        write::folder(&paths.site(), &files, &Compressor::new(paths, fast)?)
    })
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
