//! What a device holds receipts for, held against what the server has: in the database and
//! on the disk.

use domain::{
    OperationId, PhotoHash, Sha256Hash,
    case::Command,
    sync::{HeldOperation, Holdings, HoldingsAnswer, MissingAnswer, MissingQuery, Sealed},
};
use xunjie::clock;

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
};

fn holdings(device: &Device, operations: &[HeldOperation], photos: &[PhotoHash]) -> Holdings {
    Holdings { device: device.id, operations: operations.to_vec(), photos: photos.to_vec() }
}

const fn held(sealed: &Sealed) -> HeldOperation {
    HeldOperation { id: sealed.id, digest: sealed.digest }
}

#[tokio::test]
async fn what_is_not_there_just_so_is_named() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2), jpeg(3), jpeg(4)];
    for photo in &photos[..3] {
        inspector.put(photo).await;
    }
    let first = Command::Report(Box::new(report(To::Tray, &[photos[0].hash])));
    let taken = inspector.operation(new_case(), 0, first);
    let newer = {
        let body = taken.body.replacen("\"format\":1", "\"format\":99", 1);
        let id = OperationId::new(clock::now(), clock::random().unwrap());
        Sealed { id, digest: Sha256Hash::of(body.as_bytes()), body }
    };
    inspector.send(&[taken.clone(), newer.clone()]).await;
    let unknown = inspector.operation(new_case(), 0, Command::Claim);
    let other = HeldOperation { digest: newer.digest, ..held(&taken) };

    let lost = photos[1].hash.to_string();
    let cut = photos[2].hash.to_string();
    let path = |name: &str| app.data().join("photos").join(name.split_at(2).0).join(name);
    std::fs::remove_file(path(&lost)).unwrap();
    std::fs::write(path(&cut), &photos[2].bytes[..200]).unwrap();

    let asked = holdings(
        &inspector,
        &[held(&taken), held(&newer), held(&unknown), other],
        &photos.each_ref().map(|photo| photo.hash),
    );
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &asked, 200).await.json();
    assert_eq!(answer.epoch, app.app.decision_context.signer.epoch());
    assert_eq!(answer.operations, [unknown.id, taken.id], "by id and by digest");
    let mut lacking = answer.photos;
    lacking.sort();
    let mut expected = photos[1..].iter().map(|photo| photo.hash).collect::<Vec<_>>();
    expected.sort();
    assert_eq!(lacking, expected);

    // What was lost is asked for, taken again, and held again.
    let query = MissingQuery { photos: expected.clone() };
    let missing: MissingAnswer = inspector.post("/api/v1/photos/missing", &query, 200).await.json();
    assert_eq!((missing.missing.len(), missing.held.len()), (3, 0));
    for photo in &photos[1..] {
        inspector.put(photo).await;
    }
    let missing: MissingAnswer = inspector.post("/api/v1/photos/missing", &query, 200).await.json();
    assert_eq!((missing.missing.len(), missing.held.len()), (0, 3));
    let asked = holdings(&inspector, &[held(&taken)], &expected);
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &asked, 200).await.json();
    assert_eq!((answer.operations, answer.photos), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn a_disk_that_cannot_be_asked_lacks_nothing() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    inspector.put(&photo).await;
    let asked = holdings(&inspector, &[], &[photo.hash]);
    let photos = app.data().join("photos");
    let aside = app.data().join("unmounted");
    std::fs::rename(&photos, &aside).unwrap();
    for path in ["/api/v1/sync/verify", "/api/v1/photos/missing"] {
        let answer = inspector.post(path, &serde_json::to_value(&asked).unwrap(), 503).await;
        assert_eq!(answer.problem(), "unreachable");
        assert_eq!(answer.header("retry-after"), "30");
    }
    std::fs::rename(&aside, &photos).unwrap();
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &asked, 200).await.json();
    assert!(answer.photos.is_empty());
}

#[tokio::test]
async fn each_device_asks_for_itself() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let other = app.device("inspector2").await;
    let asked = holdings(&other, &[], &[]);
    let answer = inspector.post("/api/v1/sync/verify", &asked, 409).await;
    assert_eq!(answer.problem(), "device_changed");
}
