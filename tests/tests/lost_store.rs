//! The browser's database is gone: thrown away by the browser, or cleared with all that
//! there is. What the second copy has comes back; what is gone is said.

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
    let mut phone = inspector_at(&server.url("/")).await?;
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
        phone.go(&server.url("/capture")).await?;
        phone.see(&hook("photo-thumb")).await?;
        choose_type(&phone, kind).await?;
        until_draft(&phone, &format!("\"category\":\"{kind}\"")).await?;
        phone.close().await?;
    }
    phone.open().await?;
    phone.go(&server.url("/records")).await?;
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
    phone.go(&server.url("/capture")).await?;
    phone.see(&hook("photo-thumb")).await?;
    choose_type(&phone, BY_LAW.category).await?;
    let next = save(&phone).await?;
    server.start().await?;
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    store.assert_sound()?;
    phone.go(&server.url("/records")).await?;
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
    let mut phone = inspector_at(&server.url("/")).await?;
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
    phone.go(&server.url("/manifest.webmanifest")).await?;
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
    phone.go(&server.url("/capture")).await?;
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
    phone.go(&server.url("/records")).await?;
    see_record(&phone, case, "assigned").await?;
    phone.close().await
}

/// The copy of the first change is slow to be written, and must not undo the second.
#[tokio::test]
async fn of_two_changes_of_a_draft_the_later_is_copied_last() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/")).await?;
    take_photos(&phone, &[&media::small(46)?]).await?;
    until_draft(&phone, "\"hash\"").await?;
    phone
        .run::<()>(
            "const put = Cache.prototype.put;
             window.copied = [];
             Cache.prototype.put = async function (address, response) {
               const draft = String(address).includes('/drafts/') && (await response.clone().text());
               if (draft && !window.goOn) await new Promise((ok) => { window.goOn = ok; });
               await put.call(this, address, response);
               if (draft && !address.endsWith('?new')) window.copied.push(draft);
             };",
            vec![],
        )
        .await?;
    for kind in [FOR_THE_TRAY.category, BY_LAW.category] {
        choose_type(&phone, kind).await?;
        until_draft(&phone, &format!("\"category\":\"{kind}\"")).await?;
        phone.until("window.goOn").await?;
    }
    phone.run::<()>("window.goOn()", vec![]).await?;
    let last = phone
        .until(&format!(
            "['{}', '{}'].every((kind) => window.copied.some((it) => it.includes(kind)))
               && window.copied.at(-1)",
            FOR_THE_TRAY.category, BY_LAW.category,
        ))
        .await?;
    let last = last.as_str().context("no text")?;
    ensure!(last.contains(&format!("\"category\":\"{}\"", BY_LAW.category)), "last: {last}");
    phone.close().await
}

/// The browser took none of a record's copies: the report is saved all the same, the next
/// start makes up for it, and the record outlives the database.
#[tokio::test]
async fn what_could_not_be_copied_is_copied_at_the_next_start() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/")).await?;
    server.stop().await?;
    phone
        .run::<()>("Cache.prototype.put = async () => { throw new Error('no room'); };", vec![])
        .await?;
    let case = report(&phone, BY_LAW, &[&media::small(47)?]).await?;
    let saved = PhoneStore::read(&phone).await?;
    ensure!(copied(&phone, "/photo_bytes/").await? == 0, "the browser took a copy");

    phone.go(&server.url("/records")).await?;
    phone.see(&hook("record-row")).await?;
    phone
        .run_async::<()>(
            "const cache = await caches.open('second-copy');
             const has = (keys, table) => keys.some(({ url }) => url.includes(`/${table}/`));
             for (;;) {
               const keys = await cache.keys();
               const tables = ['operations', 'photos', 'photo_thumbs', 'photo_bytes'];
               if (tables.every((table) => has(keys, table))) return;
               await new Promise((ok) => setTimeout(ok, 20));
             }",
            vec![],
        )
        .await?;
    let store = put_back(&phone, &server).await?;
    ensure!(store.report_of(case)? == saved.report_of(case)?, "another report");
    store.assert_whole()?;
    phone.close().await
}

