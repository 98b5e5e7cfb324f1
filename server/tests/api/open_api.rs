//! The document that describes the API, compared with real answers.

use std::collections::BTreeSet;

use domain::{
    calendar::Lamp,
    case::{Refusal, Report},
    evidence::Epoch,
    place::Bounds,
    summary::{CaseQuery, CaseTile, Queue, SavedView, SavedViews, TileCell, UnreadableView},
    sync::{
        Batch, Changes, FailedJob, Gap, HeldOperation, Hello, HelloAnswer, Holdings,
        HoldingsAnswer, JobCount, JobRetry, JobRetryAnswer, Jobs, Limits, MissingAnswer,
        MissingQuery, OperationResult, PartialPhoto, PhotoAnswer, Problem, QuarantineReason,
        SignIn, TokenKind, Verdict,
    },
};
use reqwest::Method;
use serde_json::Value;

use crate::support::{
    TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
    test_app::send,
};

#[tokio::test]
async fn the_api_document_lists_every_call() {
    let app = TestApp::start().await;
    let document: Value = send(app.ask(Method::GET, "/api/v1/openapi.json"), 200).await.json();
    let mut calls = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            calls.insert(format!("{method} {path}"));
            assert!(!call["responses"].as_object().unwrap().is_empty(), "{method} {path}");
            assert!(call["summary"].is_string(), "{method} {path}");
        }
    }
    let expected = [
        "delete /api/v1/session",
        "delete /api/v1/views/{id}",
        "get /api/v1/cases",
        "get /api/v1/cases/counts",
        "get /api/v1/cases/near",
        "get /api/v1/cases/tiles/{z}/{x}/{y}",
        "get /api/v1/cases/{id}",
        "get /api/v1/devices",
        "get /api/v1/jobs",
        "get /api/v1/live",
        "get /api/v1/openapi.json",
        "get /api/v1/pack",
        "get /api/v1/photos/{sha256}",
        "get /api/v1/session",
        "get /api/v1/sync/changes",
        "get /api/v1/views",
        "get /healthz",
        "post /api/v1/jobs/retry",
        "post /api/v1/photos/missing",
        "post /api/v1/photos/{sha256}/parts",
        "post /api/v1/session",
        "post /api/v1/sync/hello",
        "post /api/v1/sync/operations",
        "post /api/v1/sync/rescue",
        "post /api/v1/sync/verify",
        "put /api/v1/photos/{sha256}",
        "put /api/v1/views/{id}",
    ];
    assert_eq!(calls.into_iter().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn real_answers_fit_the_schemas_of_the_api_document() {
    let app = TestApp::start().await;
    let document: Value = send(app.ask(Method::GET, "/api/v1/openapi.json"), 200).await.json();
    let mut inspector = app.device("inspector").await;
    let report: Report = report(To::Tray, &[jpeg(1).hash]);
    let command = domain::case::Command::Report(Box::new(report));
    let sealed = inspector.operation(new_case(), 0, command);
    let batch = Batch { device: inspector.id, epoch: None, operations: vec![sealed.clone()] };
    let photo = inspector.put(&jpeg(2)).await.receipt;
    let results = inspector.send(&batch.operations).await;
    let changes: Changes = inspector.changes(0).await;
    let refused = OperationResult {
        id: sealed.id,
        receipt: results[0].receipt.clone(),
        verdict: Verdict::Refused { refusal: Refusal::NotYours },
    };
    let quarantined = OperationResult {
        verdict: Verdict::Quarantined { reason: QuarantineReason::Branch },
        ..refused.clone()
    };
    let hello = Hello {
        protocol: 1,
        device: inspector.id,
        client: "x".into(),
        sequence: 1,
        epoch: Some(Epoch(1)),
    };
    let answer = HelloAnswer {
        protocol: 1,
        epoch: Epoch(1),
        now: xunjie::system::clock::now(),
        limits: Limits { batch_operations: 1, photo_bytes: 1 },
        gaps: vec![Gap { from: 1, until: 1 }],
        highest: 1,
        pack: "1".into(),
        backed_up: Some(xunjie::system::clock::now()),
    };
    let sign_in = SignIn {
        user: "u".into(),
        password: "p".into(),
        device: inspector.id,
        token: TokenKind::Cookie,
    };
    let missing = MissingAnswer {
        missing: vec![jpeg(3).hash],
        partial: vec![PartialPhoto { hash: jpeg(3).hash, offset: 1 }],
        held: vec![photo.clone()],
    };
    let reviewer = app.device("reviewer").await;
    inspector.send(&[domain::sync::Sealed { body: "?".into(), ..sealed.clone() }]).await;
    inspector.operation(new_case(), 0, domain::case::Command::Claim);
    let twin = inspector.clone().operation(new_case(), 0, domain::case::Command::Claim);
    let last = inspector.operation(new_case(), 0, domain::case::Command::Claim);
    inspector.send(&[last, twin]).await;
    let devices: domain::sync::Devices = reviewer.get("/api/v1/devices", 200).await.json();
    let sample = devices.devices.iter().find(|one| one.device == inspector.id).unwrap();
    assert!(!sample.owed.is_empty() && !sample.quarantined.is_empty(), "a full sample");
    assert!(!sample.doubled.is_empty(), "a full sample");
    let holdings = Holdings {
        device: inspector.id,
        operations: vec![HeldOperation { id: sealed.id, digest: sealed.digest }],
        photos: vec![jpeg(3).hash],
    };
    let lacking =
        HoldingsAnswer { epoch: Epoch(1), operations: vec![sealed.id], photos: vec![jpeg(3).hash] };
    let cell = TileCell {
        column: 0,
        row: 15,
        cases: 1,
        at: "109.1,32.7,109.1,32.7".parse::<Bounds>().unwrap().south_west,
        lamp: Some(Lamp::Over),
        case: Some(new_case()),
    };
    let job = FailedJob {
        kind: "k".into(),
        subject: "s".into(),
        tries: 10,
        failed_at: Some(xunjie::system::clock::now()),
        last_error: "e".into(),
    };
    let jobs = Jobs {
        counts: vec![JobCount { kind: "k".into(), waiting: 1, failed: 1 }],
        failed: vec![job],
        next: "k/s".parse().ok(),
    };
    let view = SavedView {
        id: "01a2287f-a159-73fd-a857-2e62098ec666".parse().unwrap(),
        name: "到期".parse().unwrap(),
        query: CaseQuery { queue: Some(Queue::Overdue), ..CaseQuery::default() },
    };
    let unreadable = UnreadableView { id: view.id, name: "later".into() };
    let views = SavedViews { views: vec![view.clone()], unreadable: vec![unreadable] };
    let problem =
        Problem { code: "c".into(), status: 400, title: "t".into(), detail: Some("d".into()) };
    for (name, sample) in [
        ("SignIn", json(&sign_in)),
        ("Profile", json(&inspector.profile)),
        ("Hello", json(&hello)),
        ("HelloAnswer", json(&answer)),
        ("Batch", json(&batch)),
        ("OperationResult", json(&results[0])),
        ("OperationResult", json(&refused)),
        ("OperationResult", json(&quarantined)),
        ("MissingQuery", json(&MissingQuery { photos: vec![jpeg(3).hash] })),
        ("MissingAnswer", json(&missing)),
        ("PhotoAnswer", json(&PhotoAnswer { receipt: photo })),
        ("Changes", json(&changes)),
        ("Devices", json(&devices)),
        ("RescueReport", json(&domain::sync::RescueReport::default())),
        ("Holdings", json(&holdings)),
        ("HoldingsAnswer", json(&lacking)),
        ("SavedView", json(&view)),
        ("SavedViews", json(&views)),
        ("CaseTile", json(&CaseTile { cells: vec![cell], more: false })),
        ("Jobs", json(&jobs)),
        ("JobRetry", json(&JobRetry::All)),
        ("JobRetry", json(&JobRetry::One { kind: "k".into(), subject: "s".into() })),
        ("JobRetryAnswer", json(&JobRetryAnswer { jobs: 1 })),
        ("Problem", json(&problem)),
    ] {
        fits(&document, &document["components"]["schemas"][name], &sample, name).unwrap();
    }
}

/// Checks that every key of the sample is described with a type that fits, and that every
/// required key is there; the error names what is not.
fn fits(document: &Value, schema: &Value, sample: &Value, path: &str) -> Result<(), String> {
    if !schema.is_object() {
        return Err(format!("{path} is not described"));
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return fits(document, &document["components"]["schemas"][name], sample, path);
    }
    if let Some(alternatives) = schema["oneOf"].as_array() {
        let faults = alternatives.iter().map(|one| fits(document, one, sample, path));
        let faults: Vec<String> = faults.filter_map(Result::err).collect();
        let is_one = faults.len() < alternatives.len();
        return if is_one { Ok(()) } else { Err(faults.join("; or ")) };
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(sample)
    {
        return Err(format!("{path}: {sample} is not one of {allowed:?}"));
    }
    let kind = match sample {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
    };
    if !is(schema, kind) {
        return Err(format!("{path}: {sample} is no {schema}"));
    }
    match sample {
        Value::Object(fields) if schema["properties"].is_object() => {
            for (name, value) in fields {
                fits(document, &schema["properties"][name], value, &format!("{path}.{name}"))?;
            }
            let required = schema["required"].as_array().into_iter().flatten();
            let mut lacking = required.filter(|name| !fields.contains_key(name.as_str().unwrap()));
            lacking.next().map_or(Ok(()), |name| Err(format!("{path} lacks {name}")))
        }
        Value::Array(items) => {
            items.iter().try_for_each(|item| fits(document, &schema["items"], item, path))
        }
        _ => Ok(()),
    }
}

fn is(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(one) => one == kind,
        Value::Array(several) => several.iter().any(|one| one == kind),
        // Any value at all.
        _ => true,
    }
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
