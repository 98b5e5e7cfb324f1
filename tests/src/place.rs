//! Where the tests find what was built for them and put what they leave behind.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// The server under test.
pub fn server_binary() -> Result<PathBuf> {
    given("XUNJIE_BIN", "the server's binary")
}

/// The source of axe-core.
pub fn axe() -> Result<PathBuf> {
    given("XUNJIE_AXE", "axe.min.js")
}

/// The WASM module that assigns generated reports.
pub fn probe() -> Result<PathBuf> {
    given("XUNJIE_PROBE", "probe.wasm")
}

/// A folder below the target folder, made when missing.
pub fn folder(name: &str) -> Result<PathBuf> {
    let folder = target()?.join(name);
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

fn given(variable: &str, what: &str) -> Result<PathBuf> {
    let Some(path) = env::var_os(variable).map(PathBuf::from) else {
        bail!("{variable} should hold the path of {what}: run `cargo xtask test --only tests`");
    };
    if !path.exists() {
        bail!("{variable}: there is no {}: run `cargo xtask test`", path.display());
    }
    Ok(path)
}

/// Without the variable: a test's binary lies in `TARGET/PROFILE/deps`.
fn target() -> Result<PathBuf> {
    if let Some(path) = env::var_os("XUNJIE_TARGET") {
        return Ok(path.into());
    }
    let binary = env::current_exe()?;
    Ok(binary.ancestors().nth(3).context("no target folder above this test")?.to_owned())
}
