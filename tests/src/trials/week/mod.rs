//! A week offline: one inspector's phone without a network, slowed down as a cheap phone
//! is, with every record made by hand in the real app, the app started again and again,
//! and the network back at the end. Everything is at the server once, byte for byte.
//!
//! A week's work, not a week's time: the clock goes on as it does. Only the page's own
//! thread is slowed down; the photo worker, the store and the disk are this machine's.

mod album;
mod watch;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use domain::CaseId;

use self::{
    album::Album,
    watch::{MemoryWatch, Times, Watch},
};
use super::{Figures, expected::Expected};
use crate::{
    browser::Browser,
    journey::{Spot, choose_type, hook, hook_with, open, save, sign_in, take_photos},
    phone_store::PhoneStore,
    proxy::Proxy,
    server::Server,
};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub records: usize,
    /// Of each record.
    pub photos: usize,
    /// The app is started anew so often, every third time with the browser.
    pub starts: usize,
    /// Each so-manieth photo has 12 megapixels, the others 3; 0: all are tiny.
    pub large: usize,
    /// The page's thread is this many times slower than this machine.
    pub slower: f64,
    /// No record begins after this.
    pub time: Duration,
    pub seed: u64,
}

/// What lies about everywhere and is permitted nowhere.
const CATEGORIES: [&str; 8] = ["0102", "0105", "0107", "0202", "0404", "0405", "0407", "0410"];

/// South-west of the streets that are walked, and how far they go, in degrees.
const CORNER: Spot = Spot { latitude: 32.690, longitude: 109.091 };
const STREETS: Spot = Spot { latitude: 0.012, longitude: 0.028 };

/// The list begins with the newest ones.
const ROWS: usize = 50;

/// For everything to arrive, a record and its photos.
const SEND_EACH: Duration = Duration::from_secs(6);

pub async fn run(plan: Plan) -> Result<Figures> {
    println!("week: seed {}", plan.seed);
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let server = Server::demo().await?;
    let line = Proxy::before(server.address()).await?;
    let mut phone = Browser::phone().await?;
    let spot = a_spot(&mut random);
    phone.stand_at(spot.latitude, spot.longitude, 8.0).await?;
    sign_in(&phone, &line.url("/field/"), "inspector").await?;
    phone.until_offline_ready().await?;
    line.unplug();
    // A browser writes cookies to disk half a minute late.
    phone.close().await?;
    phone.open().await?;

    let begun = Instant::now();
    let memory = MemoryWatch::begin(&phone);
    let mut week = Week { plan, random, album: Album::of(plan)?, times: Times::default() };
    let mut cases = BTreeSet::new();
    for start in 0..plan.starts {
        week.start(&mut phone, &line, start, cases.len()).await?;
        let until = plan.records * (start + 1) / plan.starts;
        while cases.len() < until && begun.elapsed() < plan.time {
            let case = week.record(&phone).await;
            let case = case.with_context(|| format!("record {}", cases.len() + 1))?;
            ensure!(cases.insert(case), "{case} was given twice");
        }
        println!("week: {} records, {}, memory {}", cases.len(), week.times, memory.summary());
    }
    week.start(&mut phone, &line, plan.starts, cases.len()).await?;
    let offline = begun.elapsed();
    let most_offline = memory.most();

    phone.slow_down(1.0).await?;
    let store = PhoneStore::read_slowly(&phone).await?;
    store.assert_whole()?;
    ensure!(store.operations.len() == cases.len(), "{} operations", store.operations.len());
    ensure!(store.operations.iter().all(|row| row.answer.is_none()), "one has an answer");
    let bytes: u64 = store.photos.iter().map(|photo| photo.length).sum();

    // Reading all of it here has filled the page's memory: the app begins anew.
    week.start(&mut phone, &line, 0, cases.len()).await?;
    phone.slow_down(1.0).await?;
    let memory = MemoryWatch::begin(&phone);
    line.plug_in();
    // What a browser says when a network appears.
    phone.run::<()>("window.dispatchEvent(new Event('online'))", vec![]).await?;
    let patience = SEND_EACH * u32::try_from(cases.len())? + Duration::from_secs(120);
    let Sent { store, took, most_sending } = until_settled(&phone, &memory, patience).await?;
    store.assert_sound()?;
    let mut done = Expected::default();
    done.note_rows(&store.operations)?;
    let reported: BTreeSet<CaseId> = store.operations.iter().map(|row| row.case).collect();
    ensure!(reported == cases, "what was shown as saved is not what was sent");
    done.is_exactly_what_is_on(&server).await?;
    phone.close().await?;

    let times = &mut week.times;
    let mut figures = Figures::of(format!("A week offline, seed {}", plan.seed));
    figures.add("records, each once at the server", done.operations());
    figures.add("photos, each byte for byte", done.photos().len());
    figures.add("bytes of photos as the phone keeps them", bytes);
    figures.add("starts without a network", times.starts.len());
    figures.add("page's thread slower by", plan.slower);
    figures.add("save until \"saved\" is shown, ms", times.saves.summary());
    figures.add("  of the last fifty, ms", times.saves.last(50).summary());
    figures.add("start until it can be used, ms", times.starts.summary());
    figures.add("  of the last ten, ms", times.starts.last(10).summary());
    figures
        .add("  of these with the records on the screen, ms", times.at_records.last(5).summary());
    figures.add("records opened by the thumb, ms", times.opened.summary());
    figures.add("  the last ten times, ms", times.opened.last(10).summary());
    figures.add("most memory of the page while offline, MB", most_offline / 1_000_000);
    figures.add("most memory of the page while sending, MB", most_sending / 1_000_000);
    figures.add("offline for", format!("{:.0} s", offline.as_secs_f64()));
    figures.add("then until all had arrived", format!("{:.0} s", took.as_secs_f64()));
    Ok(figures)
}

