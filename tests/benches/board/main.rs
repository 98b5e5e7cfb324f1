//! The board of headquarters over 50,000 open cases, in a real browser: how long a queue takes to
//! open, how evenly its list scrolls, and how much memory the page needs.
//!
//! `XUNJIE_CASES` may name another number of cases.

#[path = "../case_lists/generated.rs"]
#[allow(dead_code, reason = "shared with the bench of lists, which uses more of it")]
mod generated;

use anyhow::{Context as _, Result, bail};
use serde_json::json;
use tests::{
    browser::Browser,
    journey::{hook, sign_in},
    server::Server,
};

const CASES: usize = 100_000;
const OPEN: usize = 50_000;
const SEED: u64 = 8;
/// Reloads of the page; each opens two queues for the first time and one again.
const ROUNDS: usize = 10;
/// What the page may take for one frame at 60 a second, and half of the next.
const LATE_FRAME_MS: f64 = 25.0;

fn main() -> Result<()> {
    // `cargo test` and nextest start benches too; only `cargo bench` means it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let cases = std::env::var("XUNJIE_CASES").map_or(Ok(CASES), |cases| cases.parse())?;
    tokio::runtime::Runtime::new()?.block_on(measure(cases))
}

async fn measure(cases: usize) -> Result<()> {
    let mut server = Server::demo().await?;
    server.stop().await?;
    let open = OPEN.min(cases / 2);
    generated::fill(&server, cases, open, SEED).await?;
    server.start().await?;

    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.see(&hook("board-row")).await?;
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        desk.reload().await?;
        desk.see(&hook("board-row")).await?;
        first.push(open_queue(&desk, "to_verify").await?);
        first.push(open_queue(&desk, "to_close").await?);
        again.push(open_queue(&desk, "to_verify").await?);
    }
    open_queue(&desk, "open").await?;
    let frames: Vec<f64> = desk.run_async(SCROLL, vec![]).await?;
    println!("| {cases} cases, {open} open | |");
    println!("|---|---:|");
    print_times("a queue is opened", &mut first)?;
    print_times("a queue is opened again", &mut again)?;
    let late = frames.iter().filter(|frame| **frame > LATE_FRAME_MS).count();
    let seconds = frames.iter().sum::<f64>() / 1e3;
    let a_second = frames.len() as f64 / seconds;
    println!(
        "| frames a second while {seconds:.0} s are scrolled | {a_second:.1}, {late} of {} late |",
        frames.len()
    );
    println!("| memory of the page | {} MB |", desk.memory().page() / 1_000_000);
    desk.close().await
}

/// Milliseconds until its rows are painted.
async fn open_queue(desk: &Browser, queue: &str) -> Result<f64> {
    let taken: Option<f64> = desk.run_async(OPEN_QUEUE, vec![json!(queue)]).await?;
    match taken {
        Some(taken) => Ok(taken),
        None => bail!("{queue} did not open"),
    }
}

/// The queue's first row is another than that of the queue before.
const OPEN_QUEUE: &str = r#"
const first = () => document.querySelector('[data-test="board-row"]')?.dataset.case;
const before = first();
const began = performance.now();
document.querySelector(`[data-test="queue-${args[0]}"]`).click();
return new Promise((done) => {
  const look = () => {
    const taken = performance.now() - began;
    const row = first();
    if (row && row !== before) requestAnimationFrame(() => done(performance.now() - began));
    else if (taken > 20_000) done(null);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"#;

/// Half a screen a frame would be a blur: 30 pixels are a fast finger. The times of all frames.
const SCROLL: &str = r"
const scroller = document.querySelector('.scroller');
const frames = [];
return new Promise((done) => {
  let last = performance.now();
  const end = last + 10_000;
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    scroller.scrollTop += 30;
    if (now < end) requestAnimationFrame(frame);
    else done(frames.slice(1));
  };
  requestAnimationFrame(frame);
});
";

fn print_times(what: &str, times: &mut [f64]) -> Result<()> {
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times.get((times.len() - 1) * part / 100).context("no time");
    println!("| {what} | {:.0} ms, p95 {:.0} ms |", at(50)?, at(95)?);
    Ok(())
}
