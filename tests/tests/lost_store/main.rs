//! The browser's database is gone: thrown away by the browser, or cleared with all that
//! there is. What the second copy has comes back; what is gone is said.

mod copies;

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use tests::{
    browser::Browser,
    journey::{
        BY_LAW, FOR_THE_TRAY, choose_type, hook, hook_with, inspector_at, report, save, see_record,
        take_photos, until_draft, until_store,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

/// A torn end, written on behind: what LevelDB finds then is a wrong sum, and Chromium
/// deletes the whole database. Both starts bring everything back.
#[tokio::test]
async fn a_store_that_the_browser_threw_away_is_put_back() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    let arrived = report(&phone, BY_LAW, &[&media::small(41)?]).await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    server.stop().await?;
    let waiting = report(&phone, BY_LAW, &[&media::small(42)?, &media::small(43)?]).await?;
    let written = PhoneStore::read(&phone).await?;
    take_photos(&phone, &[&media::small(44)?]).await?;
    until_draft(&phone, "\"hash\"").await?;
    phone.close().await?;

    tear(&last_log(phone.folder())?)?;
    for kind in [FOR_THE_TRAY.category, BY_LAW.category] {
        phone.open().await?;
        phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
        // The draft is kept anew: the browser writes on behind the torn end.
        phone.go(&server.url("/field/capture")).await?;
        phone.see(&hook("photo-thumb")).await?;
        choose_type(&phone, kind).await?;
        until_draft(&phone, &format!("\"category\":\"{kind}\"")).await?;
        phone.close().await?;
    }
    phone.open().await?;
    phone.go(&server.url("/field/records")).await?;
    phone.read_in(&hook("wiped"), "已从第二份副本放回").await?;
    phone.screenshot("put-back").await?;
    let store = PhoneStore::read(&phone).await?;
    for case in [arrived, waiting] {
        ensure!(store.report_of(case)? == written.report_of(case)?, "another report {case}");
    }
    store.assert_sound()?;
    phone.click(&hook("wiped-read")).await?;

    // The draft becomes the next report, with the next place in the chain; all of it arrives.
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    phone.go(&server.url("/field/capture")).await?;
    phone.see(&hook("photo-thumb")).await?;
    choose_type(&phone, BY_LAW.category).await?;
    let next = save(&phone).await?;
    server.start().await?;
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    store.assert_sound()?;
    phone.go(&server.url("/field/records")).await?;
    for case in [arrived, waiting, next] {
        see_record(&phone, case, "assigned").await?;
    }
    phone.close().await
}

/// Closed in the moment in which the copy of a draft was written over, and the store gone:
/// what lay beside its place is the draft.
#[tokio::test]
async fn a_copy_that_was_being_written_over_is_put_back() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    server.stop().await?;
    take_photos(&phone, &[&media::small(45)?]).await?;
    choose_type(&phone, BY_LAW.category).await?;
    phone
        .run_async::<()>(
            "const drafts = async (cache) => {
               const keys = (await cache.keys()).filter(({ url }) => url.includes('/drafts/'));
               return [keys.length === 1 && keys[0].url, await (await cache.match(keys[0])).text()];
             };
             const cache = await caches.open('second-copy');
             for (;;) {
               const [url, draft] = await drafts(cache).catch(() => []);
               if (url && !url.endsWith('?new') && draft.includes(`\"${args[0]}\"`)) return;
               await new Promise((ok) => setTimeout(ok, 20));
             }",
            vec![json!(BY_LAW.category)],
        )
        .await?;
    phone.go(&server.url("/field/manifest.webmanifest")).await?;
    phone
        .run_async::<()>(
            "const cache = await caches.open('second-copy');
             const [draft] = (await cache.keys()).filter(({ url }) => url.includes('/drafts/'));
             await cache.put(`${draft.url}?new`, await cache.match(draft));
             await cache.delete(draft);",
            vec![],
        )
        .await?;
    delete_store(&phone).await?;
    phone.go(&server.url("/field/capture")).await?;
    phone.see(&hook("photo-thumb")).await?;
    let chip = hook_with("type-chip", "code", BY_LAW.category);
    phone.see(&format!("{chip}[aria-pressed=true]")).await?;
    // And takes its place.
    phone
        .run_async::<()>(
            "const cache = await caches.open('second-copy');
             while ((await cache.keys()).some(({ url }) => url.endsWith('?new'))) {
               await new Promise((ok) => setTimeout(ok, 20));
             }",
            vec![],
        )
        .await?;
    let case = save(&phone).await?;
    server.start().await?;
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    store.assert_sound()?;
    phone.go(&server.url("/field/records")).await?;
    see_record(&phone, case, "assigned").await?;
    phone.close().await
}

#[tokio::test]
async fn a_phone_that_was_cleared_is_said_until_it_is_read() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    server.stop().await?;
    report(&phone, BY_LAW, &[&media::small(14)?]).await?;
    phone.go(&server.url("/field/manifest.webmanifest")).await?;
    phone.run_async::<()>("await caches.delete('second-copy')", vec![]).await?;
    delete_store(&phone).await?;
    phone.go(&server.url("/field/")).await?;
    phone.read_in(&hook("wiped"), "有 1 条还没发出").await?;
    phone.screenshot("wiped").await?;
    phone.reload().await?;
    phone.see(&hook("wiped")).await?;
    phone.click(&hook("wiped-read")).await?;
    phone.see_gone(&hook("wiped")).await?;
    phone.reload().await?;
    phone.see(&hook("sign-in-submit")).await?;
    phone.see_gone(&hook("wiped")).await?;
    phone.close().await
}

/// Takes the database away; what the app then has from its second copy.
async fn put_back(phone: &Browser, server: &Server) -> Result<PhoneStore> {
    phone.go(&server.url("/field/manifest.webmanifest")).await?;
    delete_store(phone).await?;
    phone.go(&server.url("/field/records")).await?;
    phone.read_in(&hook("wiped"), "已从第二份副本放回").await?;
    PhoneStore::read(phone).await
}

/// On a page of this origin without the app: the store must not be held open.
async fn delete_store(phone: &Browser) -> Result<()> {
    phone
        .run_async(
            "await new Promise((ok, no) => {
               const request = indexedDB.deleteDatabase('xunjie');
               request.onsuccess = () => ok();
               request.onerror = request.onblocked = () => no('held open');
             });",
            vec![],
        )
        .await
}

/// The log that LevelDB writes on in, of the one origin that has a database.
fn last_log(profile: &Path) -> Result<PathBuf> {
    let logs = |folder: &Path| -> Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        entries.collect::<Result<_>>()
    };
    let databases = logs(&profile.join("Default/IndexedDB"))?;
    let database = databases
        .iter()
        .find(|path| path.extension().is_some_and(|kind| kind == "leveldb"))
        .context("no database")?;
    let mut logs = logs(database)?;
    logs.retain(|path| path.extension().is_some_and(|kind| kind == "log"));
    logs.into_iter().max().context("no log")
}

/// As a process leaves it that is killed in the middle of a write: the head of a record
/// (sum, length, "whole") and less behind it than it says.
fn tear(log: &Path) -> Result<()> {
    const LENGTH: u16 = 1_000;
    let mut torn = vec![0x5a; 4];
    torn.extend(LENGTH.to_le_bytes());
    torn.push(1);
    torn.extend([0xa5; 200]);
    Ok(OpenOptions::new().append(true).open(log)?.write_all(&torn)?)
}
