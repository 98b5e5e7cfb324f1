//! Steps that several journeys share: signing in by hand, a report by hand, waiting
//! for what a screen then says. Everything is found by its `data-test`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use domain::{CaseId, case::Case, sync::CaseLog};
use serde_json::json;

use crate::browser::Browser;
use crate::client::{Client, DEMO_PASSWORD};
use crate::phone_store::PhoneStore;
use crate::server::Server;

/// Where somebody stands, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub latitude: f64,
    pub longitude: f64,
}

/// What is reported there.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    pub category: &'static str,
    pub spot: Spot,
}

/// A stall on the pavement in the urban core: assigned by law.
pub const BY_LAW: Sight =
    Sight { category: "0402", spot: Spot { latitude: 32.696_509, longitude: 109.109_333 } };

/// Night-time construction noise: assigned by a document.
pub const BY_DOCUMENT: Sight =
    Sight { category: "0307", spot: Spot { latitude: 32.696_580, longitude: 109.109_420 } };

/// A gravel road in the country: nobody's by any rule, so it is headquarters' to say.
pub const FOR_THE_TRAY: Sight =
    Sight { category: "P0207", spot: Spot { latitude: 32.692_296, longitude: 109.080_077 } };

const ACCURACY_M: f64 = 8.0;

/// A phone that heard nothing for a while asks again only now and then.
const SYNC_PATIENCE: Duration = Duration::from_secs(120);

/// The selector of a `data-test` name.
#[must_use]
pub fn hook(name: &str) -> String {
    format!("[data-test=\"{name}\"]")
}

/// The same, with another attribute of that element.
#[must_use]
pub fn hook_with(name: &str, attribute: &str, value: &str) -> String {
    format!("[data-test=\"{name}\"][data-{attribute}=\"{value}\"]")
}

/// Signs in at the app's door, and waits for the first screen.
pub async fn sign_in(browser: &Browser, base: &str, user: &str) -> Result<()> {
    browser.go(base).await?;
    give_credentials(browser, user).await
}

/// An inspector's phone at this address, signed in, and ready to work offline.
pub async fn inspector_at(base: &str) -> Result<Browser> {
    let phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, base, "inspector").await?;
    phone.until_offline_ready().await?;
    Ok(phone)
}

/// The same, signed in the day before: a browser writes cookies to disk half a minute
/// late, and a kill within that time would end the session with them.
pub async fn inspector_s(server: &Server) -> Result<Browser> {
    let mut phone = inspector_at(&server.url("/field/")).await?;
    phone.close().await?;
    phone.open().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    phone.go(&server.url("/field/")).await?;
    phone.see(&hook_with("place-strip", "state", "known")).await?;
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    Ok(phone)
}

/// On a sign-in screen that is already open.
pub async fn give_credentials(browser: &Browser, user: &str) -> Result<()> {
    browser.fill(&hook("sign-in-user"), user).await?;
    browser.fill(&hook("sign-in-password"), DEMO_PASSWORD).await?;
    browser.click(&hook("sign-in-submit")).await?;
    browser.see_gone(&hook("sign-in-submit")).await?;
    browser.see(&hook("screen")).await.map(drop)
}

/// Opens one of the places at the thumb.
pub async fn open(browser: &Browser, place: &str) -> Result<()> {
    browser.click(&hook(&format!("place-{place}"))).await?;
    browser.see(&hook_with("screen", "screen", place)).await.map(drop)
}

/// Stands there, and waits until the page knows it.
pub async fn stand(browser: &Browser, spot: Spot) -> Result<()> {
    browser.stand_at(spot.latitude, spot.longitude, ACCURACY_M).await?;
    browser
        .run_async::<()>(
            "await new Promise((ok, no) => {
               const id = navigator.geolocation.watchPosition(({ coords }) => {
                 if (Math.abs(coords.latitude - args[0]) + Math.abs(coords.longitude - args[1]) > 1e-6) return;
                 navigator.geolocation.clearWatch(id);
                 ok();
               }, no, { enableHighAccuracy: true, maximumAge: Infinity });
             });",
            vec![json!(spot.latitude), json!(spot.longitude)],
        )
        .await
}

/// Photos into the draft, from the gallery; waits until they stand on the sheet.
pub async fn take_photos(browser: &Browser, files: &[&Path]) -> Result<()> {
    browser.choose_files(&hook("gallery-input"), files).await?;
    let thumb = json!(hook("photo-thumb"));
    let mut count = 0;
    // One after the other, each with all of the patience.
    while count < files.len() {
        let further =
            format!("((n) => n > {count} && n)(document.querySelectorAll({thumb}).length)");
        count = serde_json::from_value(browser.until(&further).await?)?;
    }
    ensure!(count == files.len(), "{count} photos of {}", files.len());
    Ok(())
}

