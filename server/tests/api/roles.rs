//! What each role may call and do, and the answer when it may not.

use domain::{
    access::Role,
    case::{Command, Refusal},
    sync::{JobRetry, MissingQuery, Verdict},
};
use reqwest::Method;

use crate::support::{
    TestApp,
    demo::{To, report},
    device::{new_case, order, pass, rectify},
    picture::jpeg,
    test_app::send,
};

/// An account of the demo for each role.
const ACCOUNTS: [(&str, Role); 8] = [
    ("inspector", Role::Inspector),
    ("reviewer", Role::Reviewer),
    ("cgj", Role::Handler),
    ("cgjlead", Role::UnitLead),
    ("leader", Role::PatchLeader),
    ("discipline", Role::Discipline),
    ("admin", Role::Administrator),
    ("city", Role::City),
];

/// The id of a view, of whoever saves one under it.
const VIEW: &str = "01a2287f-a159-73fd-a857-2e62098ec666";

#[tokio::test]
async fn each_role_may_make_just_the_calls_of_its_work() {
    let app = TestApp::start().await;
    for ((user, role), seed) in ACCOUNTS.into_iter().zip(0..) {
        let device = app.device(user).await;
        assert_eq!(device.profile.as_ref().unwrap().actor.role, role);
        for path in [
            "/api/v1/session",
            "/api/v1/pack",
            "/api/v1/sync/changes",
            "/api/v1/cases",
            "/api/v1/cases/counts",
            "/api/v1/cases/near?lat=32.7&lon=109.1",
            "/api/v1/cases/tiles/0/0/0",
            "/api/v1/views",
        ] {
            device.get(path, 200).await;
        }
        let view = format!("/api/v1/views/{VIEW}");
        let body = serde_json::json!({ "id": VIEW, "name": "到期", "query": {} });
        send(device.ask(Method::PUT, &view).json(&body), 204).await;
        send(device.ask(Method::DELETE, &view), 204).await;
        let expected = if role == Role::Administrator { 200 } else { 403 };
        let jobs = device.get("/api/v1/jobs", expected).await;
        let retry = device.post("/api/v1/jobs/retry", &JobRetry::All, expected).await;
        if role != Role::Administrator {
            assert_eq!(jobs.problem(), "not_allowed", "{user}");
            assert_eq!(retry.problem(), "not_allowed", "{user}");
        }
        let sends_photos =
            matches!(role, Role::Inspector | Role::Reviewer | Role::Handler | Role::UnitLead);
        let expected = if sends_photos { 200 } else { 403 };
        let query = MissingQuery { photos: Vec::new() };
        let missing = device.post("/api/v1/photos/missing", &query, expected).await;
        let photo = jpeg(seed);
        let put = device.put_as(&photo.hash.to_string(), photo.bytes, expected).await;
        if !sends_photos {
            assert_eq!(missing.problem(), "not_allowed", "{user}");
            assert_eq!(put.problem(), "not_allowed", "{user}");
        }
    }
}

#[tokio::test]
async fn each_role_may_do_just_the_acts_of_its_work() {
    let app = TestApp::start().await;
    let photo = jpeg(1);
    for (user, role) in ACCOUNTS {
        let mut device = app.device(user).await;
        for command in [
            Command::Report(Box::new(report(To::Tray, &[photo.hash]))),
            order("cgj"),
            Command::Claim,
            rectify(&photo),
            pass(),
            Command::Close { note: String::new() },
            Command::Void { reason: "重复".into() },
            Command::Comment { text: "…".into() },
        ] {
            let act = command.act();
            let verdict = device.act(new_case(), 0, command).await;
            let not_allowed = Verdict::Refused { refusal: Refusal::NotAllowed };
            assert_eq!(verdict == not_allowed, !role.may(act), "{user} {act:?}: {verdict:?}");
        }
    }
}
