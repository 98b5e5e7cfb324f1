//! A database that goes away and comes back: requests are answered with 503 meanwhile, nothing
//! that was acknowledged is lost, and no restart is needed.

use domain::{CaseId, case::Command};
use reqwest::Method;
use tokio::sync::mpsc;
use xunjie::store::{Store, StoreError, changes};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
    test_app::send,
    test_database::ServerDatabase,
};

fn server(app: &TestApp) -> &ServerDatabase {
    app.folder.database.on_server.as_ref().unwrap()
}

async fn until_healthy(app: &TestApp) {
    while app.ask(Method::GET, "/healthz").send().await.unwrap().status() != 200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_database_that_is_shut_answers_503_until_it_is_open_again() {
    let app = TestApp::start().await;
    let mut device = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let before = device.report(report(To::Tray, &[jpeg(1).hash])).await;
    server(&app).shut();

    let command = Command::Report(Box::new(report(To::Tray, &[jpeg(2).hash])));
    let sealed = device.operation(new_case(), 0, command);
    let batch = serde_json::json!({ "device": device.id, "operations": [sealed] });
    for _ in 0..3 {
        for answer in [
            device.post("/api/v1/sync/operations", &batch, 503).await,
            reviewer.get("/api/v1/cases", 503).await,
            reviewer.get(&format!("/api/v1/cases/{before}"), 503).await,
        ] {
            assert_eq!(answer.problem(), "unreachable");
            assert!(!answer.header("retry-after").is_empty());
        }
    }
    let health: serde_json::Value = send(app.ask(Method::GET, "/healthz"), 503).await.json();
    let problems = health["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 2, "writer and reader: {health}");
    assert!(problems.iter().all(|problem| problem["why"] == "unreachable"), "{health}");

    server(&app).open();
    until_healthy(&app).await;
    let again = device.send(&[sealed]).await;
    assert_eq!(again.len(), 1);
    assert_eq!(device.everything().await.len(), 2);
    assert_eq!(app.folder.faults().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_although_connections_were_cut_again_and_again() {
    let app = TestApp::start().await;
    let (acknowledge, mut acknowledged) = mpsc::unbounded_channel();
    for lane in 0..4_u32 {
        let device = app.device("inspector").await;
        tokio::spawn(report_until_all_are_acknowledged(device, lane, acknowledge.clone()));
    }
    drop(acknowledge);
    let mut cases = Vec::new();
    while let Some(case) = acknowledged.recv().await {
        cases.push(case);
        // While the other devices are in the middle of something.
        if cases.len() % 2 == 0 {
            server(&app).cut();
        }
    }
    assert_eq!(cases.len(), 40);
    until_healthy(&app).await;
    let device = app.device("inspector").await;
    let stored: Vec<CaseId> = device.everything().await.iter().map(|log| log.case).collect();
    assert_eq!(stored.len(), cases.len(), "each once");
    assert!(cases.iter().all(|case| stored.contains(case)));
    assert_eq!(app.folder.faults().await, [""; 0]);
}

/// As a phone does: the same again until there is an answer.
async fn report_until_all_are_acknowledged(
    mut device: Device,
    lane: u32,
    acknowledge: mpsc::UnboundedSender<CaseId>,
) {
    for number in 0..10 {
        let photo = jpeg(lane * 100 + number);
        let case = new_case();
        let command = Command::Report(Box::new(report(To::Tray, &[photo.hash])));
        let sealed = [device.operation(case, 0, command)];
        while device.try_send(&sealed).await.is_none() {}
        while device.try_put(&photo).await.is_none() {}
        acknowledge.send(case).unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_was_cut_while_idle_costs_no_request() {
    let database = ServerDatabase::create_with("");
    let store = Store::of(&database.database()).unwrap();
    for number in 1..=5 {
        // Waits until the server has ended them.
        database.administer(&format!(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
             WHERE datname = '{}'",
            database.url().rsplit('/').next().unwrap()
        ));
        assert_eq!(store.write(changes::next).await.unwrap(), number);
        assert_eq!(store.read(changes::latest).await.unwrap(), number);
    }
}

#[tokio::test]
async fn a_batch_whose_connection_is_lost_inside_it_is_an_error_and_leaves_nothing() {
    let database = ServerDatabase::create_with("");
    let store = Store::of(&database.database()).unwrap();
    let lost = store
        .write(|transaction| {
            changes::next(transaction)?;
            transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())", &[])?;
            changes::next(transaction)
        })
        .await;
    assert!(matches!(lost, Err(StoreError::Commit { problem: Some(_), .. })), "{lost:?}");
    assert_eq!(store.write(changes::next).await.unwrap(), 1);
}
