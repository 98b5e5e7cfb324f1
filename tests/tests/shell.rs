//! The app's shell: it starts without a network, takes a new revision whole or
//! not at all, and says so in words when it cannot start.

use tests::browser::{Browser, Device};
use tests::files::FileServer;
use tests::media::sha256;
use tests::server::Server;

/// The app is there: the skeleton gave way to something, and not to the failure.
const STARTED: &str = "!document.getElementById('boot')
    && document.getElementById('boot-failed')?.checkVisibility() !== true
    && document.body.innerText.trim()";

const REVISIONS: &str = "return (await caches.keys()).filter((name) => name.startsWith('shell-'))";

/// What the app does when the person asks for the new revision.
const TAKE: &str = "window.before = true; window.dispatchEvent(new Event('xunjie:activate'))";

/// The page that is shown was published under this number.
fn is_shown(number: u32) -> String {
    format!("new XMLSerializer().serializeToString(document).includes('revision {number} ')")
}

fn is_revision(number: u32) -> String {
    format!("return {}", is_shown(number))
}

async fn opened(site: &FileServer) -> Browser {
    let phone = Browser::phone().await.unwrap();
    phone.go(&site.url("/field/")).await.unwrap();
    phone.until(STARTED).await.unwrap();
    phone.until_offline_ready().await.unwrap();
    phone
}

/// Another revision: a page that differs, and a worker that lists it.
fn publish(site: &FileServer, number: u32) {
    let page = site.text("field/index.html").unwrap();
    let worker = site.text("field/sw.js").unwrap();
    let (_, digest) = listed(&worker);
    assert_eq!(digest, sha256(page.as_bytes()));
    let next = format!("{page}\n<!-- revision {number} -->");
    let worker = worker.replace(&digest, &sha256(next.as_bytes()));
    let worker = worker.replace(
        &format!("\"path\":\"/field/index.html\",\"size\":{}", page.len()),
        &format!("\"path\":\"/field/index.html\",\"size\":{}", next.len()),
    );
    site.put("field/index.html", next);
    site.put("field/sw.js", worker);
}

/// The page's entry in the worker's list: where its digest begins, and the digest.
fn listed(worker: &str) -> (usize, String) {
    let path = worker.find("\"path\":\"/field/index.html\"").expect("listed");
    let start = worker[..path].rfind("\"digest\":\"").expect("a digest") + 10;
    (start, worker[start..start + 64].to_owned())
}

#[tokio::test]
async fn both_entry_points_start_with_the_server_stopped() {
    let mut server = Server::demo().await.unwrap();
    let mut phone = Browser::phone().await.unwrap();
    for entry in ["field", "desk"] {
        phone.go(&server.url(&format!("/{entry}/"))).await.unwrap();
        phone.until(STARTED).await.unwrap();
        phone.until_offline_ready().await.unwrap();
    }
    server.stop().await.unwrap();
    for address in ["/field/", "/field/some/screen", "/desk/", "/desk/some/screen"] {
        phone.go(&server.url(address)).await.unwrap();
        phone.until(STARTED).await.unwrap();
    }
    phone.kill().await.unwrap();
    phone.open().await.unwrap();
    phone.go(&server.url("/field/")).await.unwrap();
    phone.until(STARTED).await.unwrap();
    let api =
        "return await fetch('/api/v1/openapi.json').then(() => 'answered', () => 'no network')";
    assert_eq!(phone.run_async::<String>(api, vec![]).await.unwrap(), "no network");
}

#[tokio::test]
async fn a_new_revision_waits_until_it_is_asked_for_and_two_are_kept() {
    let site = FileServer::site().await.unwrap();
    let phone = opened(&site).await;
    for number in 2..5 {
        publish(&site, number);
        phone.look_for_update().await.unwrap();
        phone.until("document.documentElement.dataset.update === 'ready'").await.unwrap();
        phone.reload().await.unwrap();
        phone.until(STARTED).await.unwrap();
        let here = is_revision(number);
        assert!(!phone.run::<bool>(&here, vec![]).await.unwrap(), "a reload alone takes it");

        phone.until("document.documentElement.dataset.update === 'ready'").await.unwrap();
        phone.run::<()>(TAKE, vec![]).await.unwrap();
        phone.until(&format!("!window.before && {STARTED}")).await.unwrap();
        assert!(phone.run::<bool>(&here, vec![]).await.unwrap(), "it was asked for: {number}");
        let kept: Vec<String> = phone.run_async(REVISIONS, vec![]).await.unwrap();
        assert_eq!(kept.len(), 2, "{kept:?}");
    }
}

