//! What is promised to whoever carries a phone: a file of everything when sending does
//! not work, a light that was checked, a cleared store that is said, both sides of a
//! conflict, and headquarters that knows what never came.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use domain::{
    CaseId, PhotoHash,
    case::{CaseState, Command},
};
use serde_json::json;
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD, new_case},
    journey::{
        BY_LAW, FOR_THE_TRAY, all_cases, hook, hook_with, inspector_at, report, sign_in,
        take_photos, until_draft, until_store,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

#[tokio::test]
async fn a_rescue_file_is_taken_in_elsewhere_and_twice_does_no_harm() -> Result<()> {
    let mut server = Server::demo().await?;
    let downloads = tempfile::tempdir()?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    server.stop().await?;
    let first = report(&phone, BY_LAW, &[&media::small(11)?, &media::small(12)?]).await?;
    let second = report(&phone, FOR_THE_TRAY, &[&media::small(13)?]).await?;

    let allowed = json!({ "behavior": "allow", "downloadPath": downloads.path() });
    phone.devtools("Browser.setDownloadBehavior", allowed).await?;
    phone.click(&hook("sync-state")).await?;
    phone.click(&hook("rescue-make")).await?;
    phone.read_in(&hook("rescue-done"), "2 条操作、3 张照片").await?;
    phone.screenshot("rescue-made").await?;
    let file = downloaded(&phone, downloads.path()).await?;
    let store = PhoneStore::read(&phone).await?;
    store.assert_whole()?;
    phone.close().await?;

    server.start().await?;
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.click(&hook("sync-state")).await?;
    for said in ["新操作 2 条、新照片 3 张", "早已收到 2 条、3 张"] {
        desk.choose_files(&hook("rescue-import"), &[&file]).await?;
        desk.read_in(&hook("rescue-done"), said).await?;
    }
    desk.screenshot("rescue-taken").await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let cases = all_cases(&client).await?;
    for case in [first, second] {
        ensure!(cases[&case].pending_photos().is_empty(), "{:?}", cases[&case]);
        for photo in store.report_of(case)?.photos {
            ensure!(PhotoHash::of(&client.photo(photo.hash, "original").await?) == photo.hash);
        }
    }

    // The phone itself comes back: it gets its receipts, and nothing is there twice.
    phone.open().await?;
    phone.go(&server.url("/field/")).await?;
    until_store(&phone, "answered", |store| {
        store.operations.iter().all(|row| row.answer.is_some())
            && store.photos.iter().all(|photo| photo.answer.is_some())
    })
    .await?;
    ensure!(all_cases(&client).await?.len() == cases.len());
    desk.close().await?;
    phone.close().await
}

#[tokio::test]
async fn ready_for_offline_is_looked_at_and_says_what_is_missing() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    phone.until_offline_ready().await?;
    phone.click(&hook("sync-state")).await?;
    for part in ["shell", "store", "pack", "room"] {
        phone.see(&format!("[data-part={part}][data-good=true]")).await?;
    }
    phone.screenshot("ready").await?;
    // A file of the shell is lost: the light is red, whatever was true before.
    let lost: bool = phone
        .run_async(
            "const [name] = (await caches.keys()).filter((name) => name.startsWith('shell-'));
             const cache = await caches.open(name);
             const found = (await cache.keys()).find((it) => it.url.endsWith('.wasm'));
             return cache.delete(found);",
            vec![],
        )
        .await?;
    ensure!(lost, "there was no file to lose");
    phone.click(&hook("back")).await?;
    phone.click(&hook("sync-state")).await?;
    phone.see(&hook_with("ready", "light", "red")).await?;
    phone.read_in("[data-part=shell][data-good=false]", "请连网打开一次").await?;
    phone.close().await
}

