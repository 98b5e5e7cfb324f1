//! `cargo xtask bench`: the benches of `tests/`, in release.

use anyhow::Result;

use crate::command::{self, step};
use crate::paths::Paths;
use crate::{server, site};

/// The benches measure the real server, so it is built as it is handed out.
pub fn bench(rest: &[String]) -> Result<()> {
    let paths = Paths::find()?;
    site::build(&paths, false)?;
    let binary = server::build_release(&paths)?;
    step("benches", || {
        command::run(
            server::cargo(&paths)
                .args(["bench", "-p", "tests"])
                .env("XUNJIE_BIN", &binary)
                .env("XUNJIE_TARGET", &paths.target)
                .arg("--")
                .args(rest),
        )
    })
}
