//! Rescue bundles: imported by anybody, twice, cut short, damaged.

use std::{fs, process::Command as Process};

use domain::{
    case::Command,
    sync::{
        Devices, HeldOperation, Holdings, HoldingsAnswer, QuarantineReason, RESCUE_MAGIC,
        RescueLine, RescueReport, Sealed,
    },
};
use reqwest::Method;
use xunjie::system::clock;

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::{new_case, order},
    picture::{Picture, jpeg},
    test_app::send,
};

fn bundle(device: &Device, operations: &[Sealed], photos: &[Picture]) -> Vec<u8> {
    let mut bytes = format!("{RESCUE_MAGIC}\n").into_bytes();
    let mut line = |line: &RescueLine, after: &[u8]| {
        bytes.extend(serde_json::to_vec(line).unwrap());
        bytes.push(b'\n');
        if !after.is_empty() {
            bytes.extend(after);
            bytes.push(b'\n');
        }
    };
    line(&RescueLine::Bundle { device: device.id, made: clock::now(), client: "test".into() }, b"");
    for sealed in operations {
        line(&RescueLine::Operation { sealed: sealed.clone() }, b"");
    }
    for photo in photos {
        let length = u64::try_from(photo.bytes.len()).unwrap();
        line(&RescueLine::Photo { hash: photo.hash, length }, &photo.bytes);
    }
    let count = |many: usize| u64::try_from(many).unwrap();
    line(
        &RescueLine::End { operations: count(operations.len()), photos: count(photos.len()) },
        b"",
    );
    bytes
}

async fn import(device: &Device, bundle: &[u8]) -> RescueReport {
    let request = device.ask(Method::POST, "/api/v1/sync/rescue").body(bundle.to_vec());
    send(request, 200).await.json()
}

/// Three reports with a photo each, made on a phone that signed in and sent none of them.
async fn unsent(app: &TestApp) -> (Device, Vec<Sealed>, Vec<Picture>) {
    let mut phone = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2), jpeg(3)];
    let operations = photos
        .iter()
        .map(|photo| {
            let report = report(To::Tray, &[photo.hash]);
            phone.operation(new_case(), 0, Command::Report(Box::new(report)))
        })
        .collect();
    (phone, operations, photos.to_vec())
}

#[tokio::test]
async fn anybody_may_import_a_bundle_and_a_second_import_changes_nothing() {
    let app = TestApp::start().await;
    let (phone, operations, photos) = unsent(&app).await;
    let bytes = bundle(&phone, &operations, &photos);
    let city = app.device("city").await;
    let first = import(&city, &bytes).await;
    let expected = RescueReport {
        operations_taken: 3,
        photos_taken: 3,
        whole: true,
        ..RescueReport::default()
    };
    assert_eq!(first, expected);
    let logs = phone.everything().await;
    assert_eq!(logs.len(), 3);
    for log in &logs {
        let by = log.events[0].by.as_ref().unwrap();
        assert_eq!(by.user.as_str(), "inspector", "the author stays the same");
        assert_eq!(log.events.len(), 2, "with its photo");
    }
    let again = import(&city, &bytes).await;
    let expected = RescueReport {
        operations_known: 3,
        photos_known: 3,
        whole: true,
        ..RescueReport::default()
    };
    assert_eq!(again, expected);
    assert_eq!(phone.everything().await, logs);
    // The phone sends the same itself later: everything is known.
    let results = phone.send(&operations).await;
    assert!(results.iter().all(|result| result.verdict == domain::sync::Verdict::Accepted));
    assert_eq!(phone.everything().await, logs);
}