#[tokio::test]
async fn a_page_closed_under_the_camera_comes_back_to_the_slot() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    take_photos(&phone, &[&media::small(16)?]).await?;
    phone.click(&hook("photo-add")).await?;
    // The tap that opens the system's camera; the camera itself is not there.
    phone
        .run::<()>(
            "document.querySelector(arguments[0])
               .dispatchEvent(new MouseEvent('click', { bubbles: true }))",
            vec![json!(hook("camera-input"))],
        )
        .await?;
    until_draft(&phone, "\"camera_opened\":1").await?;
    phone.kill().await?;
    phone.open().await?;
    phone.go(&server.url("/field/")).await?;
    phone.read_in(&hook("capture-error"), "再拍").await?;
    phone.screenshot("camera-lost").await?;
    // What was there before is still there.
    phone.click(&hook("continue")).await?;
    phone.until("document.querySelectorAll('[data-test=photo-thumb]').length === 1").await?;
    phone.close().await
}

#[tokio::test]
async fn who_came_too_late_sees_both_sides_and_decides() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut reporter = Browser::phone().await?;
    reporter.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&reporter, &server.url("/field/"), "inspector").await?;
    let case = report(&reporter, BY_LAW, &[&media::small(15)?]).await?;
    until_store(&reporter, "answered", |store| {
        store.operations.iter().all(|row| row.answer.is_some())
    })
    .await?;
    reporter.close().await?;

    let mut phone = Browser::phone().await?;
    sign_in(&phone, &server.url("/field/"), "cgj").await?;
    open_case(&phone, &server, case).await?;
    phone.until_offline_ready().await?;
    server.stop().await?;
    phone.click(&hook("claim")).await?;
    phone.see(&hook("saved")).await?;
    phone.close().await?;

    server.start().await?;
    let mut reviewer = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let known = all_cases(&reviewer).await?.remove(&case).context("no such case")?;
    let void = Command::Void { reason: "重复上报".into() };
    let sealed = reviewer.seal(case, known.revision, void)?;
    reviewer.send(vec![sealed]).await?;

    phone.open().await?;
    open_case(&phone, &server, case).await?;
    phone.read_in(&hook("conflict"), "已作废").await?;
    phone
        .run::<()>(
            "document.querySelector(arguments[0]).scrollIntoView()",
            vec![json!(hook("conflict"))],
        )
        .await?;
    phone.screenshot("conflict").await?;
    phone.click(&hook("conflict-both")).await?;
    phone.see_gone(&hook("conflict")).await?;
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    let known = all_cases(&reviewer).await?.remove(&case).context("no such case")?;
    ensure!(known.state == CaseState::Void, "{:?}", known.state);
    // Decided once: it does not ask again.
    phone.reload().await?;
    phone.see(&hook("timeline")).await?;
    phone.see_gone(&hook("conflict")).await?;
    phone.close().await
}

#[tokio::test]
async fn headquarters_sees_which_number_never_came() -> Result<()> {
    let server = Server::demo().await?;
    let mut client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let mut seal = || client.seal(new_case(), 0, Command::Comment { text: "在路口".into() });
    let (first, _lost, third) = (seal()?, seal()?, seal()?);
    client.send(vec![first, third]).await?;
    client.hello().await?;

    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.click(&hook("sync-state")).await?;
    desk.click(&hook("open-devices")).await?;
    desk.read_in(&hook("owed"), "缺 #2").await?;
    desk.screenshot("devices-desk").await?;
    desk.close().await
}

async fn open_case(browser: &Browser, server: &Server, case: CaseId) -> Result<()> {
    browser.go(&server.url(&format!("/field/case/{case}"))).await?;
    browser.see(&hook("case")).await.map(drop)
}

/// The one whole file in the folder; the page is the clock.
async fn downloaded(browser: &Browser, folder: &Path) -> Result<PathBuf> {
    let end = std::time::Instant::now() + tests::browser::WAIT_TIMEOUT;
    loop {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "rescue") {
                return Ok(path);
            }
        }
        ensure!(std::time::Instant::now() < end, "nothing was downloaded");
        browser.text().await?;
    }
}
