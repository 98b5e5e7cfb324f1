//! `cargo xtask bench`: the benches of `tests/`, in release.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::args::BenchOptions;
use crate::command::{self, step};
use crate::paths::{Paths, binary_name};
use crate::postgres::{self, Postgres};
use crate::{server, site};

/// The benches measure the real server, so it is built as it is handed out.
pub fn bench(options: &BenchOptions) -> Result<()> {
    let paths = Paths::find()?;
    let earlier =
        options.before.as_deref().map(|revision| build_earlier(&paths, revision)).transpose()?;
    site::build(&paths, false)?;
    let binary = server::build_release(&paths)?;
    let postgres = options.postgres.then(Postgres::start).transpose()?;
    step("benches", || {
        let mut cargo = server::cargo(&paths);
        cargo
            .args(["bench", "-p", "tests"])
            .args(options.benches.iter().flat_map(|name| ["--bench", name]))
            .env("XUNJIE_BIN", &binary)
            .env("XUNJIE_TARGET", &paths.target);
        if let Some(earlier) = &earlier {
            cargo.env("XUNJIE_BEFORE", earlier);
        }
        if let Some(postgres) = &postgres {
            cargo.env(postgres::VARIABLE, postgres.address());
        }
        command::run(&mut cargo)
    })
}

/// The binary of an earlier revision, built by its own tools in a checkout of its own.
fn build_earlier(paths: &Paths, revision: &str) -> Result<PathBuf> {
    let checkout = paths.target.join("before");
    step(&format!("revision {revision}"), || {
        if !checkout.exists() {
            let mut git = Command::new("git");
            git.current_dir(&paths.root).args(["worktree", "add", "--detach"]);
            command::run(git.arg(&checkout).arg(revision))?;
        }
        command::run(
            Command::new("git").current_dir(&checkout).args(["checkout", "--detach", revision]),
        )?;
        command::run(
            command::cargo()
                .current_dir(&checkout)
                .env("CARGO_TARGET_DIR", checkout.join("target"))
                .args(["xtask", "build"]),
        )
    })?;
    Ok(checkout.join("target/dist").join(binary_name("xunjie")))
}
