//! The long forms of the trials, one or several by name: `cargo xtask soak` builds what
//! they need and starts this.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tests::{
    media,
    proxy::Fault,
    trials::{
        Figures, browser_kills, chaos, faults, intermediaries, kills, restores, tabs, updates, week,
    },
};

/// What there is, in the order in which all of them run.
const TRIALS: [&str; 10] = [
    "kills", "intake", "networks", "faults", "restore", "chaos", "browser", "tabs", "updates",
    "week",
];

struct Options {
    trials: Vec<String>,
    /// For each trial.
    time: Duration,
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = options(std::env::args().skip(1))?;
    let mut all = Vec::new();
    for name in &options.trials {
        println!("▸ {name}, at most {} minutes", options.time.as_secs() / 60);
        all.push(trial(name, &options).await.with_context(|| name.clone())?);
    }
    println!();
    for figures in all {
        println!("{figures}");
    }
    Ok(())
}

async fn trial(name: &str, options: &Options) -> Result<Figures> {
    let (time, seed) = (options.time, options.seed);
    match name {
        "kills" => {
            let (phones, kills, picture, length) = (50, 1_000, media::tiny(1)?, 0);
            kills::run(kills::Plan { phones, kills, picture, length, time, seed }).await
        }
        // Photos as phones send them.
        "intake" => {
            let (phones, kills, picture, length) = (32, 200, media::small(1)?, 260_000);
            kills::run(kills::Plan { phones, kills, picture, length, time, seed }).await
        }
        // As phones shrink them, and as they come from a gallery.
        "networks" => {
            let lengths = [300_000, 1_800_000, 9_000_000, 25_000_000];
            let records = lengths.iter().cycle().map(|length| vec![*length]).take(20).collect();
            intermediaries::run(intermediaries::Plan { records }).await
        }
        "faults" => {
            let faults = Fault::all();
            faults::run(faults::Plan { phones: 8, faults, picture: media::small(2)?, time }).await
        }
        "restore" => restores::run(restores::Plan { phones: 50, reports: 20, seed }).await,
        // 200 records and 600 photos, at the pace of the field.
        "chaos" => {
            let (phones, reports, most_bytes) = (20, 10, 1.4);
            chaos::run(chaos::Plan { phones, reports, speedup: 1.0, time, most_bytes, seed }).await
        }
        "browser" => browser_kills::run(browser_kills::Plan { kills: 1_000, time, seed }).await,
        // Five tabs with 20 reports each, at the pace of a good line.
        "tabs" => {
            let (tabs, reports, reloads) = (5, 20, 20);
            let (picture, bits, most_wasted) = (media::small as fn(u32) -> _, 4_000_000, 1.0);
            tabs::run(tabs::Plan { tabs, reports, reloads, picture, bits, most_wasted }).await
        }
        "updates" => updates::run(updates::Plan { trials: 200, records: 12, time, seed }).await,
        // 300 records and 1,200 photos, one in 25 of 12 megapixels.
        "week" => {
            let (records, photos, starts, large, slower) = (300, 4, 34, 25, 4.0);
            let plan = week::Plan { records, photos, starts, large, slower, time, seed };
            week::run(plan).await
        }
        other => bail!("there is no trial {other:?}; there are: {}", TRIALS.join(", ")),
    }
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options> {
    let mut options =
        Options { trials: Vec::new(), time: Duration::from_secs(3_600), seed: fastrand::u64(..) };
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a number"));
        match word.as_str() {
            "--minutes" => options.time = Duration::from_secs(60 * value()?.parse::<u64>()?),
            "--seed" => options.seed = value()?.parse()?,
            _ => options.trials.push(word),
        }
    }
    if options.trials.is_empty() {
        options.trials = TRIALS.map(str::to_owned).into();
    }
    Ok(options)
}
