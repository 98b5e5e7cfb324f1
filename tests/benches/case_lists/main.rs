//! How long lists, counts, a case and what is near take, with 8 readers at once while 200
//! operations a second are written, in a generated district of ten thousand and of a million
//! cases, on SQLite or PostgreSQL. The time is that of the whole request on loopback.
//!
//! `XUNJIE_CASES` may name other numbers of cases, as `10000,100000`.

mod first_pull;
mod first_pull_in_browser;
mod generated;
mod questions;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use domain::{case::Command, pack::DistrictPack};
use fastrand::Rng;
use first_pull::FirstPull;
use first_pull_in_browser::PullInBrowser;
use reqwest::Method;
use tests::{
    client::{Client, DEMO_PASSWORD, new_case, now},
    server::Server,
};
use tokio::{task::JoinSet, time::interval};

const OPEN: usize = 50_000;
const READERS: usize = 8;
/// Requests of a question in all.
const REQUESTS: usize = 320;
const SEED: u64 = 11;
/// 10 batches of 20 operations a second.
const WRITE_INTERVAL: Duration = Duration::from_millis(100);
const WRITE_BATCH: usize = 20;

fn main() -> Result<()> {
    // `cargo test` and nextest start benches too; only `cargo bench` means it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let sizes = std::env::var("XUNJIE_CASES").unwrap_or_else(|_| "10000,1000000".into());
    let sizes = sizes.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>()?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut columns = Vec::new();
        for &size in &sizes {
            columns.push(measure(size).await?);
        }
        print(&sizes, &columns);
        Ok(())
    })
}

/// Phones whose first pull is measured, by their accounts, and what their people begin with.
const PHONES: [(&str, &str); 2] =
    [("inspector", "[data-test=shutter]:not([disabled])"), ("cgj", "[data-test=task-row]")];

/// What one size gave.
struct Column {
    database_mb: u64,
    rebuild: Duration,
    pulls: Vec<(FirstPull, PullInBrowser)>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    p50: Duration,
    p99: Duration,
}

async fn measure(size: usize) -> Result<Column> {
    let mut server = Server::demo().await?;
    server.stop().await?;
    let began = Instant::now();
    generated::fill(&server, size, OPEN.min(size / 2), SEED).await?;
    eprintln!("{size} cases were made in {:.0?}", began.elapsed());
    let began = Instant::now();
    let rebuilt = generated::database_of(&server)?;
    tokio::task::spawn_blocking(move || server::rebuild::rebuild(&rebuilt, |_| {})).await??;
    let rebuild = began.elapsed();
    eprintln!("rebuilt in {rebuild:.0?}");
    let database_mb = server.database_bytes()? / 1_000_000;
    server.start().await?;

    let reviewer = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let pack = reviewer.pack().await?;
    let mut pulls = Vec::new();
    for (user, usable) in PHONES {
        eprintln!("first pull of {user}");
        let phone = Client::sign_in(&server.url(""), user, DEMO_PASSWORD).await?;
        pulls.push((
            first_pull::measure(&phone).await?,
            first_pull_in_browser::measure(&server, user, usable).await?,
        ));
    }
    let questions = questions::all(&reviewer, &pack).await?;
    let writer = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let writer = tokio::spawn(write(writer, pack));
    let mut rows = Vec::new();
    for question in questions {
        eprintln!("{}", question.name);
        let reader = Client::sign_in(&server.url(""), question.user, DEMO_PASSWORD).await?;
        let times = read(Arc::new(reader), &question.path).await.context(question.name.clone())?;
        let at = |part: usize| times.get(times.len() * part / 100).copied().context("no request");
        rows.push(Row { name: question.name, p50: at(50)?, p99: at(99)? });
    }
    anyhow::ensure!(!writer.is_finished(), "the writer ended: {:?}", writer.await);
    writer.abort();
    Ok(Column { database_mb, rebuild, pulls, rows })
}

/// Sorted.
async fn read(reader: Arc<Client>, path: &str) -> Result<Vec<Duration>> {
    let mut readers = JoinSet::new();
    for _ in 0..READERS {
        let (reader, path) = (Arc::clone(&reader), path.to_owned());
        readers.spawn(async move {
            let mut times = Vec::new();
            for _ in 0..REQUESTS / READERS {
                let began = Instant::now();
                let answer = reader.ask(Method::GET, &path).send().await?.error_for_status()?;
                answer.bytes().await?;
                times.push(began.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = readers.join_next().await {
        times.extend(done??);
    }
    times.sort();
    Ok(times)
}

/// Reports, each with its receipt.
async fn write(mut writer: Client, pack: DistrictPack) -> Result<()> {
    let mut ticks = interval(WRITE_INTERVAL);
    let mut rng = Rng::with_seed(SEED + 1);
    loop {
        ticks.tick().await;
        let mut batch = Vec::new();
        for _ in 0..WRITE_BATCH {
            let report = generated::report(&pack, &mut rng, now())?;
            batch.push(writer.seal(new_case(), 0, Command::Report(Box::new(report)))?);
        }
        writer.send(batch).await?;
    }
}

fn print(sizes: &[usize], columns: &[Column]) {
    let line = |name: &str, cells: Vec<String>| println!("| {name} | {} |", cells.join(" | "));
    line("what", sizes.iter().map(|size| format!("{size} cases: p50, p99")).collect());
    println!("|---|{}", "---:|".repeat(sizes.len()));
    let database = |column: &Column| format!("{} MB", column.database_mb);
    line("database", columns.iter().map(database).collect());
    let rebuild = |column: &Column| format!("{:.1} s", column.rebuild.as_secs_f64());
    line("`xunjie rebuild`", columns.iter().map(rebuild).collect());
    for (at, (user, _)) in PHONES.iter().enumerate() {
        let of = |show: fn(&(FirstPull, PullInBrowser)) -> String| {
            columns.iter().map(move |column| column.pulls.get(at).map_or_else(String::new, show))
        };
        let served = of(|(pull, _)| {
            let FirstPull { cases, pages, bytes, time } = pull;
            let (kilobytes, seconds) = (bytes / 1000, time.as_secs_f64());
            format!("{cases} cases, {pages} pages, {kilobytes} KB, {seconds:.1} s")
        });
        line(&format!("first pull of {user}"), served.collect());
        let waited = of(|(_, pull)| {
            let PullInBrowser { usable_ms, whole_ms, requests, bytes, page_bytes } = pull;
            let (usable, whole) = (usable_ms / 1e3, whole_ms / 1e3);
            let (kilobytes, megabytes) = (bytes / 1000, page_bytes / 1_000_000);
            format!(
                "usable {usable:.1} s, whole {whole:.1} s, {requests} pages, {kilobytes} KB, \
                 page {megabytes} MB"
            )
        });
        line("the same in a browser, 2 Mbit/s", waited.collect());
    }
    let Some(first) = columns.first() else { return };
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1e3);
    for row in &first.rows {
        let cells = columns.iter().map(|column| {
            let row = column.rows.iter().find(|it| it.name == row.name);
            row.map_or_else(|| "–".into(), |row| format!("{} ms, {} ms", ms(row.p50), ms(row.p99)))
        });
        line(&row.name, cells.collect());
    }
}
