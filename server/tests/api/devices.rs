//! What headquarters reads about devices: which operations are missing, with the times
//! around them, and what of a device is in quarantine.

use domain::{
    DeviceTime, Sha256Hash,
    case::Command,
    sync::{
        DeviceReport, Devices, Doubled, Gap, Hello, HelloAnswer, Operation, Owed, PROTOCOL,
        QuarantineReason, Sealed,
    },
};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
};

fn done(sealed: &Sealed) -> DeviceTime {
    serde_json::from_str::<Operation>(&sealed.body).unwrap().done
}

async fn report_of(reviewer: &Device, device: &Device) -> DeviceReport {
    let devices: Devices = reviewer.get("/api/v1/devices", 200).await.json();
    devices.devices.into_iter().find(|report| report.device == device.id).unwrap()
}

async fn hello(device: &Device, sequence: u64) -> HelloAnswer {
    let hello = Hello {
        protocol: PROTOCOL,
        device: device.id,
        client: "test".into(),
        sequence,
        epoch: None,
    };
    device.post("/api/v1/sync/hello", &hello, 200).await.json()
}

#[tokio::test]
async fn gaps_of_a_device_are_reported_with_the_times_around_them() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let id = new_case();
    let first = Command::Report(Box::new(report(To::Tray, &[jpeg(1).hash])));
    let mut sealed = vec![inspector.operation(id, 0, first)];
    for number in 2..=9 {
        sealed.push(inspector.operation(id, 0, Command::Comment { text: number.to_string() }));
    }
    // Numbers 2, 3, 8 and 9 are still on the phone; 5 comes in a newer format, and 6 twice
    // with different content.
    let newer = |sealed: &Sealed| {
        let body = sealed.body.replacen("\"format\":1", "\"format\":99", 1);
        Sealed { digest: Sha256Hash::of(body.as_bytes()), body, ..sealed.clone() }
    };
    let branch = {
        let body = sealed[5].body.replacen("\"6\"", "\"other\"", 1);
        Sealed { digest: Sha256Hash::of(body.as_bytes()), body, ..sealed[5].clone() }
    };
    let mut damaged = sealed[2].clone();
    damaged.body.push(' ');
    let sent =
        [&sealed[0], &sealed[3], &newer(&sealed[4]), &sealed[5], &branch, &sealed[6], &damaged];
    inspector.send(&sent.map(Clone::clone)).await;

    let answer = hello(&inspector, 9).await;
    assert_eq!(answer.gaps, [Gap { from: 2, until: 3 }, Gap { from: 8, until: 9 }]);
    let report = report_of(&reviewer, &inspector).await;
    assert_eq!((report.user.as_str(), report.client.as_str()), ("inspector", "test"));
    assert_eq!((report.highest, report.claimed), (7, 9));
    let between = |gap, after, before| Owed { gap, after, before };
    let expected = [
        between(Gap { from: 2, until: 3 }, Some(done(&sealed[0])), Some(done(&sealed[3]))),
        between(Gap { from: 8, until: 9 }, Some(done(&sealed[6])), None),
    ];
    assert_eq!(report.owed, expected);
    let mut quarantined: Vec<_> =
        report.quarantined.iter().map(|one| (one.sequence, one.reason)).collect();
    quarantined.sort_by_key(|(sequence, _)| *sequence);
    let expected = [
        (Some(3), QuarantineReason::Digest),
        (Some(5), QuarantineReason::NewerFormat),
        (Some(6), QuarantineReason::Branch),
    ];
    assert_eq!(quarantined, expected);
    assert_eq!(report.doubled, [], "other bytes under one id are listed with the quarantine");

    inspector.send(&sealed[1..3]).await;
    inspector.send(&sealed[7..]).await;
    assert_eq!(report_of(&reviewer, &inspector).await.owed, []);
    assert_eq!(hello(&inspector, 9).await.gaps, []);
}

#[tokio::test]
async fn a_quarantined_operation_at_the_end_of_a_chain_is_no_gap() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let sealed = inspector.operation(new_case(), 0, Command::Claim);
    let body = sealed.body.replacen("\"format\":1", "\"format\":99", 1);
    let newer = Sealed { digest: Sha256Hash::of(body.as_bytes()), body, ..sealed };
    inspector.send(&[newer]).await;
    let answer = hello(&inspector, 1).await;
    assert_eq!((answer.gaps, answer.highest), (Vec::new(), 1));
}

#[tokio::test]
async fn an_operation_sent_by_another_device_does_not_fill_a_gap() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let other = app.device("inspector2").await;
    let sealed = inspector.operation(new_case(), 0, Command::Claim);
    other.send(&[sealed]).await;
    assert_eq!(hello(&inspector, 1).await.gaps, [Gap { from: 1, until: 1 }]);
}

#[tokio::test]
async fn two_operations_under_one_number_are_both_kept_and_reported() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let comment = |text: &str| Command::Comment { text: text.into() };
    let together = inspector.operation(new_case(), 0, comment("before"));
    inspector.send(&[together]).await;
    let mut copy = inspector.clone();
    let mine = [1, 2].map(|_| inspector.operation(new_case(), 0, comment("here")));
    let theirs = copy.operation(new_case(), 0, comment("there"));
    inspector.send(&mine).await;
    assert_eq!(report_of(&reviewer, &inspector).await.doubled, []);

    // Bytes that were damaged on the way do not count as a second operation.
    let damaged = Sealed { body: format!("{} ", theirs.body), ..theirs.clone() };
    copy.send(&[damaged]).await;
    assert_eq!(report_of(&reviewer, &inspector).await.doubled, []);

    let answer = copy.send(std::slice::from_ref(&theirs)).await.pop().unwrap();
    let expected = [Doubled { sequence: 2, since: answer.receipt.stated.at }];
    assert_eq!(report_of(&reviewer, &inspector).await.doubled, expected);
    inspector.send(&mine).await;
    copy.send(&[theirs]).await;
    assert_eq!(
        report_of(&reviewer, &inspector).await.doubled,
        expected,
        "the same again does not count as a third"
    );
    assert_eq!(hello(&copy, 3).await.gaps, []);
}

#[tokio::test]
async fn the_list_of_devices_answers_403_to_everybody_but_reviewers() {
    let app = TestApp::start().await;
    for (user, status) in
        [("reviewer", 200), ("inspector", 403), ("cgj", 403), ("city", 403), ("admin", 403)]
    {
        app.device(user).await.get("/api/v1/devices", status).await;
    }
}
