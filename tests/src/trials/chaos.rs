//! A long day on a bad line: every phone has its own, slow, late, lossy and cut again
//! and again. Everything arrives, for not many more bytes than it has, and no call
//! hangs.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tokio::task::JoinSet;

use super::{Figures, expected::Expected};
use crate::{
    client::{Client, DEMO_PASSWORD},
    media,
    network::{Conditions, Line},
    phone::{Pace, Phone, Reports},
    server::Server,
};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub phones: usize,
    /// Reports of each phone, each with [`PHOTOS`].
    pub reports: usize,
    /// Time passes so many times faster on the lines and in the phones.
    pub speedup: f64,
    pub time: Duration,
    /// Bytes over the line at most, against those of the photos and records themselves.
    pub most_bytes: f64,
    pub seed: u64,
}

const PHOTOS: usize = 3;

/// On the phone's clock.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

pub async fn run(plan: Plan) -> Result<Figures> {
    println!("chaos: seed {}", plan.seed);
    let server = Server::demo().await?;
    let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let pack = client.pack().await?;
    // Of 0.3 to 3 MB.
    let sizes = [(1_070, 800), (1_600, 1_200), (2_400, 1_800), (3_300, 2_500)];
    let mut kinds = Vec::new();
    for (width, height) in sizes {
        kinds.push(Reports::new(pack.clone(), media::photo(width, height)?)?);
    }
    let kinds = Arc::new(kinds);
    let folder = tempfile::tempdir()?;
    let start = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..plan.phones {
        let seed = plan.seed.wrapping_add(number as u64);
        let folder = folder.path().join(number.to_string());
        let silence = LONGEST_SILENCE.div_f64(plan.speedup);
        let pace = Pace { speedup: plan.speedup, silence };
        // Signed in at the office.
        let office = server.url("");
        let mut phone = Phone::sign_in(&office, "inspector", &folder, pace, seed).await?;
        let (kinds, server) = (Arc::clone(&kinds), server.address());
        running.spawn(async move {
            let line = Line::to(server, Conditions::bad(plan.speedup), seed).await?;
            phone.calls = phone.calls.by_way_of(&line.url(""));
            for report in 0..plan.reports {
                let kind = &kinds[(number + report) % kinds.len()];
                let (command, photos) = kind.make(&format!("chaos {number}"), report, PHOTOS)?;
                phone.report(command, &photos)?;
            }
            phone.until_settled().await?;
            anyhow::Ok((phone, line))
        });
    }
    let mut done = Expected::default();
    let (mut over_the_line, mut ideal, mut cuts) = (0, 0, 0);
    let mut silence = Duration::ZERO;
    let mut ratios = HashMap::new();
    let left = |start: Instant| plan.time.saturating_sub(start.elapsed());
    while let Some(ended) = tokio::time::timeout(left(start), running.join_next())
        .await
        .with_context(|| format!("not all was there after {:?}", plan.time))?
    {
        let (phone, line) = ended??;
        done.note(&phone)?;
        let photos: u64 = phone.store.photos.values().map(|photo| photo.length).sum();
        let text = phone.store.operations.values().map(|row| row.sealed.body.len() as u64);
        let needed = photos + text.sum::<u64>();
        ratios.insert(phone.calls.device, line.bytes() as f64 / needed as f64);
        ideal += needed;
        over_the_line += line.bytes();
        cuts += line.cuts();
        silence = silence.max(line.longest_silence());
        println!("chaos: {} of {} phones done, {:?}", ratios.len(), plan.phones, start.elapsed());
    }
    let took = start.elapsed();
    done.is_exactly_what_is_on(&server).await?;
    let ratio = over_the_line as f64 / ideal as f64;
    let worst = ratios.values().copied().fold(0.0, f64::max);
    let silence = silence.mul_f64(plan.speedup);
    let mut figures =
        Figures::of(format!("A bad line, {} times faster, seed {}", plan.speedup, plan.seed));
    figures.add("phones, each with its own line", plan.phones);
    figures.add("records, each once", done.operations());
    figures.add("photos, each byte for byte", done.photos().len());
    figures.add("megabytes of them", format!("{:.1}", ideal as f64 / 1e6));
    figures.add("cuts", cuts);
    figures.add("bytes over the line, against those", format!("{ratio:.3}"));
    figures.add("the same of the worst phone", format!("{worst:.3}"));
    figures.add(
        "longest silence of an open call, phone's time",
        format!("{:.0} s", silence.as_secs_f64()),
    );
    figures.add("time, phone's", format!("{:.0} s", took.as_secs_f64() * plan.speedup));
    figures.add("time", format!("{:.0} s", took.as_secs_f64()));
    println!("{figures}");
    ensure!(ratio <= plan.most_bytes, "{ratio:.2} times the bytes");
    Ok(figures)
}
