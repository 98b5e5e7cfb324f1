//! `cargo xtask run`: from a clean clone to a served demo district.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::args::RunOptions;
use crate::command::{self, step};
use crate::paths::Paths;
use crate::{server, site};

pub fn run(options: &RunOptions) -> Result<()> {
    let paths = Paths::find()?;
    site::build(&paths, options.fast)?;
    let binary = server::build_dev(&paths)?;
    if !Path::new(&options.data).exists() {
        step(&format!("demo district in {}", options.data), || {
            command::run(Command::new(&binary).args(["init", "--demo", "--data", &options.data]))
        })?;
    }
    serve(Command::new(binary).args([
        "serve",
        "--data",
        &options.data,
        "--listen",
        &options.listen,
    ]))
}

/// Becomes the server: an interrupt then goes to it alone, and it can end well.
#[cfg(unix)]
fn serve(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::from(server.exec()).context(command::line(server)))
}

#[cfg(not(unix))]
fn serve(server: &mut Command) -> Result<()> {
    command::run(server)
}
