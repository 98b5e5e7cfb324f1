//! The server is killed (SIGKILL) again and again while phones send. After every
//! restart it must honour the receipts given since the one before and some of the older
//! ones, now and then and at the end every one; and everything is there, once.
//!
//! A kill comes a random time after a random number of reports, so that each life of
//! the server does some work and ends anywhere in it. A killed process loses nothing
//! that the kernel already has: what only the disk could lose, this does not show.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::{sync::mpsc, task::JoinSet};

use super::{Figures, derivatives, expected::Expected};
use crate::{
    client::{Client, DEMO_PASSWORD},
    phone::{Calls, Pace, Phone, Receipts, Reports},
    server::Server,
};

#[derive(Clone, Debug)]
pub struct Plan {
    pub phones: usize,
    pub kills: usize,
    /// The photo; each that is sent is another.
    pub picture: PathBuf,
    /// Its bytes, at least.
    pub length: usize,
    /// No kill begins after this.
    pub time: Duration,
    pub seed: u64,
}

/// Reports sent between two kills, at most.
const LONGEST_LIFE: usize = 80;

/// And then a moment more, in microseconds.
const MOMENT: u64 = 30_000;

/// After so many kills every receipt that was ever given is asked for.
const WHOLE: usize = 50;

/// Older receipts of each phone that are asked for after each kill.
const OLDER: usize = 5;

/// Photos of a report: one to so many.
const MAX_PHOTOS: usize = 3;

pub async fn run(plan: Plan) -> Result<Figures> {
    println!("kills: seed {}", plan.seed);
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let mut server = Server::demo().await?;
    let folder = tempfile::tempdir()?;
    let mut phones = Phones::start(&server, &folder, &plan).await?;

    let start = Instant::now();
    let mut killed = 0;
    let mut checked = 0;
    while killed < plan.kills && start.elapsed() < plan.time {
        phones.forget_the_past();
        for _ in 0..random.usize(1..=LONGEST_LIFE) {
            phones.one_settled().await?;
        }
        let moment = Duration::from_micros(random.u64(0..MOMENT));
        tokio::time::sleep(moment).await; // the wait is the fault
        server.kill().await?;
        killed += 1;
        server.start().await?;
        let is_whole = killed % WHOLE == 0;
        checked += phones.are_honoured(is_whole).await?;
        if is_whole {
            let time = start.elapsed().as_secs();
            println!("kills: {killed} of {}, {checked} receipts asked for, {time} s", plan.kills);
        }
    }
    let (done, receipts) = phones.finish().await.context("after the last kill")?;
    done.is_exactly_what_is_on(&server).await?;
    let pictures = derivatives::all_made_of(&done.photos(), &server).await?;
    server.stop().await?;
    server.verify().await?;

    let mut figures = Figures::of(format!("Server killed under load, seed {}", plan.seed));
    figures.add("phones", plan.phones);
    figures.add("kills", killed);
    figures.add("receipts asked for after restarts, all honoured", checked);
    figures.add("receipts honoured at the end, all there were", receipts);
    figures.add("operations, each in effect once", done.operations());
    figures.add("photos, each byte for byte", done.photos().len());
    figures.add("small pictures of them, each made", pictures);
    figures.add("time", format!("{:.0} s", start.elapsed().as_secs_f64()));
    Ok(figures)
}

struct Phones {
    /// What the checker needs of each.
    known: Vec<(Calls, Receipts)>,
    running: JoinSet<Result<Phone>>,
    is_over: Arc<AtomicBool>,
    settled: mpsc::UnboundedReceiver<()>,
}

impl Phones {
    async fn start(server: &Server, folder: &TempDir, plan: &Plan) -> Result<Self> {
        let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
        let reports = Arc::new(Reports::new(client.pack().await?, plan.picture.clone())?);
        let (settle, settled) = mpsc::unbounded_channel();
        let is_over = Arc::new(AtomicBool::new(false));
        let mut all = Vec::new();
        for number in 0..plan.phones {
            let folder = folder.path().join(number.to_string());
            let user = ["inspector", "inspector2"][number % 2];
            let seed = plan.seed.wrapping_add(number as u64);
            all.push(Phone::sign_in(&server.url(""), user, &folder, Pace::HASTY, seed).await?);
        }
        let known = all.iter().map(|it| (it.calls.clone(), it.receipts.clone())).collect();
        let mut running = JoinSet::new();
        for (number, phone) in all.into_iter().enumerate() {
            let (reports, is_over) = (Arc::clone(&reports), Arc::clone(&is_over));
            let day = Day { number, length: plan.length, reports, is_over };
            running.spawn(day.work(phone, settle.clone()));
        }
        Ok(Self { known, running, is_over, settled })
    }

    /// Only what is settled from now on counts.
    fn forget_the_past(&mut self) {
        while self.settled.try_recv().is_ok() {}
    }

    /// Until some phone has got all the receipts it waits for.
    async fn one_settled(&mut self) -> Result<()> {
        tokio::select! {
            settled = self.settled.recv() => settled.context("no phone is left"),
            Some(ended) = self.running.join_next() => {
                ended??;
                anyhow::bail!("a phone stopped")
            }
        }
    }

    /// How many receipts the server stands by; an error says which it does not.
    async fn are_honoured(&self, is_whole: bool) -> Result<usize> {
        let mut checks = JoinSet::new();
        for (calls, receipts) in self.known.clone() {
            checks.spawn(async move {
                if is_whole {
                    receipts.honoured(&calls).await
                } else {
                    receipts.honoured_lately(&calls, OLDER).await
                }
            });
        }
        let mut count = 0;
        while let Some(check) = checks.join_next().await {
            count += check??;
        }
        Ok(count)
    }

    /// Nobody is disturbed any more: everything goes through.
    async fn finish(mut self) -> Result<(Expected, usize)> {
        self.is_over.store(true, Ordering::Relaxed);
        drop(self.settled);
        let (mut done, mut receipts) = (Expected::default(), 0);
        while let Some(phone) = self.running.join_next().await {
            let mut phone = phone??;
            phone.until_settled().await?;
            let damaged = phone.store.photos.values().filter(|photo| photo.damaged).count();
            ensure!(damaged == 0, "{damaged} photos are damaged on a phone");
            let honoured = phone.receipts.honoured(&phone.calls).await?;
            receipts += honoured;
            done.note(&phone)?;
        }
        Ok((done, receipts))
    }
}

/// One inspector's day.
struct Day {
    number: usize,
    /// Of a photo, in bytes.
    length: usize,
    reports: Arc<Reports>,
    is_over: Arc<AtomicBool>,
}

impl Day {
    /// Reports, sends, reports. Now and then the page is killed too.
    async fn work(self, mut phone: Phone, settled: mpsc::UnboundedSender<()>) -> Result<Phone> {
        let name = self.number.to_string();
        for report in 0_usize.. {
            if self.is_over.load(Ordering::Relaxed) {
                break;
            }
            let lengths = vec![self.length; 1 + report % MAX_PHOTOS];
            let (command, photos) = self.reports.make_of(&name, report, &lengths)?;
            phone.report(command, &photos)?;
            if report % 5 == 4 {
                phone.restart()?;
            }
            phone.until_settled().await?;
            if settled.send(()).is_err() {
                break;
            }
        }
        Ok(phone)
    }
}
