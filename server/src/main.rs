//! `xunjie`: see [`xunjie::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    xunjie::cli::run()
}
