//! New versions of the app come while the phone has a report half made and records that
//! have not been sent. The download is spoiled at one file after another, the page is
//! loaded again or the browser killed in the middle of it, and now and then a version
//! comes whole and is asked for. Whatever happens, the app opens, the half-made report
//! and the records are what they were, and the old version goes on until the whole new
//! one is there.

mod releases;
mod unfinished;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;

use self::{
    releases::{Harm, Releases},
    unfinished::UnfinishedWork,
};
use super::{Figures, expected::Expected};
use crate::{
    browser::Browser,
    journey::{BY_LAW, hook, hook_with, report, save, sign_in, until_store},
    media,
    phone_store::PhoneStore,
    proxy::Proxy,
    server::Server,
};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub trials: usize,
    /// Records that wait meanwhile.
    pub records: usize,
    /// No trial begins after this.
    pub time: Duration,
    pub seed: u64,
}

/// Updates that may come to nothing before the one that is waited for.
const LOOKS: usize = 10;

/// A page is loaded again or a browser killed at most so long after the download began.
const LONGEST_MS: u64 = 1_200;

/// What happens to the update in one trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interruption {
    /// Spoiled at this file; waited for.
    Spoiled(usize, Harm),
    /// The page is loaded again in the middle.
    LoadedAgain,
    /// The browser is killed in the middle.
    Killed,
    /// The update arrives whole, and the user accepts it.
    Accepted,
    /// The same, and the browser is killed while the new version takes over.
    KilledAfterAccepting,
}

#[derive(Default)]
struct Count {
    spoiled: BTreeSet<(usize, Harm)>,
    refused: usize,
    again: usize,
    killed: usize,
    accepted: usize,
    killed_after_accepting: usize,
    /// Began anew with a version that nobody had asked for: no page of the old one was
    /// open any more.
    activated_by_itself: usize,
}

pub async fn run(plan: Plan) -> Result<Figures> {
    println!("updates: seed {}", plan.seed);
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let server = Server::demo().await?;
    let line = Proxy::before(server.address()).await?;
    let releases = Arc::new(Mutex::new(Releases::of(&server.url("")).await?));
    let on_the_line = releases.clone();
    line.policy(move |request| locked(&on_the_line).answer(request));
    let mut phone = Browser::phone().await?;
    stand(&phone).await?;
    sign_in(&phone, &line.url("/field/"), "inspector").await?;
    phone.until_offline_ready().await?;
    // A browser writes cookies to disk half a minute late.
    phone.close().await?;
    phone.open().await?;
    locked(&releases).is_online = false;
    stand(&phone).await?;
    phone.go(&line.url("/field/capture")).await?;
    phone.see(&hook_with("screen", "screen", "capture")).await?;
    for record in 0..plan.records {
        let photo = media::tiny(500 + u32::try_from(record)?)?;
        report(&phone, BY_LAW, &[&photo]).await?;
    }
    let mut work = UnfinishedWork::lay(&phone).await?;

    let begun = Instant::now();
    let (mut count, mut trials) = (Count::default(), 0);
    let files = locked(&releases).len();
    let mut harms: Vec<(usize, Harm)> = Vec::new();
    while trials < plan.trials && begun.elapsed() < plan.time {
        if harms.is_empty() {
            harms = every_harm(files);
            random.shuffle(&mut harms);
        }
        let interruption = match trials % 10 {
            1 | 6 => Interruption::LoadedAgain,
            2 | 7 => Interruption::Killed,
            3 => Interruption::Accepted,
            8 => Interruption::KilledAfterAccepting,
            _ => harms
                .pop()
                .map(|(file, harm)| Interruption::Spoiled(file, harm))
                .context("no harm")?,
        };
        let mut trial =
            Trial { phone: &mut phone, line: &line, releases: &releases, work: &mut work };
        trial
            .run(interruption, &mut random, &mut count)
            .await
            .with_context(|| format!("trial {}: {interruption:?}", trials + 1))?;
        trials += 1;
        if trials % 20 == 0 {
            println!("updates: {trials} of {}", plan.trials);
        }
    }
    let took = begun.elapsed();

    // The network is back, and what was half made is finished.
    locked(&releases).is_online = true;
    work.is_as_it_was(&phone).await?;
    save(&phone).await?;
    phone.run::<()>("window.dispatchEvent(new Event('online'))", vec![]).await?;
    let all = plan.records + 1;
    let is_sent = |store: &PhoneStore| store.operations.len() == all && store.is_settled();
    let store = until_store(&phone, "settled", is_sent).await?;
    store.assert_sound()?;
    let mut done = Expected::default();
    done.note_rows(&store.operations)?;
    done.is_exactly_what_is_on(&server).await?;
    phone.close().await?;

    let mut figures = Figures::of(format!("Updates, seed {}", plan.seed));
    figures.add("trials", trials);
    figures.add("versions spoiled at a file, each refused whole", count.refused);
    figures.add(
        "ways to spoil one of the files that were met",
        format!("{} of {}", count.spoiled.len(), every_harm(files).len()),
    );
    figures.add("page loaded again in the middle", count.again);
    figures.add("browser killed in the middle", count.killed);
    figures.add("versions taken when asked for", count.accepted);
    figures.add("browser killed while a version took over", count.killed_after_accepting);
    figures.add("whole versions that a killed browser began with", count.activated_by_itself);
    figures.add("records and photos, each once at the server", done.operations());
    figures.add("time", format!("{:.0} s", took.as_secs_f64()));
    Ok(figures)
}

