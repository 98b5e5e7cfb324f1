//! The second copy keeps up with the store: in turn, at the next start at the latest, and
//! without giving up what is needed.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tests::{
    browser::Browser,
    journey::{
        BY_LAW, FOR_THE_TRAY, choose_type, hook, inspector_at, report, take_photos, until_draft,
        until_store,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

use super::put_back;

/// The copy of the first change is slow to be written, and must not undo the second.
#[tokio::test]
async fn of_two_changes_of_a_draft_the_later_is_copied_last() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
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
    let mut phone = inspector_at(&server.url("/field/")).await?;
    server.stop().await?;
    phone
        .run::<()>("Cache.prototype.put = async () => { throw new Error('no room'); };", vec![])
        .await?;
    let case = report(&phone, BY_LAW, &[&media::small(47)?]).await?;
    let saved = PhoneStore::read(&phone).await?;
    ensure!(copied(&phone, "/photo_bytes/").await? == 0, "the browser took a copy");

    phone.go(&server.url("/field/records")).await?;
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
    let mut phone = inspector_at(&server.url("/field/")).await?;
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
    let mut phone = inspector_at(&server.url("/field/")).await?;
    server.stop().await?;
    report(&phone, BY_LAW, &[&media::small(50)?]).await?;
    // A row that is being copied lies there twice, and for a moment not at all.
    let before: Vec<(String, String)> = phone
        .run_async(
            "const cache = await caches.open('second-copy');
             for (;;) {
               const rows = (await cache.keys())
                 .filter(({ url }) => url.includes('/operations/') || url.includes('/photos/'));
               const kept = await Promise.all(rows.map((row) => cache.match(row)));
               if (kept.length === 2 && kept.every(Boolean) && !rows.some(({ url }) => url.endsWith('?new'))) {
                 return Promise.all(kept.map(async (it, at) => [rows[at].url, await it.text()]));
               }
               await new Promise(requestAnimationFrame);
             }",
            vec![],
        )
        .await?;
    server.start().await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    server.stop().await?;
    phone.go(&server.url("/field/manifest.webmanifest")).await?;
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

/// A page was closed before it gave up the copy of a comment thrown away. While the next start
/// looks through the copies, the person begins another: its copy stays.
#[tokio::test]
async fn what_is_begun_while_copies_are_given_up_keeps_its_copy() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    let case = report(&phone, BY_LAW, &[&media::small(51)?]).await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    phone.go(&server.url("/field/manifest.webmanifest")).await?;
    let copy = json!(format!("/second-copy/drafts/work-{case}-inspector"));
    leave_copies(&phone, &[copy.clone(), stray()]).await?;
    // Between the look at what there is and the first copy that is given up.
    let held = "const { keys, match } = Cache.prototype;
        let isListed = false;
        const held = new Promise((ok) => { window.goOn = ok; });
        Cache.prototype.keys = function (...of) { isListed = true; return keys.apply(this, of); };
        Cache.prototype.match = async function (address, ...more) {
          if (isListed && String(address).includes('/meta/')) {
            window.isHeld = true;
            await held;
          }
          return match.call(this, address, ...more);
        };";
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": held })).await?;
    phone.go(&server.url(&format!("/field/case/{case}"))).await?;
    phone.until("window.isHeld").await?;
    phone.click(&hook("comment")).await?;
    phone.fill(&hook("comment-text"), "摊主说明天来").await?;
    until_draft(&phone, "摊主说明天来").await?;
    phone.run::<()>("window.goOn()", vec![]).await?;
    until_given_up(&phone, stray()).await?;
    let copied: Option<String> = phone
        .run_async(
            "const cache = await caches.open('second-copy');
             return (await cache.match(args[0]))?.text();",
            vec![copy],
        )
        .await?;
    let copied = copied.context("the copy was given up")?;
    ensure!(copied.contains("摊主说明天来"), "the copy is {copied}");
    phone.close().await
}

/// Starts the app, until its second copy is what its store is. What nobody has stored lies
/// behind all photos: once that is given up, so is what else had to be.
async fn start_until_caught_up(phone: &Browser, server: &Server) -> Result<()> {
    leave_copies(phone, &[stray()]).await?;
    phone.go(&server.url("/field/records")).await?;
    phone.see(&hook("record-row")).await?;
    until_given_up(phone, stray()).await
}

fn stray() -> Value {
    json!(format!("/second-copy/photo_bytes/{}", "f".repeat(64)))
}

async fn leave_copies(phone: &Browser, addresses: &[Value]) -> Result<()> {
    phone
        .run_async(
            "const cache = await caches.open('second-copy');
             for (const address of args[0]) await cache.put(address, new Response('{}'));",
            vec![json!(addresses)],
        )
        .await
}

async fn until_given_up(phone: &Browser, address: Value) -> Result<()> {
    phone
        .run_async(
            "const cache = await caches.open('second-copy');
             while (await cache.match(args[0])) await new Promise((ok) => setTimeout(ok, 20));",
            vec![address],
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
