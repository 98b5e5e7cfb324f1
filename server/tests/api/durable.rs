//! What was acknowledged survives a restart, and a kill of the process at any moment.

use std::process::{Command as Process, Stdio};

use domain::{CaseId, case::Command};
use tokio::sync::mpsc;

use crate::support::{
    Device, Server, TestApp, TestFolder,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
};

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = TestFolder::new();
    let data = folder.data();
    let made = Process::new(env!("CARGO_BIN_EXE_xunjie"))
        .args(["init", "--demo", "--data"])
        .arg(&data)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success());
    let mut acknowledged: Vec<CaseId> = Vec::new();
    let mut photos = 0;
    for round in 0..4_u32 {
        let mut server = Server::start(&data);
        let mut devices = Vec::new();
        for _ in 0..4 {
            let mut device = Device::at(&server.base, "inspector");
            device.sign_in().await;
            devices.push(device);
        }
        let known = devices[0].everything().await;
        let stored: Vec<CaseId> = known.iter().map(|log| log.case).collect();
        assert!(acknowledged.iter().all(|case| stored.contains(case)), "round {round}");
        assert!(known.iter().all(|log| !log.events.is_empty()));
        let arrived = known
            .iter()
            .flat_map(|log| &log.events)
            .filter(|recorded| matches!(recorded.event, domain::case::Event::PhotoArrived { .. }))
            .count();
        assert!(arrived >= photos, "round {round}: {arrived} of {photos} photos");

        let (report, mut acknowledgements) = mpsc::unbounded_channel();
        let lanes = devices.into_iter().zip(0..);
        let senders: Vec<_> = lanes
            .map(|(device, lane)| {
                let seed = round * 1000 + lane * 100;
                tokio::spawn(send_until_killed(device, seed, report.clone()))
            })
            .collect();
        drop(report);
        // Killed after another number of answers in each round; in the last one at once.
        let kill_after = if round == 3 { 0 } else { 50 + round * 17 };
        let mut count = 0;
        while count < kill_after {
            let Some(ack) = acknowledgements.recv().await else { break };
            count += 1;
            note(ack, &mut acknowledged, &mut photos);
        }
        server.kill();
        while let Some(ack) = acknowledgements.recv().await {
            note(ack, &mut acknowledged, &mut photos);
        }
        for sender in senders {
            sender.await.unwrap();
        }
    }
    assert!(acknowledged.len() > 50 && photos > 0);
}

enum Ack {
    Case(CaseId),
    Photo,
}

fn note(ack: Ack, cases: &mut Vec<CaseId>, photos: &mut usize) {
    match ack {
        Ack::Case(case) => cases.push(case),
        Ack::Photo => *photos += 1,
    }
}

/// Sends reports, each with a photo, until the server is gone; passes on what was
/// acknowledged.
async fn send_until_killed(
    mut device: Device,
    seed: u32,
    acknowledged: mpsc::UnboundedSender<Ack>,
) {
    for number in 0..100 {
        let photo = jpeg(seed + number);
        let case = new_case();
        let command = Command::Report(Box::new(report(To::Tray, &[photo.hash])));
        let sealed = device.operation(case, 0, command);
        if device.try_send(&[sealed]).await.is_none() {
            return;
        }
        acknowledged.send(Ack::Case(case)).unwrap();
        if device.try_put(&photo).await.is_none() {
            return;
        }
        acknowledged.send(Ack::Photo).unwrap();
    }
}

#[tokio::test]
async fn a_restart_keeps_sessions_and_receipts() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let sealed = inspector.operation(id, 1, Command::Comment { text: "…".into() });
    let before = inspector.send(std::slice::from_ref(&sealed)).await;
    let receipt = inspector.put(&jpeg(1)).await;
    let folder = app.stop().await;

    let server = Server::start(&folder.path().join("data"));
    inspector.move_to(&server.base);
    assert_eq!(inspector.send(&[sealed]).await, before, "the same session and the same receipt");
    assert_eq!(inspector.put(&jpeg(1)).await, receipt);
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_refuses_to_start() {
    let app = TestApp::start().await;
    let folder = app.stop().await;
    let data = folder.path().join("data");
    let _first = Server::start(&data);
    let second = Process::new(env!("CARGO_BIN_EXE_xunjie"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("served already"));
}
