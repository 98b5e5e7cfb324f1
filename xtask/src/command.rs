//! Running other programs, and telling what is being done for how long.
//!
//! A step is one line when it starts and one when it ends; what the programs
//! print themselves passes through.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Does `work` under a name, with the elapsed time on the closing line.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▸ {name}");
    let start = Instant::now();
    let done = work().with_context(|| name.to_owned())?;
    eprintln!("✓ {name}  {}", elapsed(start.elapsed()));
    Ok(done)
}

pub fn elapsed(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// The cargo that runs this tool, so that a pinned toolchain stays pinned.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end with the output passed through.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start: {}", line(command)))?;
    if !status.success() {
        bail!("failed ({status}): {}", line(command));
    }
    Ok(())
}

/// Runs to the end and gives its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    String::from_utf8(output_bytes(command)?)
        .with_context(|| format!("not text: {}", line(command)))
}

pub fn output_bytes(command: &mut Command) -> Result<Vec<u8>> {
    let out = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start: {}", line(command)))?;
    if !out.status.success() {
        bail!("failed ({}): {}", out.status, line(command));
    }
    Ok(out.stdout)
}

/// Whether a program answers at all, quietly.
pub fn answers(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as it would be typed.
pub fn line(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}
