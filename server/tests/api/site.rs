//! The app's own files, and the headers of every answer.

use reqwest::Method;

use crate::support::{TestApp, test_app::send};

#[tokio::test]
async fn the_address_of_a_screen_answers_with_the_page_of_the_app() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/index.html",
        "/field/records",
        "/desk/board",
        "/case/0193a000-0000-7000-8000-000000000001",
    ] {
        let answer = send(app.ask(Method::GET, path), 200).await;
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let known = app.ask(Method::GET, path).header("if-none-match", answer.header("etag"));
        send(known, 304).await;
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_answer_404_and_405_with_a_problem() {
    let app = TestApp::start().await;
    for path in ["/missing.js", "/api/v1/nothing", "/api", "/../etc/passwd.txt"] {
        assert_eq!(send(app.ask(Method::GET, path), 404).await.problem(), "not_found", "{path}");
    }
    for (method, path) in
        [(Method::DELETE, "/api/v1/pack"), (Method::POST, "/"), (Method::PUT, "/healthz")]
    {
        assert_eq!(send(app.ask(method, path), 405).await.problem(), "method_not_allowed");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for (path, status) in [("/", 200), ("/healthz", 200), ("/api/v1/pack", 401), ("/x.js", 404)] {
        let answer = send(app.ask(Method::GET, path), status).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("permissions-policy").contains("camera=(self)"));
    }
}

#[tokio::test]
async fn a_healthy_server_reports_every_part_as_ok() {
    let app = TestApp::start().await;
    let health: serde_json::Value = send(app.ask(Method::GET, "/healthz"), 200).await.json();
    for part in ["writer", "reader", "photos"] {
        assert_eq!(health[part], "ok");
    }
}

#[tokio::test]
async fn a_pack_that_the_device_has_answers_304_and_others_are_sent_compressed() {
    let app = TestApp::start().await;
    let device = app.device("inspector").await;
    let answer = device.get("/api/v1/pack", 200).await;
    let pack: domain::pack::DistrictPack = answer.json();
    assert_eq!(pack, *app.app.decision_context.district.pack());
    let tag = answer.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}\"", pack.version));
    send(device.ask(Method::GET, "/api/v1/pack").header("if-none-match", tag), 304).await;
    let compressed = device.ask(Method::GET, "/api/v1/pack").header("accept-encoding", "br");
    let compressed = send(compressed, 200).await;
    assert_eq!(compressed.header("content-encoding"), "br");
    assert!(compressed.bytes.len() * 3 < answer.bytes.len());
    // The first answer was compressed quickly; the smallest encoding is made in the background
    // and sent once it is there.
    let smallest = loop {
        let request = device.ask(Method::GET, "/api/v1/pack").header("accept-encoding", "br");
        let again = send(request, 200).await;
        assert_eq!(again.header("content-encoding"), "br");
        if again.bytes.len() < compressed.bytes.len() {
            break again;
        }
    };
    assert_eq!(smallest.header("etag"), answer.header("etag"));
}
