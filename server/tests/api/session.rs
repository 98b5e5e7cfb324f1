//! Signing in and out.

use std::time::SystemTime;

use domain::sync::{Profile, SignIn, SignedIn, TokenKind};
use reqwest::Method;
use tokio::task::JoinSet;
use xunjie::{config::Config, init::demo, jobs::housekeeping, store::sessions, system::clock};

use crate::support::{Device, TestApp, device::new_case, test_app::send};

fn credentials(device: &Device, password: &str, token: TokenKind) -> SignIn {
    SignIn {
        user: device.user.as_str().into(),
        password: password.into(),
        device: device.id,
        token,
    }
}

#[tokio::test]
async fn a_session_answers_until_it_is_signed_out() {
    let app = TestApp::start().await;
    let device = app.device("inspector").await;
    let profile: Profile = device.get("/api/v1/session", 200).await.json();
    assert_eq!(profile.actor.user.as_str(), "inspector");
    send(device.ask(Method::DELETE, "/api/v1/session"), 204).await;
    let refused = device.get("/api/v1/session", 401).await;
    assert_eq!(refused.problem(), "session_expired");
}

#[tokio::test]
async fn signing_out_ends_the_session_of_this_device_alone() {
    let app = TestApp::start().await;
    let (phone, computer) = (app.device("reviewer").await, app.device("reviewer").await);
    send(phone.ask(Method::DELETE, "/api/v1/session"), 204).await;
    phone.get("/api/v1/session", 401).await;
    computer.get("/api/v1/session", 200).await;
}

#[tokio::test]
async fn every_call_without_a_session_answers_401() {
    let app = TestApp::start().await;
    for (method, path) in [
        (Method::GET, "/api/v1/session"),
        (Method::GET, "/api/v1/pack"),
        (Method::GET, "/api/v1/sync/changes"),
        (Method::GET, "/api/v1/live"),
        (Method::POST, "/api/v1/sync/hello"),
        (Method::POST, "/api/v1/sync/operations"),
        (Method::POST, "/api/v1/photos/missing"),
    ] {
        let answer = send(app.ask(method, path), 401).await;
        assert_eq!(answer.problem(), "not_signed_in", "{path}");
    }
    let forged = app.ask(Method::GET, "/api/v1/pack").bearer_auth("0".repeat(64));
    assert_eq!(send(forged, 401).await.problem(), "session_expired");
}

#[tokio::test]
async fn an_expired_session_is_answered_in_the_language_of_the_request() {
    let config = Config { session_days: 0, ..Config::default() };
    let app = TestApp::start_with(config).await;
    let device = app.device("inspector").await;
    for (accept, tag) in [("en", "en"), ("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans")] {
        let request = device.ask(Method::GET, "/api/v1/pack").header("accept-language", accept);
        let answer = send(request, 401).await;
        assert_eq!(answer.problem(), "session_expired");
        assert_eq!(answer.header("content-language"), tag);
    }
    let in_english = device.ask(Method::GET, "/api/v1/pack").header("accept-language", "en");
    let answer = send(in_english, 401).await;
    assert!(String::from_utf8(answer.bytes).unwrap().contains("sign in again"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let app = TestApp::start().await;
    let mut stranger = Device::new(&app, "nobody");
    let known = Device::new(&app, "inspector");
    let one = stranger
        .post("/api/v1/session", &credentials(&stranger, "x", TokenKind::Bearer), 401)
        .await;
    let other =
        known.post("/api/v1/session", &credentials(&known, "x", TokenKind::Bearer), 401).await;
    assert_eq!(one.problem(), "wrong_password");
    assert_eq!(one.bytes, other.bytes);
    let long = "x".repeat(100_000);
    stranger.user = "inspector".into();
    stranger.post("/api/v1/session", &credentials(&stranger, &long, TokenKind::Bearer), 401).await;
}

#[tokio::test]
async fn after_five_wrong_passwords_a_name_has_to_wait() {
    let app = TestApp::start().await;
    let device = Device::new(&app, "reviewer");
    for _ in 0..5 {
        device
            .post("/api/v1/session", &credentials(&device, "guess", TokenKind::Bearer), 401)
            .await;
    }
    let right = credentials(&device, demo::PASSWORD, TokenKind::Bearer);
    let answer = device.post("/api/v1/session", &right, 429).await;
    assert_eq!(answer.problem(), "try_later");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    app.device("inspector").await;
}

/// A whole shift may sign in under one name as the day begins: right passwords are not
/// slowed down.
#[tokio::test]
async fn many_sign_ins_at_once_with_the_right_password_all_succeed() {
    let app = TestApp::start().await;
    let statuses = sign_in_at_once(&app, "inspector", demo::PASSWORD, 16).await;
    assert_eq!(statuses, vec![200; 16]);
    // Right passwords leave no count behind: as many again succeed.
    assert_eq!(sign_in_at_once(&app, "inspector", demo::PASSWORD, 16).await, vec![200; 16]);
}

#[tokio::test]
async fn many_wrong_passwords_at_once_do_not_avoid_the_wait() {
    let app = TestApp::start().await;
    let mut statuses = sign_in_at_once(&app, "inspector", "guess", 16).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![401; 5], vec![429; 11]].concat());
}

