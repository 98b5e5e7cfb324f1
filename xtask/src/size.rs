//! What a phone downloads before it can work offline, against the budget.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::compress::Compressor;
use crate::paths::Paths;
use crate::site::Shipped;

/// What it may be: brotli, all of it, the demo district included.
const BUDGET: usize = 350 * 1024;

/// Asks the server for the demo district as a phone receives it.
pub fn demo_pack(paths: &Paths, server: &Path) -> Result<Shipped> {
    let json = command::output_bytes(
        Command::new(server).args(["pack", "compile"]).arg(paths.demo_pack()),
    )?;
    if json.is_empty() {
        bail!("xunjie pack compile {} gave nothing", paths.demo_pack().display());
    }
    let brotli = Compressor::new(paths, false)?.brotli(&json, &[])?;
    Ok(Shipped { name: "demo district (API)".into(), raw: json.len(), brotli: brotli.len() })
}

/// Every file as a row, and the sum.
pub fn print(files: &[Shipped]) {
    let wide = files.iter().map(|file| file.name.len()).max().unwrap_or(0).max(30);
    println!("\n{:<wide$} {:>11} {:>11}", "file", "raw", "brotli");
    for file in files {
        println!("{:<wide$} {:>11} {:>11}", file.name, bytes(file.raw), bytes(file.brotli));
    }
    println!(
        "{:<wide$} {:>11} {:>11}\n",
        "first start, all of it",
        bytes(files.iter().map(|file| file.raw).sum()),
        bytes(total(files)),
    );
}

pub fn check(files: &[Shipped]) -> Result<()> {
    let total = total(files);
    if total > BUDGET {
        let largest = files.iter().max_by_key(|file| file.brotli).context("no files")?;
        bail!(
            "a first start downloads {}, it must not grow beyond {}; the largest is {} with {}",
            bytes(total),
            bytes(BUDGET),
            largest.name,
            bytes(largest.brotli),
        );
    }
    println!("within the budget of {}", bytes(BUDGET));
    Ok(())
}

fn total(files: &[Shipped]) -> usize {
    files.iter().map(|file| file.brotli).sum()
}

/// Kilobytes with one decimal, 1 KB = 1024 bytes.
fn bytes(count: usize) -> String {
    let tenths = (count * 10).div_ceil(1024);
    format!("{}.{} KB", tenths / 10, tenths % 10)
}
