//! The browser is killed (SIGKILL, all of its processes) at random moments while
//! somebody photographs, saves, and the app sends. What had shown "saved" is there
//! when it starts again, byte for byte, and reaches the server once.
//!
//! The kernel goes on, so what it had not yet written to the disk is not at stake
//! here; and "shown" is what the test saw, which is a moment after a person could.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::CaseId;
use serde_json::json;

use super::{Figures, expected::Expected};
use crate::{
    browser::Browser,
    journey::{BY_LAW, choose_type, hook, hook_with, inspector_at, save, until_store},
    media,
    phone_store::PhoneStore,
    proxy::{Fault, Proxy},
    server::Server,
};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub kills: usize,
    /// No kill begins after this.
    pub time: Duration,
    pub seed: u64,
}

/// A kill comes at most so long after the capture screen is there.
const LONGEST_LIFE_MS: u64 = 4_000;

/// On its way each record and photo spends this, so that a kill finds some there.
const ON_THE_WAY: Duration = Duration::from_millis(400);

/// Pictures to choose from: the photo of one report may be that of another, too.
const PICTURES: u32 = 40;

/// Photos that a draft gets before it is saved.
const PHOTOS: usize = 2;

pub async fn run(plan: Plan) -> Result<Figures> {
    println!("browser kills: seed {}", plan.seed);
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let server = Server::demo().await?;
    let line = Proxy::before(server.address()).await?;
    line.policy(|request| match request.path.as_str() {
        path if path.ends_with("/sync/operations") => Fault::Delay(ON_THE_WAY),
        path if path.contains("/photos/") => Fault::Delay(ON_THE_WAY),
        _ => Fault::Pass,
    });
    let mut phone = inspector_at(&line.url("/field/")).await?;
    // A browser writes cookies to disk half a minute late.
    phone.close().await?;
    phone.open().await?;

    let kept = phone.folder().to_owned();
    let trial = kill_and_look(plan, &server, &line, &mut phone, &mut random).await;
    if trial.is_err() {
        // What the browser has on disk is the witness.
        phone.keep_folder();
        println!("browser kills: the phone's storage is kept in {}", kept.display());
    }
    trial
}

async fn kill_and_look(
    plan: Plan,
    server: &Server,
    line: &Proxy,
    phone: &mut Browser,
    random: &mut fastrand::Rng,
) -> Result<Figures> {
    let start = Instant::now();
    let mut saved = BTreeSet::new();
    let mut first_put_back = None;
    let (mut killed, mut waiting, mut without_save, mut most_ms) = (0, 0, 0, 0);
    while killed < plan.kills && start.elapsed() < plan.time {
        begin(phone, line).await?;
        let before = saved.len();
        let moment = Duration::from_millis(random.u64(0..LONGEST_LIFE_MS));
        tokio::select! {
            ended = work(phone, &mut saved, random) => ended?,
            () = tokio::time::sleep(moment) => {} // the wait is the fault
        }
        phone.kill().await?;
        killed += 1;
        without_save += usize::from(saved.len() == before);

        let begun = Instant::now();
        phone.open().await?;
        phone.go(&line.url("/field/records")).await?;
        phone.see(&hook_with("screen", "screen", "records")).await?;
        most_ms = most_ms.max(begun.elapsed().as_millis());
        let store = PhoneStore::read(phone).await?;
        // Nothing is backed up here, so bytes are given up with a database that the browser
        // threw away, and with nothing else.
        let was_put_back = store.photos.iter().any(|photo| photo.evicted);
        if was_put_back && first_put_back.is_none() {
            println!("browser kills: put back from the second copy after kill {killed}");
            first_put_back = Some(killed);
        }
        let found = if was_put_back { store.assert_put_back() } else { store.assert_sound() };
        found.with_context(|| format!("after kill {killed}"))?;
        let reports = store.reports()?;
        for case in &saved {
            ensure!(reports.contains_key(case), "after kill {killed}: no report of {case}");
        }
        waiting += store.operations.iter().filter(|row| !row.is_answered()).count();
        if killed % 10 == 0 {
            println!("browser kills: {killed} of {}, {} saved", plan.kills, saved.len());
        }
    }
    let store = until_store(phone, "settled", PhoneStore::is_settled).await?;
    store.assert_sound()?;
    let mut done = Expected::default();
    done.note_rows(&store.operations)?;
    done.is_exactly_what_is_on(server).await?;
    phone.close().await?;

    let mut figures = Figures::of(format!("Browser killed, seed {}", plan.seed));
    figures.add("kills", killed);
    figures.add("of them before anything was saved since the last", without_save);
    figures.add("reports that showed \"saved\", all there", saved.len());
    figures.add("reports on the phone at the end, each once at the server", done.operations());
    figures.add("photos, each byte for byte at the server", done.photos().len());
    figures.add("reports found waiting after a kill, summed", waiting);
    if let Some(killed) = first_put_back {
        figures.add("the browser threw its database away, put back, after kill", killed);
    }
    figures.add("slowest start until the records show", format!("{most_ms} ms"));
    figures.add("time", format!("{:.0} s", start.elapsed().as_secs_f64()));
    Ok(figures)
}

async fn begin(phone: &Browser, line: &Proxy) -> Result<()> {
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    phone.go(&line.url("/field/capture")).await?;
    phone.see(&hook_with("screen", "screen", "capture")).await.map(drop)
}

/// Reports, until killed. What a kill left in the draft is gone on with.
async fn work(
    phone: &Browser,
    saved: &mut BTreeSet<CaseId>,
    random: &mut fastrand::Rng,
) -> Result<()> {
    loop {
        let mut photos = thumbs(phone).await?;
        while photos < PHOTOS {
            let picture = media::tiny(100 + random.u32(..PICTURES))?;
            phone.choose_files(&hook("gallery-input"), &[&picture]).await?;
            let thumb = json!(hook("photo-thumb"));
            phone.until(&format!("document.querySelectorAll({thumb}).length > {photos}")).await?;
            photos = thumbs(phone).await?;
        }
        choose_type(phone, BY_LAW.category).await?;
        saved.insert(save(phone).await?);
    }
}

async fn thumbs(phone: &Browser) -> Result<usize> {
    let thumb = json!(hook("photo-thumb"));
    phone.run("return document.querySelectorAll(arguments[0]).length", vec![thumb]).await
}
