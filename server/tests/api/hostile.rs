//! Bodies that no app of ours sends: each is answered, none with an internal error, and the
//! server goes on working.

use domain::{case::Command, sync::Verdict};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
    test_app::send,
};

const CALLS: [&str; 4] =
    ["/api/v1/session", "/api/v1/sync/hello", "/api/v1/sync/operations", "/api/v1/photos/missing"];

/// Any JSON, often with the names that the protocol uses.
fn any_json() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        Just("device".to_owned()),
        Just("operations".into()),
        Just("id".into()),
        Just("digest".into()),
        Just("body".into()),
        Just("photos".into()),
        Just("user".into()),
        Just("sequence".into()),
        Just("protocol".into()),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!("0193a000-0000-7000-8000-000000000001")),
        Just(json!("0".repeat(64))),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

#[tokio::test]
async fn a_thousand_hostile_bodies_cause_no_internal_error() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]),
    );
    let good = report(To::Tray, &[jpeg(1).hash]);
    let sealed = inspector.operation(new_case(), 0, Command::Report(Box::new(good)));
    for number in 0..1000_usize {
        let path = CALLS[number % CALLS.len()];
        let body = match number % 5 {
            // Bytes.
            0 => {
                let any = prop::collection::vec(any::<u8>(), 0..300);
                any.new_tree(&mut runner).unwrap().current()
            }
            // JSON.
            1 | 2 => any_json().new_tree(&mut runner).unwrap().current().to_string().into_bytes(),
            // An operation with any JSON as its body, under a true digest.
            3 => {
                let body = any_json().new_tree(&mut runner).unwrap().current().to_string();
                let mut odd = sealed.clone();
                odd.digest = domain::Sha256Hash::of(body.as_bytes());
                odd.body = body;
                json!({"device": inspector.id, "operations": [odd]}).to_string().into_bytes()
            }
            // A real one with a few bytes changed.
            _ => {
                let mut text = json!({"device": inspector.id, "operations": [sealed]})
                    .to_string()
                    .into_bytes();
                let changes =
                    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4);
                for (index, byte) in changes.new_tree(&mut runner).unwrap().current() {
                    let index = index.index(text.len());
                    text[index] = byte;
                }
                text
            }
        };
        post(&inspector, path, body).await;
    }
    send(app.ask(Method::GET, "/healthz"), 200).await;
    let results = inspector.send(&[sealed]).await;
    assert_eq!(results.len(), 1);
}

async fn post(device: &Device, path: &str, body: Vec<u8>) {
    let request = device
        .ask(Method::POST, path)
        .header("content-type", "application/json")
        .body(body.clone());
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    assert!(status < 500, "{path} answered {status} to {:?}", String::from_utf8_lossy(&body));
}

#[tokio::test]
async fn bodies_and_batches_above_their_limit_answer_413() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let request = inspector
        .ask(Method::POST, "/api/v1/sync/operations")
        .header("content-type", "application/json")
        .body(vec![b' '; 3 * 1024 * 1024]);
    assert_eq!(send(request, 413).await.problem(), "too_large");
    let sealed = json!({"id": "0193a000-0000-7000-8000-000000000001", "digest": "", "body": ""});
    let many = json!({"device": inspector.id, "operations": vec![sealed; 201]});
    let answer = inspector.post("/api/v1/sync/operations", &many, 413).await;
    assert_eq!(answer.problem(), "too_many_operations");
}

#[tokio::test]
async fn a_body_with_the_media_type_of_a_form_answers_415() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let request = inspector
        .ask(Method::POST, "/api/v1/photos/missing")
        .header("content-type", "text/plain")
        .body("{\"photos\":[]}");
    assert_eq!(send(request, 415).await.problem(), "media_type");
}

/// PostgreSQL stores no U+0000, so no database is asked to.
#[tokio::test]
async fn text_with_a_null_character_is_answered_as_any_other_bad_text_and_holds_up_nothing() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let sign_in = json!({
        "user": "a\0b", "password": "a\0b", "device": inspector.id, "token": "bearer",
    });
    inspector.post("/api/v1/session", &sign_in, 401).await;
    let hello = json!({
        "protocol": domain::sync::PROTOCOL, "device": inspector.id, "client": "a\0b", "sequence": 0,
    });
    inspector.post("/api/v1/sync/hello", &hello, 200).await;
    let listed = reviewer.get("/api/v1/cases?section=a%00b", 400).await;
    assert_eq!(listed.problem(), "malformed");

    let photo = jpeg(1);
    let mut noted = report(To::Tray, &[photo.hash]);
    noted.note = "a\0b".into();
    let mut elsewhere = report(To::Tray, &[photo.hash]);
    elsewhere.category = "a\0b".into();
    elsewhere.pack = "a\0b".into();
    let reports = [noted, elsewhere].map(|report| Command::Report(Box::new(report)));
    let mut operations: Vec<_> =
        reports.into_iter().map(|command| inspector.operation(new_case(), 0, command)).collect();
    // The reason why it cannot be read repeats what it says.
    let mut unreadable = inspector.operation(new_case(), 0, Command::Claim);
    unreadable.body = unreadable.body.replacen("\"claim\"", "\"a\\u0000b\"", 1);
    unreadable.digest = domain::Sha256Hash::of(unreadable.body.as_bytes());
    operations.push(unreadable);
    let verdicts: Vec<_> =
        inspector.send(&operations).await.into_iter().map(|result| result.verdict).collect();
    assert_eq!(verdicts[0], Verdict::Accepted);
    assert!(matches!(verdicts[1], Verdict::Refused { .. }), "{verdicts:?}");
    assert!(matches!(verdicts[2], Verdict::Quarantined { .. }), "{verdicts:?}");
    send(app.ask(Method::GET, "/healthz"), 200).await;
    assert_eq!(app.folder.faults().await, [""; 0]);
}
