//! Runs the tests of the workspace and counts what the runner reports.
//!
//! The tests find what they need in the environment:
//!
//! | variable | holds |
//! |---|---|
//! | `XUNJIE_BIN` | the server's binary |
//! | `XUNJIE_AXE` | `axe.min.js` |
//! | `XUNJIE_PROBE` | `probe.wasm`, which assigns generated reports in a browser |
//! | `XUNJIE_TARGET` | the target folder: screenshots, photos, logs go there |
//! | `XUNJIE_TEST_POSTGRES` | a server of PostgreSQL; without it the servers use SQLite |

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::AddAssign;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::command::{self, step};
use crate::paths::Paths;
use crate::postgres::{self, Postgres};
use crate::{need, server, wasm};

/// The seed of the examples that properties are tried with.
const PROPERTIES: &str = "PROPTEST_RNG_SEED";

#[derive(Debug, Default, PartialEq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

/// All tests, the browser's among them. `rest` goes to the runner, and only
/// then may tests be left out.
pub fn tests(paths: &Paths, rest: &[String]) -> Result<Count> {
    let binary = paths.server_binary("debug");
    if !binary.exists() {
        bail!("no server at {}: cargo xtask test --only site,server", binary.display());
    }
    let probe = wasm::probe(paths);
    if !probe.exists() {
        bail!("no probe at {}: cargo xtask test --only probe", probe.display());
    }
    let axe = need::axe(paths)?;
    let mut cargo = server::cargo(paths);
    if need::has_nextest() {
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast", "--color=never"]);
    } else {
        // Two browsers at once are too much for a small machine.
        cargo.args(["test", "--workspace", "--all-targets", "--no-fail-fast"]);
        cargo.args(["--", "--test-threads=1"]);
    }
    cargo
        .args(rest)
        .env("XUNJIE_BIN", binary)
        .env("XUNJIE_AXE", axe)
        .env("XUNJIE_PROBE", probe)
        .env("XUNJIE_TARGET", &paths.target);
    // The same examples each time: a failure is then of the change that is tried.
    if std::env::var_os(PROPERTIES).is_none() {
        cargo.env(PROPERTIES, "20261123");
    }
    step("tests", || counted(&mut cargo, rest.is_empty()))
}

/// The server's tests once more, on PostgreSQL, and those that are about PostgreSQL. What is
/// about SQLite's file has run before, and is left out by the name of its module.
pub fn postgres_tests(paths: &Paths, rest: &[String]) -> Result<Count> {
    let postgres = step("PostgreSQL for the tests", Postgres::start)?;
    let mut cargo = server::cargo(paths);
    let targets = ["--test", "api", "--test", "store", "--test", "postgres"];
    if need::has_nextest() {
        cargo.args(["nextest", "run", "-p", "xunjie", "--no-fail-fast", "--color=never"]);
        cargo.args(targets).args(["-E", "not test(/^sqlite::/)"]).args(rest);
    } else {
        cargo.args(["test", "-p", "xunjie", "--no-fail-fast"]).args(targets);
        cargo.args(["--", "--skip", "sqlite::"]).args(rest);
    }
    cargo.env(postgres::VARIABLE, postgres.address());
    let mut count = step("the server's tests on PostgreSQL", || counted(&mut cargo, false))?;
    let mut trials = trials_on_postgres(paths);
    trials.env(postgres::VARIABLE, postgres.address());
    count += step("trials of the server on PostgreSQL", || counted(&mut trials, false))?;
    Ok(Count { skipped: 0, ..count })
}

/// The trials in which a server is killed, and its line meets every fault.
fn trials_on_postgres(paths: &Paths) -> Command {
    let trials = ["killed_server::", "every_fault::"];
    let mut cargo = server::cargo(paths);
    if need::has_nextest() {
        cargo.args(["nextest", "run", "-p", "tests", "--no-fail-fast", "--color=never"]);
        cargo.args(["--test", "reliability"]).args(trials);
    } else {
        cargo.args(["test", "-p", "tests", "--no-fail-fast", "--test", "reliability", "--"]);
        cargo.args(trials);
    }
    cargo.env("XUNJIE_BIN", paths.server_binary("debug")).env("XUNJIE_TARGET", &paths.target);
    cargo
}

/// Examples in documentation, which nextest does not run.
pub fn doctests(paths: &Paths, _: &[String]) -> Result<Count> {
    step("examples in documentation", || {
        counted(server::cargo(paths).args(["test", "--workspace", "--doc", "--quiet"]), true)
    })
}

pub fn counted(cargo: &mut Command, all: bool) -> Result<Count> {
    let (ok, count) = tee(cargo)?;
    if !ok {
        bail!("{count}: {}", command::line(cargo));
    }
    if all && count.skipped > 0 {
        bail!("{} skipped: a test that does not run proves nothing", count.skipped);
    }
    Ok(count)
}

/// Passes both streams on as they come, and counts on the way.
fn tee(command: &mut Command) -> Result<(bool, Count)> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start: {}", command::line(command)))?;
    let out = child.stdout.take().context("no output")?;
    let err = child.stderr.take().context("no output")?;
    let out = thread::spawn(move || relay(out, std::io::stdout()));
    let mut count = relay(err, std::io::stderr())?;
    count += out.join().map_err(|_| anyhow::anyhow!("the reader of the output panicked"))??;
    Ok((child.wait()?.success(), count))
}

fn relay(from: impl Read, mut to: impl Write) -> Result<Count> {
    let mut count = Count::default();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        count += read_summary(&String::from_utf8_lossy(&line)).unwrap_or_default();
        line.clear();
    }
    Ok(count)
}

/// The closing line of nextest, or of one binary under `cargo test`.
fn read_summary(line: &str) -> Option<Count> {
    // A test's own lines, which nextest repeats when it failed, are indented.
    if !line.trim_start().starts_with("Summary [") && !line.starts_with("test result:") {
        return None;
    }
    let before = |word: &str| {
        line.trim()
            .split([',', ';', ':', '.'])
            .filter_map(|part| part.trim().split_once(' '))
            .find(|(_, what)| what.starts_with(word))
            .and_then(|(number, _)| number.parse().ok())
            .unwrap_or(0)
    };
    Some(Count {
        passed: before("passed"),
        failed: before("failed") + before("timed out"),
        skipped: before("skipped") + before("ignored"),
    })
}

impl Count {
    pub fn any(&self) -> bool {
        *self != Count::default()
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, more: Count) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn reads_both_runners() {
        for (line, passed, failed, skipped) in [
            ("     Summary [   1.2s] 7 tests run: 5 passed (1 slow), 2 failed, 3 skipped", 5, 2, 3),
            ("     Summary [   0.1s] 2 tests run: 1 passed, 1 timed out, 0 skipped", 1, 1, 0),
            ("test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 9 filtered out", 4, 0, 1),
        ] {
            assert_eq!(read_summary(line), Some(Count { passed, failed, skipped }), "{line}");
        }
        assert_eq!(read_summary("3 passed, they say"), None);
        assert_eq!(read_summary("    test result: FAILED. 0 passed; 1 failed"), None);
    }
}