/// The server has the picture from another report. Until it has this report too, the phone
/// must be able to send it again.
#[tokio::test]
async fn a_picture_that_is_chosen_again_is_copied_again() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/")).await?;
    let picture = media::small(48)?;
    report(&phone, BY_LAW, &[&picture]).await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    server.stop().await?;
    let case = report(&phone, FOR_THE_TRAY, &[&picture]).await?;
    start_until_caught_up(&phone, &server).await?;
    let store = put_back(&phone, &server).await?;
    store.assert_sound()?;
    for shot in store.report_of(case)?.photos {
        ensure!(store.bytes.contains_key(&shot.hash), "its bytes were given up");
    }
    phone.close().await
}

/// Killed between a receipt's commit and its copy: the next start brings the copy up to date,
/// so that a phone which loses its database then knows what the server has.
#[tokio::test]
async fn a_copy_that_is_a_receipt_behind_is_brought_up_to_date() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/")).await?;
    server.stop().await?;
    report(&phone, BY_LAW, &[&media::small(50)?]).await?;
    let rows = "const cache = await caches.open('second-copy');
        const rows = (await cache.keys())
          .filter(({ url }) => url.includes('/operations/') || url.includes('/photos/'));";
    let before: Vec<(String, String)> = phone
        .run_async(
            &format!(
                "{rows} return Promise.all(rows.map(async (row) =>
                   [row.url, await (await cache.match(row)).text()]));"
            ),
            vec![],
        )
        .await?;
    ensure!(before.len() == 2, "a record and its photo: {before:?}");
    server.start().await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    server.stop().await?;
    phone.go(&server.url("/manifest.webmanifest")).await?;
    phone
        .run_async::<()>(
            "const cache = await caches.open('second-copy');
             for (const [url, text] of args[0]) await cache.put(url, new Response(text));",
            vec![json!(before)],
        )
        .await?;

    start_until_caught_up(&phone, &server).await?;
    let store = put_back(&phone, &server).await?;
    ensure!(store.is_settled(), "receipts were lost: {store:#?}");
    store.assert_sound()?;
    phone.close().await
}

/// Starts the app, until its second copy is what its store is. What nobody has stored lies
/// behind all photos: once that is given up, so is what else had to be.
async fn start_until_caught_up(phone: &Browser, server: &Server) -> Result<()> {
    let stray = json!(format!("/second-copy/photo_bytes/{}", "f".repeat(64)));
    phone
        .run_async::<()>(
            "const cache = await caches.open('second-copy');
             await cache.put(args[0], new Response('x'));",
            vec![stray.clone()],
        )
        .await?;
    phone.go(&server.url("/records")).await?;
    phone.see(&hook("record-row")).await?;
    phone
        .run_async::<()>(
            "const cache = await caches.open('second-copy');
             while (await cache.match(args[0])) await new Promise((ok) => setTimeout(ok, 20));",
            vec![stray],
        )
        .await
}

/// How many rows of a table the second copy has.
async fn copied(phone: &Browser, table: &str) -> Result<usize> {
    phone
        .run_async(
            "const keys = await (await caches.open('second-copy')).keys();
             return keys.filter(({ url }) => url.includes(args[0])).length;",
            vec![json!(table)],
        )
        .await
}

#[tokio::test]
async fn a_phone_that_was_cleared_is_said_until_it_is_read() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/")).await?;
    server.stop().await?;
    report(&phone, BY_LAW, &[&media::small(14)?]).await?;
    phone.go(&server.url("/manifest.webmanifest")).await?;
    phone.run_async::<()>("await caches.delete('second-copy')", vec![]).await?;
    delete_store(&phone).await?;
    phone.go(&server.url("/")).await?;
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
    phone.go(&server.url("/manifest.webmanifest")).await?;
    delete_store(phone).await?;
    phone.go(&server.url("/records")).await?;
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