/// Every file with every harm; the worker's own text has no digest to be held against.
fn every_harm(files: usize) -> Vec<(usize, Harm)> {
    let worker = files - 1;
    let all = (0..files).flat_map(|file| Harm::ALL.map(|harm| (file, harm)));
    all.filter(|at| *at != (worker, Harm::OtherByte)).collect()
}

struct Trial<'a> {
    phone: &'a mut Browser,
    line: &'a Proxy,
    releases: &'a Mutex<Releases>,
    work: &'a mut UnfinishedWork,
}

impl Trial<'_> {
    async fn run(
        &mut self,
        interruption: Interruption,
        random: &mut fastrand::Rng,
        count: &mut Count,
    ) -> Result<()> {
        let before = unfinished::version(self.phone).await?;
        let harmed = match interruption {
            Interruption::Spoiled(file, harm) => Some((file, harm)),
            _ => None,
        };
        let (version, name) = {
            let mut releases = locked(self.releases);
            (releases.publish(harmed)?, releases.name()?)
        };
        let moment = Duration::from_millis(random.u64(0..LONGEST_MS));
        match interruption {
            Interruption::Spoiled(file, harm) => {
                self.update_until("the spoiled file is asked for", || async {
                    Ok(locked(self.releases).is_met)
                })
                .await?;
                ensure!(!self.keeps(&name).await?, "a spoiled version was kept");
                count.spoiled.insert((file, harm));
                count.refused += 1;
                self.goes_on(before, before).await?;
                self.phone.reload().await?;
                self.goes_on(before, before).await.map(drop)
            }
            Interruption::LoadedAgain => {
                self.phone.run::<()>(BEGIN, vec![]).await?;
                tokio::time::sleep(moment).await; // the wait is the fault
                self.phone.reload().await?;
                count.again += 1;
                self.goes_on(before, before).await.map(drop)
            }
            Interruption::Killed => {
                self.phone.run::<()>(BEGIN, vec![]).await?;
                tokio::time::sleep(moment).await; // the wait is the fault
                self.begin_anew().await?;
                count.killed += 1;
                count.activated_by_itself +=
                    usize::from(self.goes_on(before, version).await? > before);
                Ok(())
            }
            Interruption::Accepted | Interruption::KilledAfterAccepting => {
                self.update_until("the whole version is kept", || self.keeps(&name)).await?;
                self.phone.see(&hook("update")).await?;
                self.goes_on(before, before).await?;
                // Typed, and asked for in the same moment.
                self.work.type_more(self.phone).await?;
                self.phone.run::<()>("window.before = true", vec![]).await?;
                self.phone.click(&format!("{} button", hook("update"))).await?;
                if interruption == Interruption::KilledAfterAccepting {
                    tokio::time::sleep(moment / 2).await; // the wait is the fault
                    self.begin_anew().await?;
                    self.work.may_lack_the_last(self.phone).await?;
                    count.killed_after_accepting += 1;
                    self.goes_on(before, version).await.map(drop)
                } else {
                    self.phone.until("!window.before").await?;
                    count.accepted += 1;
                    self.goes_on(version, version).await.map(drop)
                }
            }
        }
    }

    /// Looks for a new version until it is so. A browser looks by itself, too, now and
    /// then, so that once may find the version before.
    async fn update_until<F: Future<Output = Result<bool>>>(
        &self,
        wish: &str,
        is_so: impl Fn() -> F,
    ) -> Result<()> {
        for _ in 0..LOOKS {
            self.phone.look_for_update().await?;
            if is_so().await? {
                return Ok(());
            }
        }
        bail!("{LOOKS} updates, and never {wish}")
    }

    /// Whether the phone has the files of the version of this name.
    async fn keeps(&self, name: &str) -> Result<bool> {
        self.phone.run_async("return caches.has(args[0])", vec![json!(name)]).await
    }

    async fn begin_anew(&mut self) -> Result<()> {
        self.phone.kill().await?;
        self.phone.open().await?;
        stand(self.phone).await?;
        self.phone.go(&self.line.url("/field/capture")).await
    }

    /// The app is open, in a whole version between these two, with everything as it was.
    async fn goes_on(&self, oldest: u32, newest: u32) -> Result<u32> {
        self.phone.see(&hook_with("screen", "screen", "capture")).await?;
        self.phone.see(&hook("report-sheet")).await?;
        let here = unfinished::version(self.phone).await?;
        ensure!((oldest..=newest).contains(&here), "version {here}: not {oldest} to {newest}");
        ensure!(
            unfinished::is_whole(self.phone).await?,
            "version {here} is not whole on the phone"
        );
        self.work.is_as_it_was(self.phone).await?;
        Ok(here)
    }
}

/// Looks for a new version, and comes back when none is being installed any more.
const BEGIN: &str = "navigator.serviceWorker.ready.then((it) => it.update()).catch(() => {});";

async fn stand(phone: &Browser) -> Result<()> {
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await
}

/// A trial that panicked has failed already: its lock is usable.
fn locked(releases: &Mutex<Releases>) -> MutexGuard<'_, Releases> {
    releases.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
