//! `cargo xtask run | test | build | bench | soak`: everything that is done with this
//! repository, from a bare machine with a Rust toolchain.
//!
//! It installs what is missing and says so; it never downloads a binary from
//! anywhere but the package registries of the tools themselves.

mod args;
mod bench;
mod build;
mod command;
mod components;
mod compress;
mod need;
mod paths;
mod postgres;
mod run;
mod runner;
mod server;
mod site;
mod size;
mod soak;
mod test;
mod tidy;
mod wasm;

use std::process::ExitCode;

use args::{Args, Task};

fn main() -> ExitCode {
    let task = match Args::parse(std::env::args().skip(1)) {
        Ok(Args { task }) => task,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    let done = match task {
        Task::Help => {
            println!("{}", args::HELP);
            Ok(())
        }
        Task::Build { fast } => build::build(fast),
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::test(&options),
        Task::Bench(options) => bench::bench(&options),
        Task::Soak(options) => soak::soak(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}
