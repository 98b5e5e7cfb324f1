//! `cargo xtask soak`: the long forms of the trials of `docs/RELIABILITY.md`.
//!
//! The simulation of the outbox runs inside `domain`; everything else is the program
//! `soak` of `tests/`, with the real server.

use anyhow::{Result, bail};

use crate::args::SoakOptions;
use crate::command::{self, step};
use crate::paths::Paths;
use crate::postgres::{self, Postgres};
use crate::{server, site};

/// Schedules of the simulation in its long form.
const SCHEDULES: &str = "1000000";

/// Trials that need nothing of the database but that it is one. A backup of a data folder has
/// none of PostgreSQL in it.
const ON_POSTGRES: [&str; 4] = ["kills", "intake", "networks", "faults"];

const SIMULATION: &str = "simulation";

pub fn soak(options: &SoakOptions) -> Result<()> {
    let paths = Paths::find()?;
    if options.postgres {
        let all = ON_POSTGRES.join(", ");
        let is_known = |name: &String| ON_POSTGRES.contains(&name.as_str());
        if options.trials.is_empty() || !options.trials.iter().all(is_known) {
            bail!("--postgres is for these trials, by name: {all}");
        }
    }
    let (simulated, others): (Vec<&String>, Vec<&String>) =
        options.trials.iter().partition(|name| *name == SIMULATION);
    let is_all = options.trials.is_empty();
    if is_all || !simulated.is_empty() {
        simulation(&paths, options)?;
    }
    if is_all || !others.is_empty() {
        trials(&paths, options, &others)?;
    }
    Ok(())
}

/// Each schedule is one seed of the simulation; a seed that fails is printed.
fn simulation(paths: &Paths, options: &SoakOptions) -> Result<()> {
    let schedules = options.schedules.as_deref().unwrap_or(SCHEDULES);
    step(&format!("{schedules} schedules"), || {
        command::run(
            server::cargo(paths)
                .args(["test", "-p", "domain", "--lib", "--release", SIMULATION])
                .args(["--", "--nocapture"])
                .env("XUNJIE_SCHEDULES", schedules),
        )
    })
}

fn trials(paths: &Paths, options: &SoakOptions, names: &[&String]) -> Result<()> {
    site::build(paths, false)?;
    // What is handed out, and phones that cost little: hours of trials are for the trials.
    let binary = server::build_release(paths)?;
    let mut cargo = server::cargo(paths);
    cargo
        .args(["run", "--release", "-p", "tests", "--bin", "soak", "--"])
        .args(names)
        .env("XUNJIE_BIN", binary)
        .env("XUNJIE_TARGET", &paths.target);
    let postgres = options.postgres.then(Postgres::start).transpose()?;
    if let Some(postgres) = &postgres {
        cargo.env(postgres::VARIABLE, postgres.address());
    }
    for (option, value) in [("--minutes", &options.minutes), ("--seed", &options.seed)] {
        if let Some(value) = value {
            cargo.args([option, value]);
        }
    }
    step("trials", || command::run(&mut cargo))
}
