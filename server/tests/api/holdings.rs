//! What a device has receipts for, compared with what the server has in the database and on
//! the disk.

use domain::{
    OperationId, PhotoHash, Sha256Hash,
    case::Command,
    sync::{HeldOperation, Holdings, HoldingsAnswer, MissingAnswer, MissingQuery, Sealed},
};
use xunjie::system::{clock, random};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
};

fn holdings(device: &Device, operations: &[HeldOperation], photos: &[PhotoHash]) -> Holdings {
    Holdings { device: device.id, operations: operations.to_vec(), photos: photos.to_vec() }
}

const fn holding(sealed: &Sealed) -> HeldOperation {
    HeldOperation { id: sealed.id, digest: sealed.digest }
}

#[tokio::test]
async fn operations_and_photos_that_the_server_does_not_have_exactly_so_are_named() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2), jpeg(3), jpeg(4)];
    for photo in &photos[..3] {
        inspector.put(photo).await;
    }
    let first = Command::Report(Box::new(report(To::Tray, &[photos[0].hash])));
    let stored = inspector.operation(new_case(), 0, first);
    let newer = {
        let body = stored.body.replacen("\"format\":1", "\"format\":99", 1);
        let id = OperationId::new(clock::now(), random::bytes().unwrap());
        Sealed { id, digest: Sha256Hash::of(body.as_bytes()), body }
    };
    inspector.send(&[stored.clone(), newer.clone()]).await;
    let unknown = inspector.operation(new_case(), 0, Command::Claim);
    let other = HeldOperation { digest: newer.digest, ..holding(&stored) };

    let lost = photos[1].hash.to_string();
    let cut = photos[2].hash.to_string();
    let path = |name: &str| app.data().join("photos").join(name.split_at(2).0).join(name);
    std::fs::remove_file(path(&lost)).unwrap();
    std::fs::write(path(&cut), &photos[2].bytes[..200]).unwrap();

    let request = holdings(
        &inspector,
        &[holding(&stored), holding(&newer), holding(&unknown), other],
        &photos.each_ref().map(|photo| photo.hash),
    );
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &request, 200).await.json();
    assert_eq!(answer.epoch, app.app.decision_context.signer.epoch());
    assert_eq!(answer.operations, [unknown.id, stored.id], "by id and by digest");
    let mut lacking = answer.photos;
    lacking.sort();
    let mut expected = photos[1..].iter().map(|photo| photo.hash).collect::<Vec<_>>();
    expected.sort();
    assert_eq!(lacking, expected);

    // Photos that the disk lost are missing, until they are sent again.
    let query = MissingQuery { photos: expected.clone() };
    let missing: MissingAnswer = inspector.post("/api/v1/photos/missing", &query, 200).await.json();
    assert_eq!((missing.missing.len(), missing.held.len()), (3, 0));
    for photo in &photos[1..] {
        inspector.put(photo).await;
    }
    let missing: MissingAnswer = inspector.post("/api/v1/photos/missing", &query, 200).await.json();
    assert_eq!((missing.missing.len(), missing.held.len()), (0, 3));
    let request = holdings(&inspector, &[holding(&stored)], &expected);
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &request, 200).await.json();
    assert_eq!((answer.operations, answer.photos), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn an_unreachable_disk_answers_503_and_reports_no_photo_as_missing() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    inspector.put(&photo).await;
    let request = holdings(&inspector, &[], &[photo.hash]);
    let photos = app.data().join("photos");
    let elsewhere = app.data().join("unmounted");
    std::fs::rename(&photos, &elsewhere).unwrap();
    for path in ["/api/v1/sync/verify", "/api/v1/photos/missing"] {
        let answer = inspector.post(path, &serde_json::to_value(&request).unwrap(), 503).await;
        assert_eq!(answer.problem(), "unreachable");
        assert_eq!(answer.header("retry-after"), "30");
    }
    std::fs::rename(&elsewhere, &photos).unwrap();
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &request, 200).await.json();
    assert!(answer.photos.is_empty());
}

#[tokio::test]
async fn a_device_that_asks_about_another_device_gets_409() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let other = app.device("inspector2").await;
    let request = holdings(&other, &[], &[]);
    let answer = inspector.post("/api/v1/sync/verify", &request, 409).await;
    assert_eq!(answer.problem(), "device_changed");
}
