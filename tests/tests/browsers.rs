//! Browsers as they are in the field: a tab that is cleared, an install that begins empty,
//! answers before the disk has it, connections to the store that are taken away. Each is
//! played by the page's own interfaces, in a real Chromium.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    client::{Client, DEMO_PASSWORD},
    journey::{
        BY_LAW, all_cases, hook, hook_with, inspector_s, open, report, until_store, words_of,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) \
    AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/// Chromium offers it when it likes; the page hears it so.
const OFFER: &str = "const offer = new Event('beforeinstallprompt', { cancelable: true });
    offer.prompt = () => {};
    window.dispatchEvent(offer);
    return offer.defaultPrevented;";

/// Notes how each transaction is asked for, and refuses the next ones that would write
/// records, as a connection does that the system has taken away.
const WATCHED: &str = "window.asked = [];
    window.refused = arguments[0];
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      const is_record = mode === 'readwrite' && names.includes('operations');
      if (is_record && window.refused > 0) {
        window.refused -= 1;
        throw new DOMException('The database connection is closing.', 'InvalidStateError');
      }
      window.asked.push({ names: [...names], mode, durability: options?.durability });
      return begin.apply(this, arguments);
    };
    return true;";

/// The first call to open the store never answers.
const HANGS: &str = "const open = IDBFactory.prototype.open;
    window.hung = 0;
    IDBFactory.prototype.open = function (name, version) {
      if (name === 'xunjie' && window.hung === 0) {
        window.hung += 1;
        return new EventTarget();
      }
      return open.apply(this, arguments);
    };";

#[tokio::test]
async fn a_tab_that_is_cleared_says_so_and_nothing_is_installed_over_what_waits() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    // The app asks the page; what goes over the line stays Chromium's.
    let named = format!(
        "Object.defineProperty(navigator, 'userAgent', {{ get: () => {} }});",
        json!(SAFARI)
    );
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": named })).await?;
    phone.reload().await?;
    phone.see(&hook("sync-state")).await?;
    ensure!(phone.run::<bool>(OFFER, vec![]).await?, "the browser would have asked by itself");
    phone.click(&hook("sync-state")).await?;
    phone.see(&hook("install")).await?;
    let words = words_of(&phone, &hook("guidance")).await?;
    ensure!(words.contains("七天") && words.contains("主屏幕"), "{words}");

    server.stop().await?;
    phone.go(&server.url("/field/capture")).await?;
    phone.see(&hook_with("place-strip", "state", "known")).await?;
    report(&phone, BY_LAW, &[&media::small(1)?]).await?;
    phone.run::<bool>(OFFER, vec![]).await?;
    phone.click(&hook("sync-state")).await?;
    // Counted from this opening, in the district's days.
    let day: String = phone
        .run(
            "const day = new Date(Date.now() + (7 * 24 + 8) * 3_600_000);
             return `待发的只留到${day.getUTCMonth() + 1}月${day.getUTCDate()}日`",
            vec![],
        )
        .await?;
    phone.read_in(&hook("guidance"), &day).await?;
    phone.read_in(&hook("guidance"), "请先连网发完").await?;
    phone.see_gone(&hook("install")).await?;

    server.start().await?;
    phone.click(&hook("sync-now")).await?;
    phone.see(&hook("install")).await?;
    phone.close().await
}

#[tokio::test]
async fn what_is_saved_is_one_strict_write_also_when_the_connection_was_taken_away() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    for refused in [0, 1] {
        open(&phone, "capture").await?;
        phone.see(&hook_with("place-strip", "state", "known")).await?;
        phone.run::<bool>(WATCHED, vec![json!(refused)]).await?;
        report(&phone, BY_LAW, &[&media::small(1 + refused)?]).await?;
        let left: u32 = phone.run("return window.refused", vec![]).await?;
        ensure!(left == 0, "no connection was taken away");
        let loose: u32 = phone.run(&on_operations("it.durability !== 'strict'"), vec![]).await?;
        ensure!(loose == 0, "{loose} writes of records were not strict");
        let whole =
            "['meta', 'photos', 'photo_bytes', 'drafts'].every((name) => it.names.includes(name))";
        let whole: u32 = phone.run(&on_operations(whole), vec![]).await?;
        ensure!(whole >= 1, "a record, its photos and the chain are not written together");
        phone.reload().await?;
        phone.see(&hook("sync-state")).await?;
    }
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    store.assert_sound()?;
    ensure!(store.operations.len() == 2, "{} operations", store.operations.len());
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    for kept in &store.operations {
        ensure!(all_cases(&client).await?.contains_key(&kept.case), "{} is lost", kept.case);
    }
    phone.close().await
}

#[tokio::test]
async fn a_store_whose_first_opening_hangs_is_opened_again() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HANGS })).await?;
    phone.reload().await?;
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    let hung: u32 = phone.run("return window.hung", vec![]).await?;
    ensure!(hung == 1, "nothing hung");
    phone.close().await
}

#[tokio::test]
async fn the_worker_answers_reading_of_its_own_shell_and_nothing_else() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    phone.until("navigator.serviceWorker.controller !== null").await?;
    server.stop().await?;
    // With nobody behind it, whoever answers is the worker.
    for (method, path, answers) in [
        ("GET", "/field/index.html", true),
        ("GET", "/field/records", false),
        ("POST", "/field/index.html", false),
        ("PUT", "/field/index.html", false),
        ("GET", "/desk/index.html", false),
        ("GET", "/api/v1/sync/changes?after=0", false),
        ("POST", "/api/v1/sync/operations", false),
        ("POST", "/api/v1/photos/00/parts?offset=0&length=1", false),
    ] {
        let asked = "const answer = await fetch(args[1], {
              method: args[0], body: args[0] === 'GET' ? undefined : 'x' }).catch(() => null);
            return answer !== null && answer.ok;";
        let answered: bool = phone.run_async(asked, vec![method.into(), path.into()]).await?;
        ensure!(answered == answers, "{method} {path}: {answered}");
    }
    phone.close().await
}

fn on_operations(condition: &str) -> String {
    format!(
        "return window.asked.filter((it) => it.mode === 'readwrite' \
         && it.names.includes('operations') && ({condition})).length"
    )
}
