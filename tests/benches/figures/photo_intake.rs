//! Photos as they come at noon: 32 phones, each record with two photos of about 260 KB, every
//! photo durable when it is answered. Beside it, in the same run, a loop that only writes,
//! syncs and renames the same files.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use tests::{client::new_case, server::Server};

use crate::{
    operations::{accepted, phones, report, shot},
    table::Table,
};

const PHONES: usize = 32;
const RECORDS_EACH: usize = 12;
const PHOTOS_EACH: usize = 2;
const FILES: usize = PHONES * RECORDS_EACH * PHOTOS_EACH;
const LOOP_THREADS: usize = 16;
/// How often it is asked how many pictures are to be made still.
const LOOK_INTERVAL: Duration = Duration::from_millis(100);

pub fn measure(table: &mut Table) -> Result<()> {
    // 1280 × 1050: about the size in bytes that a phone shrinks a photo to.
    let base = fs::read(tests::media::photo(1280, 1050)?)?;
    let folder = tempfile::tempdir()?;
    let written = write_loop(folder.path(), &base)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let taken = runtime.block_on(intake(base.clone()))?;
    let kilobytes = base.len() / 1000;
    table.add(format!("files of {kilobytes} KB: written, synced, renamed"), written);
    let what = format!("{PHONES} phones: photos of {kilobytes} KB, two a record");
    table.compare(what, taken.a_second, written, "the loop");
    table.add("small pictures made behind them", taken.derived_a_second);
    table.note(format!(
        "A photo is answered after {:.0} ms (p50), {:.0} ms (p99); the server held {} MB at most.",
        taken.p50.as_secs_f64() * 1e3,
        taken.p99.as_secs_f64() * 1e3,
        taken.peak_bytes / 1_000_000,
    ));
    Ok(())
}

/// Files a second of nothing but the disk.
fn write_loop(folder: &Path, base: &[u8]) -> Result<f64> {
    for first in 0..=u8::MAX {
        fs::create_dir(folder.join(format!("{first:02x}")))?;
    }
    let start = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..LOOP_THREADS)
            .map(|thread| {
                scope.spawn(move || {
                    for n in (thread..FILES).step_by(LOOP_THREADS) {
                        let photo = tests::media::another(base, &n.to_string());
                        let folder = folder.join(format!("{:02x}", n % 256));
                        let (staged, place) =
                            (folder.join(format!("{n}#")), folder.join(n.to_string()));
                        let mut file = File::create(&staged)?;
                        file.write_all(&photo)?;
                        file.sync_all()?;
                        fs::rename(&staged, &place)?;
                        File::open(&folder)?.sync_all()?;
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        threads.into_iter().try_for_each(|it| it.join().map_err(|_| anyhow::anyhow!("panicked"))?)
    })?;
    Ok(FILES as f64 / start.elapsed().as_secs_f64())
}

struct Taken {
    a_second: f64,
    p50: Duration,
    p99: Duration,
    derived_a_second: f64,
    peak_bytes: u64,
}

async fn intake(base: Vec<u8>) -> Result<Taken> {
    let server = Server::demo().await?;
    let phones = phones(&server, PHONES).await?;
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for (mut phone, pack) in phones {
        let base = base.clone();
        running.spawn(async move {
            let mut answered = Vec::new();
            for n in 0..RECORDS_EACH {
                let photos: Vec<_> = (0..PHOTOS_EACH)
                    .map(|photo| {
                        tests::media::another(&base, &format!("{}-{n}-{photo}", phone.device))
                    })
                    .collect();
                let report = report(&pack, n, photos.iter().map(|photo| shot(photo)).collect())?;
                let sealed = phone.seal(new_case(), 0, report)?;
                accepted(&phone, vec![sealed]).await?;
                for photo in photos {
                    let sent = Instant::now();
                    phone.put_photo(photo).await?;
                    answered.push(sent.elapsed());
                }
            }
            anyhow::Ok(answered)
        });
    }
    let mut answered = Vec::new();
    while let Some(done) = running.join_next().await {
        answered.extend(done??);
    }
    let a_second = FILES as f64 / start.elapsed().as_secs_f64();
    let waiting = jobs_waiting(&server).await?;
    let behind = Instant::now();
    // A look costs the server a synced file: not at every moment.
    let mut looks = tokio::time::interval(LOOK_INTERVAL);
    while jobs_waiting(&server).await? > 0 {
        looks.tick().await;
    }
    answered.sort();
    let at = |part: usize| answered.get(answered.len() * part / 100).copied().context("no photo");
    Ok(Taken {
        a_second,
        p50: at(50)?,
        p99: at(99)?,
        derived_a_second: waiting as f64 / behind.elapsed().as_secs_f64(),
        peak_bytes: server.peak_memory()?,
    })
}

async fn jobs_waiting(server: &Server) -> Result<u64> {
    let health: serde_json::Value = reqwest::get(server.url("/healthz")).await?.json().await?;
    health["jobs"]["waiting"].as_u64().context("no count of jobs")
}
