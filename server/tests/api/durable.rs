//! What was acknowledged survives: a restart, and the death of the process at any moment.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command as Process, Stdio},
};

use domain::{CaseId, case::Command};

use tokio::sync::mpsc;

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
};

/// The real program in a process of its own, which dies with the test.
pub struct Server {
    process: Child,
    pub base: String,
}

impl Server {
    pub fn start(data: &std::path::Path) -> Self {
        Self::started(Process::new(env!("CARGO_BIN_EXE_xunjie")), data)
    }

    /// No file of this one grows beyond so many blocks of 512 bytes or of a kilobyte, as
    /// the shell counts.
    pub fn start_limited(data: &std::path::Path, blocks: u32) -> Self {
        let mut shell = Process::new("sh");
        // Without the trap a write beyond the limit would kill.
        let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
        shell.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_xunjie"));
        Self::started(shell, data)
    }

    /// Needs no right but to be the same user.
    pub fn lift_limit(&self) {
        let lifted = Process::new("prlimit")
            .arg(format!("--pid={}", self.process.id()))
            .arg("--fsize=unlimited:")
            .status();
        assert!(lifted.unwrap().success());
    }

    fn started(mut program: Process, data: &std::path::Path) -> Self {
        let mut process = program
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let base = first.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, base }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = self.process.kill();
        let _gone_already = self.process.wait();
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
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
        let held: Vec<CaseId> = known.iter().map(|log| log.case).collect();
        assert!(acknowledged.iter().all(|case| held.contains(case)), "round {round}");
        assert!(known.iter().all(|log| !log.events.is_empty()));
        let arrived = known
            .iter()
            .flat_map(|log| &log.events)
            .filter(|recorded| matches!(recorded.event, domain::case::Event::PhotoArrived { .. }))
            .count();
        assert!(arrived >= photos, "round {round}: {arrived} of {photos} photos");

        let (told, mut heard) = mpsc::unbounded_channel();
        let lanes = devices.into_iter().zip(0..);
        let senders: Vec<_> = lanes
            .map(|(device, lane)| {
                let seed = round * 1000 + lane * 100;
                tokio::spawn(send_until_it_dies(device, seed, told.clone()))
            })
            .collect();
        drop(told);
        // Another moment in each round; in the last one at once.
        let enough = if round == 3 { 0 } else { 50 + round * 17 };
        let mut count = 0;
        while count < enough {
            let Some(ack) = heard.recv().await else { break };
            count += 1;
            note(ack, &mut acknowledged, &mut photos);
        }
        server.kill();
        while let Some(ack) = heard.recv().await {
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

/// Reports, each with a photo, until the server is gone; tells what was acknowledged.
async fn send_until_it_dies(mut device: Device, seed: u32, told: mpsc::UnboundedSender<Ack>) {
    for number in 0..100 {
        let photo = jpeg(seed + number);
        let case = new_case();
        let command = Command::Report(Box::new(report(To::Tray, &[photo.hash])));
        let sealed = device.operation(case, 0, command);
        if device.try_send(&[sealed]).await.is_none() {
            return;
        }
        told.send(Ack::Case(case)).unwrap();
        if device.try_put(&photo).await.is_none() {
            return;
        }
        told.send(Ack::Photo).unwrap();
    }
}

#[tokio::test]
async fn a_restart_changes_nothing() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let sealed = inspector.operation(id, 1, Command::Comment { text: "…".into() });
    let before = inspector.send(std::slice::from_ref(&sealed)).await;
    let receipt = inspector.put(&jpeg(1)).await;
    let folder = app.stop().await;

    let server = Server::start(&folder.path().join("data"));
    inspector.move_to(&server.base);
    assert_eq!(inspector.send(&[sealed]).await, before, "the session and the receipt stand");
    assert_eq!(inspector.put(&jpeg(1)).await, receipt);
}

#[tokio::test]
async fn one_server_a_folder() {
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