/// The button did nothing in a tab after another one had been asked.
#[tokio::test]
async fn a_revision_that_another_tab_activated_comes_when_it_is_asked_for_here() {
    let site = FileServer::site().await.unwrap();
    let phone = opened(&site).await;
    let other = phone.open_tab().await.unwrap();
    phone.go(&site.url("/field/")).await.unwrap();
    phone.until(STARTED).await.unwrap();
    publish(&site, 2);
    phone.look_for_update().await.unwrap();
    for tab in [0, other] {
        phone.show_tab(tab).await.unwrap();
        phone.until("document.documentElement.dataset.update === 'ready'").await.unwrap();
    }
    for tab in [other, 0] {
        phone.show_tab(tab).await.unwrap();
        phone.run::<()>(TAKE, vec![]).await.unwrap();
        phone.until(&format!("!window.before && {STARTED}")).await.unwrap();
        assert!(phone.run::<bool>(&is_revision(2), vec![]).await.unwrap(), "tab {tab}");
    }
}

/// Chromium forgets a waiting worker when a message starts the active one again at that moment.
#[tokio::test]
async fn an_activation_that_the_browser_missed_is_asked_for_again() {
    let site = FileServer::site().await.unwrap();
    let phone = opened(&site).await;
    publish(&site, 2);
    let worker = site.text("field/sw.js").unwrap();
    let deaf = worker
        .replace("self.skipWaiting()", "self.isAsked ? self.skipWaiting() : (self.isAsked = true)");
    assert_ne!(worker, deaf);
    site.put("field/sw.js", deaf);
    phone.look_for_update().await.unwrap();
    phone.until("document.documentElement.dataset.update === 'ready'").await.unwrap();
    phone.run::<()>(TAKE, vec![]).await.unwrap();
    phone.until(&format!("{} && {STARTED}", is_shown(2))).await.unwrap();
}

#[tokio::test]
async fn a_damaged_revision_is_refused_whole_and_the_old_one_goes_on() {
    let site = FileServer::site().await.unwrap();
    let phone = opened(&site).await;
    publish(&site, 2);
    let mut page = site.text("field/index.html").unwrap();
    // As long as it should be, and one byte different.
    page.replace_range(page.len() - 1.., "!");
    site.put("field/index.html", page);
    phone.look_for_update().await.unwrap();
    let state: (bool, bool) = phone
        .run_async(
            "const it = await navigator.serviceWorker.getRegistration();
             return [it.waiting === null, it.installing === null]",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(state, (true, true));
    assert_eq!(phone.run_async::<Vec<String>>(REVISIONS, vec![]).await.unwrap().len(), 1);
    let url = site.url("/field/");
    site.stop().await;
    phone.go(&url).await.unwrap();
    phone.until(STARTED).await.unwrap();
}

/// Seen with five tabs that were loaded again and again: for once the worker had no answer. A
/// moment later it has; and what it cannot read, the network has.
#[tokio::test]
async fn a_worker_that_fails_for_once_costs_no_start() {
    let site = FileServer::site().await.unwrap();
    let worker = site.text("field/sw.js").unwrap();
    let faulty = "
        let refused = 0;
        self.addEventListener('fetch', (event) => {
          if (!event.request.url.endsWith('.wasm') || ++refused > 2) return;
          event.respondWith(Promise.reject(new Error('busy')));
          event.stopImmediatePropagation();
        });
        self.addEventListener('message', ({ data, ports }) => {
          if (data !== 'unreadable') return;
          const fail = async () => { throw new Error('unreadable'); };
          Object.assign(CacheStorage.prototype, { open: fail, match: fail });
          ports[0].postMessage('done');
        });";
    site.put("field/sw.js", format!("{faulty}\n{worker}"));
    let phone = opened(&site).await;
    phone.reload().await.unwrap();
    phone.until(STARTED).await.unwrap();
    let asked = "return performance.getEntriesByType('resource')
        .filter(({ name }) => name.endsWith('.wasm')).length";
    assert_eq!(phone.run::<u32>(asked, vec![]).await.unwrap(), 3);

    phone
        .run_async::<()>(
            "const { port1, port2 } = new MessageChannel();
             const done = new Promise((ok) => { port1.onmessage = ok; });
             navigator.serviceWorker.controller.postMessage('unreadable', [port2]);
             await done;",
            vec![],
        )
        .await
        .unwrap();
    phone.reload().await.unwrap();
    // Chromium's own page of an error has words, too.
    phone.until(&format!("document.title.includes('巡街') && {STARTED}")).await.unwrap();
}

#[tokio::test]
async fn when_it_cannot_start_it_says_so_in_three_languages() {
    let site = FileServer::site().await.unwrap();
    for name in site.names() {
        if name.ends_with(".wasm") {
            site.remove(&name);
        }
    }
    for (device, name) in [(Device::Phone, "phone"), (Device::Desktop, "desk")] {
        let browser = Browser::start(device, "zh-TW").await.unwrap();
        browser.go(&site.url("/field/")).await.unwrap();
        for words in ["没能打开", "沒能開啟", "It did not open"] {
            browser.read(words).await.unwrap();
        }
        let language: String =
            browser.run("return document.documentElement.lang", vec![]).await.unwrap();
        assert_eq!(language, "zh-Hant");
        browser.assert_accessible("the page that says it did not open").await.unwrap();
        browser.screenshot(&format!("boot-failed-{name}")).await.unwrap();
    }
}