/// The inspector, and what a watch told.
struct Week {
    plan: Plan,
    random: fastrand::Rng,
    album: Album,
    times: Times,
}

impl Week {
    /// The app begins anew with so many records, at the camera or at the records.
    async fn start(
        &mut self,
        phone: &mut Browser,
        line: &Proxy,
        number: usize,
        records: usize,
    ) -> Result<()> {
        if number.is_multiple_of(3) {
            phone.close().await?;
            phone.open().await?;
        }
        Watch::put_on(phone).await?;
        phone.slow_down(self.plan.slower).await?;
        let spot = a_spot(&mut self.random);
        phone.stand_at(spot.latitude, spot.longitude, 8.0).await?;
        let at_records = records > 0 && !number.is_multiple_of(2);
        phone.go(&line.url(if at_records { "/field/records" } else { "/field/" })).await?;
        let ms = Watch::usable(phone).await?;
        self.times.starts.add(ms);
        if at_records {
            self.times.at_records.add(ms);
        } else if records > 0 {
            self.times.opened.add(Watch::opened(phone, "records").await?);
        }
        if records > 0 {
            let rows = format!("document.querySelectorAll('{}').length", hook("record-row"));
            phone.until(&format!("{rows} === {}", records.min(ROWS))).await?;
            open(phone, "capture").await?;
        }
        phone.see(&hook_with("screen", "screen", "capture")).await.map(drop)
    }

    /// Some steps on, photos, a type, save.
    async fn record(&mut self, phone: &Browser) -> Result<CaseId> {
        let spot = a_spot(&mut self.random);
        phone.stand_at(spot.latitude, spot.longitude, 8.0).await?;
        let photos = self.album.next(self.plan.photos).await?;
        take_photos(phone, &photos.iter().map(|photo| photo.as_path()).collect::<Vec<_>>()).await?;
        let category = self.random.choice(CATEGORIES).context("no category")?;
        choose_type(phone, category).await?;
        let case = save(phone).await?;
        self.times.saves.add(Watch::saved(phone).await?);
        Ok(case)
    }
}

fn a_spot(random: &mut fastrand::Rng) -> Spot {
    Spot {
        latitude: CORNER.latitude + STREETS.latitude * random.f64(),
        longitude: CORNER.longitude + STREETS.longitude * random.f64(),
    }
}

struct Sent {
    store: PhoneStore,
    took: Duration,
    /// Bytes, before anybody but the app read the photos.
    most_sending: u64,
}

/// Until the screen says that all is there, and the rows say so too.
async fn until_settled(phone: &Browser, memory: &MemoryWatch, patience: Duration) -> Result<Sent> {
    let begun = Instant::now();
    loop {
        let synced = phone.see(&hook_with("sync-state", "state", "done")).await;
        let (took, most_sending) = (begun.elapsed(), memory.most());
        if synced.is_ok() {
            let store = PhoneStore::read_slowly(phone).await?;
            if store.is_settled() {
                return Ok(Sent { store, took, most_sending });
            }
        }
        if took > patience {
            bail!("not everything arrived: {synced:?}");
        }
    }
}