#[tokio::test]
async fn a_bundle_that_was_cut_short_is_imported_up_to_the_cut() {
    let app = TestApp::start().await;
    let (phone, operations, photos) = unsent(&app).await;
    let bytes = bundle(&phone, &operations, &photos);
    let step = bytes.len() / 23;
    let mut highest = (0, 0);
    for cut in (RESCUE_MAGIC.len() + 1..bytes.len()).step_by(step) {
        let report = import(&phone, &bytes[..cut]).await;
        assert!(!report.whole, "cut at {cut}");
        assert_eq!(report.damaged, 0, "a bundle that is cut off is not damaged: at {cut}");
        let imported = (
            report.operations_taken + report.operations_known,
            report.photos_taken + report.photos_known,
        );
        assert!(imported >= highest, "cut at {cut}");
        highest = imported;
    }
    let report = import(&phone, &bytes).await;
    assert!(report.whole);
    assert_eq!((report.operations_known, report.operations_taken), (3, 0));
    assert_eq!(phone.everything().await.len(), 3);
    assert_eq!(
        send(phone.ask(Method::POST, "/api/v1/sync/rescue").body("hello"), 422).await.problem(),
        "not_a_bundle"
    );
}

#[tokio::test]
async fn damaged_items_of_a_bundle_do_not_stop_the_others() {
    let app = TestApp::start().await;
    let (phone, mut operations, mut photos) = unsent(&app).await;
    let whole = operations[1].clone();
    operations[1].body.push(' ');
    let middle = photos[1].bytes.len() / 2;
    let good = photos[1].clone();
    photos[1].bytes[middle] ^= 1;
    let mut bytes = bundle(&phone, &operations, &photos);
    // The line of the last operation is no JSON any more.
    let place = bytes.windows(11).rposition(|window| window == b"\"operation\"").unwrap();
    bytes[place] = b'#';
    let report = import(&phone, &bytes).await;
    let expected =
        RescueReport { operations_taken: 1, photos_taken: 2, damaged: 3, ..Default::default() };
    assert_eq!(report, expected);
    let report = import(&phone, &bundle(&phone, &[whole], &[good])).await;
    assert_eq!((report.operations_taken, report.photos_taken, report.damaged), (1, 1, 0));
    assert_eq!(phone.everything().await.len(), 2);
}

#[tokio::test]
async fn an_order_in_the_name_of_a_reviewer_is_quarantined_when_it_comes_in_a_bundle() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let user = std::mem::replace(&mut inspector.user, "reviewer".into());
    let forged = inspector.operation(id, 1, order("cgj"));
    inspector.user = "nobody".into();
    let unknown = inspector.operation(id, 1, order("cgj"));
    inspector.user = user;
    let report = import(&inspector, &bundle(&inspector, &[forged, unknown], &[])).await;
    assert_eq!(report.operations_taken, 2, "stored, and not carried out");
    assert_eq!(inspector.case(id).await.revision, 1);
    let devices: Devices = reviewer.get("/api/v1/devices", 200).await.json();
    let device = devices.devices.iter().find(|one| one.device == inspector.id).unwrap();
    assert_eq!(device.quarantined.len(), 2);
    assert!(device.quarantined.iter().all(|one| one.reason == QuarantineReason::NotTheSender));
    assert_eq!(device.owed, []);
}

#[tokio::test]
async fn the_command_imports_a_bundle_while_the_folder_is_served() {
    let app = TestApp::start().await;
    let (phone, operations, photos) = unsent(&app).await;
    let bytes = bundle(&phone, &operations, &photos);
    let file = app.data().with_file_name("phone.xunjie-rescue");
    let run = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let output = Process::new(env!("CARGO_BIN_EXE_xunjie"))
            .arg("rescue")
            .arg(&file)
            .arg("--data")
            .arg(app.data())
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(printed).unwrap())
    };
    let (code, printed) = run(&bytes[..bytes.len() - 20]);
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("3 records taken") && printed.contains("cut short"), "{printed}");
    let (code, printed) = run(&bytes);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("3 known before; 0 photos taken and 3 known"), "{printed}");
    let (code, printed) = run(b"something else");
    assert_eq!(code, Some(1));
    assert!(printed.contains("no rescue bundle"), "{printed}");

    let holdings = operations.iter().map(|one| HeldOperation { id: one.id, digest: one.digest });
    let request = Holdings {
        device: phone.id,
        operations: holdings.collect(),
        photos: photos.iter().map(|photo| photo.hash).collect(),
    };
    let answer: HoldingsAnswer = phone.post("/api/v1/sync/verify", &request, 200).await.json();
    assert_eq!((answer.operations, answer.photos), (Vec::new(), Vec::new()));
    assert_eq!(phone.everything().await.len(), 3);
}
