//! The server's binary with the site embedded.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{self, step};
use crate::paths::Paths;

/// Cargo, told where the site is. Every cargo call that builds the server must
/// come from here: with another environment cargo would build it again.
pub fn cargo(paths: &Paths) -> Command {
    let mut cargo = command::cargo();
    cargo.current_dir(&paths.root).env("XUNJIE_SITE", paths.site());
    cargo
}

/// Quick to build, for `run` and the tests.
pub fn build_dev(paths: &Paths) -> Result<PathBuf> {
    step("server (profile dev)", || {
        command::run(cargo(paths).args(["build", "-p", "xunjie"]))?;
        Ok(paths.server_binary("debug"))
    })
}

/// The binary that is handed out, copied to `target/dist`.
pub fn build_release(paths: &Paths) -> Result<PathBuf> {
    step("server (profile release)", || {
        command::run(cargo(paths).args(["build", "-p", "xunjie", "--profile", "release"]))?;
        std::fs::create_dir_all(paths.dist())?;
        let built = paths.server_binary("release");
        let dist = paths.dist().join(crate::paths::binary_name("xunjie"));
        // Renamed over: a server that is running from there keeps its own file.
        let part = dist.with_extension("part");
        std::fs::copy(built, &part)?;
        std::fs::rename(part, &dist)?;
        Ok(dist)
    })
}
