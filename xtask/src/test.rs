//! `cargo xtask test`: everything, in the order in which it fails soonest.
//!
//! A step that fails ends the run and is named with the command that runs it
//! alone. Nothing is skipped: a test that did not run is a failure.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::args::TestOptions;
use crate::command::{self, elapsed, step};
use crate::components;
use crate::paths::Paths;
use crate::runner::{self, Count};
use crate::{need, server, site, size, tidy, wasm};

type Work = fn(&Paths, &[String]) -> Result<Count>;

const STEPS: [(&str, Work); 13] = [
    ("fmt", fmt),
    ("tidy", |paths, _| step("tidy", || tidy::check(&paths.root)).map(|()| Count::default())),
    ("tools", tools),
    ("site", |paths, _| site::build(paths, false).map(|_| Count::default())),
    ("clippy", clippy),
    ("clippy-app", clippy_app),
    ("server", |paths, _| server::build_dev(paths).map(|_| Count::default())),
    ("probe", |paths, _| wasm::build_probe(paths).map(|()| Count::default())),
    ("components", components::test),
    ("size", sizes),
    ("tests", runner::tests),
    ("postgres", runner::postgres_tests),
    ("doctests", runner::doctests),
];

pub fn test(options: &TestOptions) -> Result<()> {
    if let Some(unknown) = options.only.iter().find(|name| !STEPS.iter().any(|s| s.0 == *name)) {
        let known: Vec<_> = STEPS.iter().map(|step| step.0).collect();
        bail!("there is no step {unknown:?}; there are: {}", known.join(", "));
    }
    let paths = Paths::find()?;
    let start = Instant::now();
    let mut times = Vec::new();
    let mut count = Count::default();
    for (name, work) in STEPS {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == name) {
            continue;
        }
        let begun = Instant::now();
        match work(&paths, &options.rest) {
            Ok(more) => count += more,
            Err(error) => {
                summary(&times, &count, start);
                bail!("{name}: {error:#}\n  only this step: cargo xtask test --only {name}");
            }
        }
        times.push((name, begun.elapsed()));
    }
    summary(&times, &count, start);
    Ok(())
}

fn summary(times: &[(&str, std::time::Duration)], count: &Count, start: Instant) {
    println!("\n{:<12} {:>12}", "step", "time");
    for (name, time) in times {
        println!("{name:<12} {:>12}  ✓", elapsed(*time));
    }
    println!("{:<12} {:>12}", "all", elapsed(start.elapsed()));
    if count.any() {
        // The form that test services read.
        println!("\n{count}");
    }
}

fn fmt(paths: &Paths, _: &[String]) -> Result<Count> {
    need::rust_component("fmt", "rustfmt")?;
    step("cargo fmt --check", || {
        command::run(server::cargo(paths).args(["fmt", "--all", "--check"]))
    })?;
    Ok(Count::default())
}

fn tools(paths: &Paths, _: &[String]) -> Result<Count> {
    step("tools for the tests", || {
        need::wasm_target()?;
        need::rust_component("clippy", "clippy")?;
        need::browser()?;
        need::nginx()?;
        need::postgres()?;
        need::axe(paths).map(|_| Count::default())
    })
}

fn clippy(paths: &Paths, _: &[String]) -> Result<Count> {
    step("clippy", || {
        command::run(server::cargo(paths).args([
            "clippy",
            "--workspace",
            "--all-targets",
            // Runs with a server only, and so is none of all targets.
            "--test",
            "postgres",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    Ok(Count::default())
}

/// Lints of the browser's target see what only WASM compiles.
fn clippy_app(paths: &Paths, _: &[String]) -> Result<Count> {
    step("clippy of the entry points for WASM", || {
        command::run(server::cargo(paths).args([
            "clippy",
            "-p",
            "app-shared",
            "-p",
            "app-field",
            "-p",
            "app-desk",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    step("clippy of the tests in the browser", || {
        command::run(server::cargo(paths).args([
            "clippy",
            "-p",
            "app-shared",
            "--tests",
            "--target",
            wasm::TARGET,
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    Ok(Count::default())
}

fn sizes(paths: &Paths, _: &[String]) -> Result<Count> {
    step("size of a first start", || {
        let files = site::shipped(&paths.site())?;
        size::print(&files, &size::demo_pack(paths, &paths.server_binary("debug"))?);
        Ok(())
    })?;
    Ok(Count::default())
}
