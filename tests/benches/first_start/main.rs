//! How long a person waits: from the address to a usable shutter (field) or board (desk),
//! for the very first start on three lines and for later starts with and without a
//! network. The page's processor is four times slower than this machine. Medians of five.
//!
//! `XUNJIE_BEFORE` may name the binary of an earlier version: it is measured in the same
//! run, one start of each in turn.

mod start;

use anyhow::{Context as _, Result};
use start::{ENTRIES, Entry, Line, Version};

/// Starts of each kind.
const STARTS: usize = 5;

/// Starts without a network, of which the 95th percentile is asked for.
const OFFLINE_STARTS: usize = STARTS * 4;

/// A week's work that has not been sent.
const RECORDS: usize = 300;

/// What the line carries, both ways, with 40 ms there and back.
const LINES: [Line; 3] = [
    Line { name: "400 kbit/s", bits: 400_000 },
    Line { name: "2 Mbit/s", bits: 2_000_000 },
    Line { name: "20 Mbit/s", bits: 20_000_000 },
];

fn main() -> Result<()> {
    // `cargo test` and nextest start benches too; only `cargo bench` means it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    tokio::runtime::Runtime::new()?.block_on(measure())
}

async fn measure() -> Result<()> {
    let mut versions = vec![Version::current()?];
    versions.extend(Version::before());
    println!("| start | {} |", names(&versions));
    println!("|---|{}", "---:|".repeat(versions.len()));
    for entry in ENTRIES {
        for line in LINES {
            let mut times = vec![Vec::new(); versions.len()];
            for _ in 0..STARTS {
                for (version, times) in versions.iter().zip(&mut times) {
                    times.push(start::first(version, entry, line).await?);
                }
            }
            print_row(&format!("{}, first, {}", entry.name, line.name), &mut times)?;
        }
        later(&versions, entry).await?;
    }
    with_records().await
}

/// Later starts: the same phone again and again, first with its server, then without.
async fn later(versions: &[Version], entry: Entry) -> Result<()> {
    let mut online = vec![Vec::new(); versions.len()];
    let mut offline = online.clone();
    for (index, version) in versions.iter().enumerate() {
        let mut phone = start::installed(version, entry).await?;
        for _ in 0..STARTS {
            online.get_mut(index).context("a version")?.push(phone.start().await?);
        }
        phone.lose_network().await?;
        for _ in 0..OFFLINE_STARTS {
            offline.get_mut(index).context("a version")?.push(phone.start().await?);
        }
    }
    print_row(&format!("{}, later, online", entry.name), &mut online)?;
    print_row(&format!("{}, later, offline", entry.name), &mut offline)
}

/// Starts of field without a network when a week's records wait on the phone. Only of this
/// version: the steps by which records are made are those of its screens.
async fn with_records() -> Result<()> {
    let [field, _] = ENTRIES;
    let mut phone = start::installed(&Version::current()?, field).await?;
    phone.lose_network().await?;
    phone.record(RECORDS).await?;
    let mut times = Vec::new();
    for _ in 0..OFFLINE_STARTS {
        times.push(phone.start().await?);
    }
    print_row(&format!("field, later, offline, {RECORDS} records"), &mut [times])
}

fn names(versions: &[Version]) -> String {
    versions.iter().map(|version| version.name).collect::<Vec<_>>().join(" | ")
}

/// Median, and behind it the 95th percentile.
fn print_row(what: &str, times: &mut [Vec<f64>]) -> Result<()> {
    let mut cells = Vec::new();
    for times in times {
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times.get(((times.len() - 1) as f64 * part).round() as usize);
        let (median, late) = (at(0.5).context("no start")?, at(0.95).context("no start")?);
        cells.push(format!("{median:.2} s (p95 {late:.2} s)"));
    }
    println!("| {what} | {} |", cells.join(" | "));
    Ok(())
}
