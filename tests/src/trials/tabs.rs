//! Five tabs of one phone, all with work to send, and a storm of reloads while it is
//! sent: one tab at a time sends, nothing is doubled, nobody waits for ever, and what a
//! reload cuts off is not sent anew from its beginning.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, ensure};

use super::{Figures, expected::Expected};
use crate::{
    browser::Browser,
    journey::{BY_LAW, hook, hook_with, inspector_at, report, until_store},
    meter::{Carried, Meter},
    network::{Conditions, Line},
    phone_store::PhoneStore,
    server::Server,
};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub tabs: usize,
    /// Of each tab.
    pub reports: usize,
    /// Each tab is loaded again so often.
    pub reloads: usize,
    /// A photo of this number; one a report.
    pub picture: fn(u32) -> Result<PathBuf>,
    /// Bits a second of the line, both ways together.
    pub bits: u32,
    /// Of a hundred bytes of records and photos, what may be sent more than once.
    pub most_wasted: f64,
}

pub async fn run(plan: Plan) -> Result<Figures> {
    let server = Server::demo().await?;
    let air = Line::to(server.address(), Conditions::steady(plan.bits), 0).await?;
    let line = Meter::before(air.address()).await?;
    let phone = inspector_at(&line.url("/field/")).await?;
    line.unplug();

    let mut cases = BTreeSet::new();
    for tab in 0..plan.tabs {
        if tab > 0 {
            phone.open_tab().await?;
            phone.go(&line.url("/field/capture")).await?;
        }
        phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
        phone.see(&hook_with("screen", "screen", "capture")).await?;
        for number in 0..plan.reports {
            let photo = (plan.picture)(u32::try_from(300 + tab * plan.reports + number)?)?;
            cases.insert(report(&phone, BY_LAW, &[&photo]).await?);
        }
    }
    PhoneStore::read(&phone).await?.assert_whole()?;

    let start = Instant::now();
    let before = line.carried().len();
    line.plug_in();
    for _ in 0..plan.reloads {
        for tab in 0..plan.tabs {
            phone.show_tab(tab).await?;
            phone.run::<()>("location.reload()", vec![]).await?;
        }
    }
    let stormed = start.elapsed();
    for tab in 0..plan.tabs {
        phone.show_tab(tab).await?;
        phone.see(&hook("screen")).await?;
    }
    phone.show_tab(0).await?;
    let store = all_sent(&phone).await?;
    let took = start.elapsed();
    store.assert_sound()?;
    let mut done = Expected::default();
    done.note_rows(&store.operations)?;
    ensure!(done.operations() == cases.len(), "{} of {}", done.operations(), cases.len());
    done.is_exactly_what_is_on(&server).await?;

    let carried = line.carried().split_off(before);
    let (records, photos): (Vec<_>, Vec<_>) =
        carried.iter().filter(|it| is_upload(it)).partition(|it| !is_photo(it));
    let sum = |requests: &[&Carried]| requests.iter().map(|it| it.sent).sum::<u64>();
    let once_records: u64 = sealed_bytes(&store)?;
    let once_photos: u64 = store.photos.iter().map(|photo| photo.length).sum();
    let (twice_records, twice_photos) =
        (sum(&records).saturating_sub(once_records), sum(&photos).saturating_sub(once_photos));
    let wasted =
        100.0 * (twice_records + twice_photos) as f64 / (once_records + once_photos) as f64;
    let unanswered = |requests: &[&Carried]| {
        let none = requests.iter().filter(|it| it.status.is_none()).count();
        format!("{}, {none} without an answer", requests.len())
    };
    let mut figures = Figures::of("Tabs and reloads");
    figures.add("tabs", plan.tabs);
    figures.add("reloads while sending", plan.tabs * plan.reloads);
    figures.add("time of the reloads", format!("{:.1} s", stormed.as_secs_f64()));
    figures.add("time until all was there", format!("{:.1} s", took.as_secs_f64()));
    figures.add("records, each once at the server", done.operations());
    figures.add("photos, each byte for byte", done.photos().len());
    figures.add("bytes of records and photos", once_records + once_photos);
    figures.add("calls with records", unanswered(&records));
    figures.add("calls with photos", unanswered(&photos));
    figures.add("bytes of records sent more than once", twice_records);
    figures.add("bytes of photos sent more than once", twice_photos);
    figures.add("sent more than once, percent", format!("{wasted:.2}"));
    ensure!(wasted <= plan.most_wasted, "{wasted:.2} % of the bytes were wasted\n{figures}");
    Ok(figures)
}

/// Waits for as long as it moves: how long all of it takes is up to the line.
async fn all_sent(phone: &Browser) -> Result<PhoneStore> {
    let receipts = |store: &PhoneStore| {
        let records = store.operations.iter().filter(|row| row.is_answered()).count();
        records + store.photos.iter().filter(|photo| photo.is_answered()).count()
    };
    let mut store = PhoneStore::read(phone).await?;
    while !store.is_settled() {
        let before = receipts(&store);
        store = until_store(phone, "further", |store| receipts(store) > before).await?;
    }
    Ok(store)
}

/// Carries a record or a photo, and nothing else.
fn is_upload(request: &Carried) -> bool {
    is_photo(request) || (request.method == "POST" && request.path.ends_with("/sync/operations"))
}

fn is_photo(request: &Carried) -> bool {
    request.path.contains("/parts?") && request.sent > 0
}

/// Of all records, as they go over the line, each once.
fn sealed_bytes(store: &PhoneStore) -> Result<u64> {
    let mut bytes = 0;
    for row in &store.operations {
        bytes += serde_json::to_string(&row.sealed)?.len() as u64 + 1;
    }
    Ok(bytes)
}