async fn sign_in_at_once(app: &TestApp, user: &str, password: &str, count: usize) -> Vec<u16> {
    let mut requests = JoinSet::new();
    for _ in 0..count {
        let device = Device::new(app, user);
        let body = credentials(&device, password, TokenKind::Bearer);
        let request = app.ask(Method::POST, "/api/v1/session").json(&body);
        requests.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    requests.join_all().await
}

#[tokio::test]
async fn the_cookie_of_the_app_is_hidden_from_scripts_and_refused_from_other_sites() {
    let app = TestApp::start().await;
    let device = Device::new(&app, "inspector");
    let request = credentials(&device, demo::PASSWORD, TokenKind::Cookie);
    let answer = device.post("/api/v1/session", &request, 200).await;
    assert_eq!(answer.json::<SignedIn>().token, None);
    let cookie = answer.header("set-cookie").to_owned();
    for wanted in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(wanted), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain http would never send it back");
    let pair = cookie.split(';').next().unwrap();

    let get = app.ask(Method::GET, "/api/v1/session").header("cookie", pair);
    send(get, 200).await;
    let own = app.base.clone();
    for (name, value, expected) in [
        ("sec-fetch-site", "same-origin", 200),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("origin", own.as_str(), 200),
        ("origin", "https://elsewhere.example", 403),
        ("x-nothing", "said", 403),
    ] {
        let request = app
            .ask(Method::POST, "/api/v1/photos/missing")
            .header("cookie", pair)
            .header(name, value)
            .json(&serde_json::json!({"photos": []}));
        let answer = send(request, expected).await;
        if expected == 403 {
            assert_eq!(answer.problem(), "cross_site");
        }
    }
}

#[tokio::test]
async fn the_cookie_is_secure_when_the_public_address_is_https() {
    let config = Config { public_address: "https://district.example".into(), ..Config::default() };
    let app = TestApp::start_with(config).await;
    let device = Device::new(&app, "inspector");
    let request = credentials(&device, demo::PASSWORD, TokenKind::Cookie);
    let answer = device.post("/api/v1/session", &request, 200).await;
    assert!(answer.header("set-cookie").contains("; Secure"));
}

#[tokio::test]
async fn a_batch_from_another_installation_answers_409() {
    let app = TestApp::start().await;
    let mut device = app.device("inspector").await;
    device.id = Device::new(&app, "inspector").id;
    let sealed = device.operation(new_case(), 0, domain::case::Command::Claim);
    let batch = domain::sync::Batch { device: device.id, epoch: None, operations: vec![sealed] };
    let answer = device.post("/api/v1/sync/operations", &batch, 409).await;
    assert_eq!(answer.problem(), "device_changed");
}

#[tokio::test]
async fn only_sessions_that_ended_are_deleted_by_housekeeping() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let app = TestApp::start().await;
    let (signed_out, active) = (app.device("inspector").await, app.device("inspector").await);
    send(signed_out.ask(Method::DELETE, "/api/v1/session"), 204).await;
    let day_before = clock::now().plus_millis(-DAY_MS);
    let pruned = app.app.store.write(move |transaction| sessions::prune(transaction, day_before));
    assert_eq!(pruned.await.unwrap(), 0, "it ended just now");
    housekeeping::sweep(&app.app, clock::now().plus_millis(2 * DAY_MS), SystemTime::now()).await;
    active.get("/api/v1/session", 200).await;
    signed_out.get("/api/v1/session", 401).await;
    let end = clock::now().plus_millis(40 * DAY_MS);
    let pruned = app.app.store.write(move |transaction| sessions::prune(transaction, end));
    assert_eq!(
        pruned.await.unwrap(),
        1,
        "one was deleted before, and this one has expired by then"
    );
    active.get("/api/v1/session", 401).await;
}
