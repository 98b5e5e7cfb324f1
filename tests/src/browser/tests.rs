//! The driver on pages of a few lines, before it drives the app.

use super::*;
use crate::files::FileServer;
use crate::proxy::{Fault, Proxy};

async fn site(page: &str) -> FileServer {
    FileServer::page(&format!(
        "<!doctype html><html lang=en><title>Test</title>
         <meta name=viewport content='width=device-width'>{page}"
    ))
    .await
    .unwrap()
}

#[tokio::test]
async fn a_phone_has_its_size_its_touch_its_language_and_its_place() {
    let page = site("<button id=b>打开</button>").await;
    let phone = Browser::phone().await.unwrap();
    phone.go(&page.url("/")).await.unwrap();
    let seen: (u32, u32, bool, String) = phone
        .run(
            "return [innerWidth, innerHeight, 'ontouchstart' in window, navigator.language]",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(seen, (360, 740, true, "zh-CN".into()));
    phone.stand_at(32.7361, 108.9083, 12.0).await.unwrap();
    let place: (f64, f64, f64) = phone
        .run_async(
            "const { coords } = await new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, no));
             return [coords.latitude, coords.longitude, coords.accuracy];",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(place, (32.7361, 108.9083, 12.0));
    let late = "b.onclick = () => setTimeout(() => b.after('打开了'), 50)";
    phone.run::<()>(late, vec![]).await.unwrap();
    phone.click("#b").await.unwrap();
    phone.read("打开了").await.unwrap();
    assert!(phone.screenshot("self-test-phone").await.unwrap().exists());
}

#[tokio::test]
async fn what_was_stored_is_there_after_a_kill() {
    let page = site("<p>Store</p>").await;
    let mut desk = Browser::desk().await.unwrap();
    desk.go(&page.url("/")).await.unwrap();
    let size: (u32, u32) = desk.run("return [innerWidth, innerHeight]", vec![]).await.unwrap();
    assert_eq!(size, (1280, 800));
    let write = "
        const open = indexedDB.open('d', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('s');
        await new Promise((ok) => open.onsuccess = ok);
        const tx = open.result.transaction('s', 'readwrite', { durability: 'strict' });
        tx.objectStore('s').put('kept', 1);
        await new Promise((ok) => tx.oncomplete = ok);";
    desk.run_async::<()>(write, vec![]).await.unwrap();
    desk.kill().await.unwrap();
    desk.open().await.unwrap();
    desk.go(&page.url("/")).await.unwrap();
    let read = "
        const open = indexedDB.open('d', 1);
        await new Promise((ok) => open.onsuccess = ok);
        const get = open.result.transaction('s').objectStore('s').get(1);
        await new Promise((ok) => get.onsuccess = ok);
        return get.result;";
    assert_eq!(desk.run_async::<String>(read, vec![]).await.unwrap(), "kept");
    desk.close().await.unwrap();
}

#[tokio::test]
async fn axe_finds_what_is_wrong_and_a_wait_says_what_it_saw() {
    let page = site("<main><h1>Photo</h1><img id=i src=data:,></main>").await;
    let desk = Browser::start(Device::Desktop, "en-US").await.unwrap();
    desk.go(&page.url("/")).await.unwrap();
    let found: Vec<_> = desk.axe().await.unwrap().into_iter().map(|v| v.id).collect();
    assert_eq!(found, ["image-alt"]);
    desk.run::<()>("document.getElementById('i').alt = 'A street'", vec![]).await.unwrap();
    desk.assert_accessible("the test page").await.unwrap();
}

#[tokio::test]
async fn a_page_through_a_broken_line_comes_at_the_second_try() {
    let page = site("<h1>Here</h1>").await;
    let proxy = Proxy::before(page.address()).await.unwrap();
    proxy.policy(|_| Fault::Reset);
    let phone = Browser::phone().await.unwrap();
    assert!(phone.go(&proxy.url("/")).await.is_err());
    proxy.policy(|_| Fault::Pass);
    phone.go(&proxy.url("/")).await.unwrap();
    phone.read("Here").await.unwrap();
}
