//! Without a network the app starts from what the phone keeps, and a revision that
//! does not come whole never replaces the one that works.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    browser::Browser,
    journey::{BY_LAW, hook, hook_with, inspector_at, report, see_record, until_store},
    media,
    phone_store::PhoneStore,
    proxy::Head,
    server::Server,
};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn without_a_server_a_restarted_phone_starts_and_captures() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    phone.see(&hook_with("place-strip", "state", "known")).await?;
    server.kill().await?;

    phone.kill().await?;
    phone.open().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    phone.go(&server.url("/field/")).await?;
    phone.see(&hook_with("screen", "screen", "capture")).await?;
    phone.see(&hook_with("sync-state", "state", "offline")).await?;
    let case = report(&phone, BY_LAW, &[&media::small(1)?]).await?;
    let watch = json!({ "source": WATCH_CLAIMS });
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", watch).await?;
    phone.go(&server.url("/field/records")).await?;
    see_record(&phone, case, "waiting").await?;
    let claims: Vec<String> = phone.run("return window.claims;", vec![]).await?;
    ensure!(claims.is_empty(), "while the store was read, the start said: {claims:?}");
    PhoneStore::read(&phone).await?.assert_whole()?;
    phone.close().await
}

/// Notes what a phone with a record that waits must never say: that it has none, or that all
/// have arrived.
const WATCH_CLAIMS: &str = r#"
window.claims = [];
new MutationObserver(() => {
  for (const wrong of ['.empty', '[data-test="sync-state"][data-state="done"]']) {
    if (document.querySelector(wrong)) window.claims.push(wrong);
  }
}).observe(document, { subtree: true, childList: true, attributes: true });
"#;

/// A photo that came through the worker would lie in the page's process until the worker's
/// garbage is collected.
#[tokio::test]
async fn calls_and_photos_go_past_the_worker() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    phone.reload().await?;
    report(&phone, BY_LAW, &[&media::small(1)?]).await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    // "network": past the worker, as it had told the browser.
    let asked: Vec<(String, String)> = phone
        .run(
            "return performance.getEntriesByType('resource')
               .map(({ name, workerFinalSourceType }) => [new URL(name).pathname, workerFinalSourceType]);",
            vec![],
        )
        .await?;
    let (calls, files): (Vec<_>, Vec<_>) =
        asked.into_iter().partition(|(path, _)| path.starts_with("/api/"));
    ensure!(calls.iter().any(|(path, _)| path.starts_with("/api/v1/photos/")), "{calls:?}");
    ensure!(calls.iter().all(|(_, source)| source == "network"), "through the worker: {calls:?}");
    let app = files.iter().find(|(path, _)| path.ends_with(".wasm"));
    ensure!(app.is_some_and(|(_, source)| source.is_empty()), "past the worker: {files:?}");
    phone.close().await
}

/// One byte of the next revision is wrong on its way: the worker finds it by its digest.
#[tokio::test]
async fn a_revision_with_a_wrong_byte_is_not_installed() -> Result<()> {
    let server = Server::demo().await?;
    let worker = reqwest::get(server.url("/field/sw.js")).await?.error_for_status()?.text().await?;
    let relay = Relay::before(server.url("")).await?;
    let mut phone = Browser::phone().await?;
    phone.go(&relay.url()).await?;
    phone.until_offline_ready().await?;
    let before = caches(&phone).await?;
    ensure!(before.len() == 1, "one revision: {before:?}");

    let page = reqwest::get(server.url("/field/")).await?.error_for_status()?.bytes().await?;
    let (old, new) = (media::sha256(&page), media::sha256(b"the next page"));
    ensure!(worker.contains(&old), "the worker's list does not name the page as it is served");
    relay.answer_with("/field/sw.js", worker.replace(&old, &new));
    let outcome: String = phone.run_async(UPDATE, vec![]).await?;
    ensure!(outcome == "redundant", "the damaged revision is {outcome}");
    ensure!(caches(&phone).await? == before, "the old revision's files were touched");
    phone.reload().await?;
    phone.see(&hook("sign-in-submit")).await?;
    phone.close().await
}

/// Fetches the next revision and follows it to the end of its installation.
const UPDATE: &str = r"
const registration = await navigator.serviceWorker.ready;
const found = new Promise((ok) => {
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker.addEventListener('statechange', () => {
      if (worker.state !== 'installing') ok(worker.state);
    });
  });
});
await registration.update();
return found;
";

/// Revisions of the shell, with the number of their files.
async fn caches(phone: &Browser) -> Result<Vec<(String, usize)>> {
    phone
        .run_async(
            "const names = (await caches.keys()).filter((name) => name.startsWith('shell-')).sort();
             const count = async (name) => (await (await caches.open(name)).keys()).length;
             return Promise.all(names.map(async (name) => [name, await count(name)]));",
            vec![],
        )
        .await
}

/// Passes GETs on to the server, except where a test gives the answer.
struct Relay {
    address: SocketAddr,
    given: Arc<Mutex<HashMap<String, String>>>,
}

impl Relay {
    async fn before(server: String) -> Result<Relay> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let given = Arc::new(Mutex::new(HashMap::new()));
        let known = given.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, server.clone(), known.clone()));
            }
        });
        Ok(Relay { address, given })
    }

    fn url(&self) -> String {
        format!("http://{}/field/", self.address)
    }

    fn answer_with(&self, path: &str, body: String) {
        self.given.lock().unwrap().insert(path.into(), body);
    }
}

async fn serve(
    client: TcpStream,
    server: String,
    given: Arc<Mutex<HashMap<String, String>>>,
) -> Result<()> {
    let mut client = BufReader::new(client);
    while let Some(head) = Head::read(&mut client).await? {
        let path = head.word(1).to_owned();
        let real = reqwest::get(format!("{server}{path}")).await?;
        let mut answer = format!("HTTP/1.1 {}\r\n", real.status());
        for (name, value) in real.headers() {
            if !["content-length", "transfer-encoding", "connection"].contains(&name.as_str()) {
                answer.push_str(&format!("{name}: {}\r\n", value.to_str()?));
            }
        }
        let body = real.bytes().await?;
        let instead = given.lock().unwrap().get(&path).map(|text| text.clone().into_bytes());
        let body = instead.unwrap_or_else(|| body.to_vec());
        answer.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        client.write_all(answer.as_bytes()).await?;
        client.write_all(&body).await?;
    }
    Ok(())
}