pub async fn choose_type(browser: &Browser, category: &str) -> Result<()> {
    let chip = hook_with("type-chip", "code", category);
    let is_guessed =
        browser.run::<bool>("return !!document.querySelector(arguments[0])", vec![json!(chip)]);
    if !is_guessed.await? {
        browser.click(&hook("type-search")).await?;
        browser.click(&hook_with("type-option", "code", category)).await?;
    } else {
        browser.click(&chip).await?;
    }
    browser.see(&format!("{chip}[aria-pressed=true]")).await.map(drop)
}

/// A whole report at the capture screen: where, photos, type, save.
pub async fn report(browser: &Browser, sight: Sight, files: &[&Path]) -> Result<CaseId> {
    stand(browser, sight.spot).await?;
    browser.see(&hook("place-strip")).await?;
    take_photos(browser, files).await?;
    choose_type(browser, sight.category).await?;
    save(browser).await
}

/// Saves the report on the sheet and gives its case.
pub async fn save(browser: &Browser) -> Result<CaseId> {
    let saved = json!(hook("saved"));
    let before: Vec<String> = browser
        .run(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.dataset.case)",
            vec![saved.clone()],
        )
        .await?;
    browser.see(&hook("preview")).await?;
    browser.click(&hook("save")).await?;
    let fresh = browser
        .until(&format!(
            "[...document.querySelectorAll({saved})].map((e) => e.dataset.case)
               .find((id) => !{}.includes(id))",
            json!(before)
        ))
        .await
        .context("no answer to a save")?;
    Ok(serde_json::from_value(fresh)?)
}

/// A record of this phone's person, in the state named; on the records screen.
pub async fn see_record(browser: &Browser, case: CaseId, state: &str) -> Result<()> {
    let row =
        format!("{}[data-state=\"{state}\"]", hook_with("record-row", "case", &case.to_string()));
    browser.see(&row).await.map(drop)
}

/// Reads the phone's store until it is as wished; the page is the clock.
pub async fn until_store(
    browser: &Browser,
    wish: &str,
    is_so: impl Fn(&PhoneStore) -> bool,
) -> Result<PhoneStore> {
    let end = Instant::now() + SYNC_PATIENCE;
    loop {
        let store = PhoneStore::read(browser).await?;
        if is_so(&store) {
            return Ok(store);
        }
        if Instant::now() > end {
            let said = browser.text().await.unwrap_or_default();
            bail!("the phone's store never was {wish}: {store:#?}\nthe page says:\n{said}");
        }
    }
}

/// Waits for an element that a sync has to bring first.
pub async fn see_in_the_end(browser: &Browser, css: &str) -> Result<()> {
    let end = Instant::now() + SYNC_PATIENCE;
    loop {
        match browser.see(css).await {
            Err(_) if Instant::now() < end => {}
            seen => return seen.map(drop),
        }
    }
}

/// Waits until the phone has kept a draft with these words: a page that is closed sooner
/// may take the last quarter of a second with it.
pub async fn until_draft(browser: &Browser, words: &str) -> Result<()> {
    let end = Instant::now() + SYNC_PATIENCE;
    loop {
        let drafts = PhoneStore::drafts(browser).await?;
        if drafts.iter().any(|draft| draft.contains(words)) {
            return Ok(());
        }
        if Instant::now() > end {
            bail!("no draft was kept with {words}: {drafts:?}");
        }
    }
}

/// The words of an element, once it can be seen.
pub async fn words_of(browser: &Browser, css: &str) -> Result<String> {
    Ok(browser.see(css).await?.text().await?)
}

/// Every case that the client may see, as the server holds it now.
pub async fn all_cases(client: &Client) -> Result<BTreeMap<CaseId, Case>> {
    let logs = all_logs(client).await?;
    logs.into_iter()
        .map(|log| {
            let case = Case::fold(log.case, &log.events).context("a log without a report")?;
            Ok((log.case, case))
        })
        .collect()
}

/// The whole log of each case.
pub async fn all_logs(client: &Client) -> Result<Vec<CaseLog>> {
    let mut logs = BTreeMap::new();
    let mut cursor = None;
    loop {
        let page = client.cases(cursor).await?;
        for row in page.cases {
            let case = row.summary.id;
            logs.insert(case, client.case(case).await?);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(logs.into_values().collect());
        }
    }
}
