//! Backups of a server that is running, and what is lost and found again after a restore.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command as Process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{
    PhotoHash, Timestamp,
    case::Command,
    evidence::{Receipt, ReceiptSubject},
    sync::{
        HeldOperation, Hello, HelloAnswer, Holdings, HoldingsAnswer, OperationResult, PROTOCOL,
        Sealed,
    },
};
use tempfile::TempDir;
use xunjie::{
    backup::{self, Made},
    config::Config,
    setup,
    store::{
        File,
        meta::{self, Fact},
        operations,
    },
};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::{Picture, jpeg},
};

async fn make(data: &Path, to: &Path) -> Made {
    let (data, to) = (data.to_owned(), to.to_owned());
    tokio::task::spawn_blocking(move || backup::make(&data, &to, 30)).await.unwrap().unwrap()
}

async fn hello(device: &Device) -> HelloAnswer {
    let hello = Hello {
        protocol: PROTOCOL,
        device: device.id,
        client: "test".into(),
        sequence: 0,
        epoch: None,
    };
    device.post("/api/v1/sync/hello", &hello, 200).await.json()
}

/// Reports with a photo, and gives the sealed operation with its result.
async fn act(device: &mut Device, photo: &Picture) -> (Sealed, OperationResult, Receipt) {
    let command = Command::Report(Box::new(report(To::Tray, &[photo.hash])));
    let sealed = device.operation(new_case(), 0, command);
    let result = device.send(std::slice::from_ref(&sealed)).await.pop().unwrap();
    (sealed, result, device.put(photo).await.receipt)
}

fn photo_in(backup: &Path, hash: PhotoHash) -> PathBuf {
    let name = hash.to_string();
    backup.join("photos").join(name.split_at(2).0).join(&name)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_receipted_before_the_moment_is_in_it() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let enough = Arc::new(AtomicBool::new(false));
    let mut lanes = Vec::new();
    for lane in 0..4_u32 {
        let mut device = app.device("inspector").await;
        let enough = Arc::clone(&enough);
        lanes.push(tokio::spawn(async move {
            let mut receipts = Vec::new();
            for number in 0.. {
                if enough.load(Ordering::Relaxed) {
                    break;
                }
                let (_, result, photo) = act(&mut device, &jpeg(lane * 10_000 + number)).await;
                receipts.extend([result.receipt, photo]);
            }
            receipts
        }));
    }
    let mut made = Vec::new();
    for _ in 0..4 {
        made.push(make(&app.data(), backups.path()).await);
    }
    enough.store(true, Ordering::Relaxed);
    let mut receipts = Vec::new();
    for lane in lanes {
        receipts.extend(lane.await.unwrap());
    }
    let mut counted = Vec::new();
    for Made { manifest, .. } in made {
        assert_eq!(manifest.lacking, []);
        let copy = File::open_copy(&manifest.database_path(backups.path())).unwrap();
        let covered: Vec<_> =
            receipts.iter().filter(|receipt| receipt.stated.at < manifest.covers).collect();
        counted.push(covered.len());
        for receipt in covered {
            match &receipt.stated.subject {
                ReceiptSubject::Operation { id, digest, .. } => assert!(
                    copy.read(|transaction| operations::is_kept(transaction, *id, *digest))
                        .unwrap()
                ),
                ReceiptSubject::Photo { hash, .. } => {
                    let bytes = fs::read(photo_in(backups.path(), *hash)).unwrap();
                    assert_eq!(PhotoHash::of(&bytes), *hash);
                }
            }
        }
    }
    assert!(counted.is_sorted() && counted.last().is_some_and(|last| *last > 0), "{counted:?}");
}

#[tokio::test]
async fn a_restore_to_an_older_state_is_noticed_and_mended_by_phones() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let mut inspector = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2)];
    let (before, first, _) = act(&mut inspector, &photos[0]).await;
    assert_eq!(hello(&inspector).await.backed_up, None);
    let made = make(&app.data(), backups.path()).await;
    let greeted = hello(&inspector).await;
    assert_eq!(greeted.backed_up, Some(made.manifest.covers), "told while it runs");
    assert!(first.receipt.stated.at < made.manifest.covers);
    let (after, second, _) = act(&mut inspector, &photos[1]).await;
    let folder = app.stop().await;

    let fresh = TempDir::new().unwrap();
    let data = fresh.path().join("data");
    let restored = Process::new(env!("CARGO_BIN_EXE_xunjie"))
        .args(["restore", "--from"])
        .arg(backups.path())
        .arg("--data")
        .arg(&data)
        .output()
        .unwrap();
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    drop(folder);

    let app = TestApp::serve(fresh, Config::default()).await;
    inspector.move_to(&app.base);
    let again = hello(&inspector).await;
    assert!(again.epoch > greeted.epoch, "another life");
    assert_eq!(again.backed_up, Some(made.manifest.covers));
    let held = |sealed: &Sealed| HeldOperation { id: sealed.id, digest: sealed.digest };
    let asked = Holdings {
        device: inspector.id,
        operations: vec![held(&before), held(&after)],
        photos: photos.iter().map(|photo| photo.hash).collect(),
    };
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &asked, 200).await.json();
    assert_eq!(answer.operations, [after.id]);
    assert_eq!(answer.photos, [photos[1].hash]);

    assert_eq!(inspector.send(&[before]).await[0], first, "the same receipt for ever");
    let mended = inspector.send(&[after]).await.pop().unwrap();
    assert_eq!(mended.receipt.stated.epoch, again.epoch);
    assert_ne!(mended.receipt, second.receipt);
    inspector.put(&photos[1]).await;
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &asked, 200).await.json();
    assert_eq!((answer.operations, answer.photos), (Vec::new(), Vec::new()));
    assert_eq!(inspector.everything().await.len(), 2);
}

#[tokio::test]
async fn photos_are_copied_once_and_older_moments_dropped() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let mut inspector = app.device("inspector").await;
    act(&mut inspector, &jpeg(1)).await;
    let first = make(&app.data(), backups.path()).await;
    assert_eq!((first.copied, first.dropped), (1, 0));
    act(&mut inspector, &jpeg(2)).await;
    let second = backup::make(&app.data(), backups.path(), 1).unwrap();
    assert_eq!((second.copied, second.dropped, second.manifest.photo_count), (1, 1, 2));
    let (manifests, troubles) = backup::all(backups.path()).unwrap();
    assert_eq!(manifests, [second.manifest]);
    assert!(troubles.is_empty());
}

#[tokio::test]
async fn a_photo_that_was_lost_is_named_and_the_moment_not_told() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let mut inspector = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2)];
    act(&mut inspector, &photos[0]).await;
    act(&mut inspector, &photos[1]).await;
    fs::write(photo_in(&app.data(), photos[0].hash), &photos[1].bytes).unwrap();
    let made = make(&app.data(), backups.path()).await;
    assert_eq!(made.manifest.lacking, [photos[0].hash]);
    assert_eq!(hello(&inspector).await.backed_up, None);
    inspector.put(&photos[0]).await;
    let made = make(&app.data(), backups.path()).await;
    assert_eq!((made.manifest.lacking.len(), made.copied), (0, 1));
    assert_eq!(hello(&inspector).await.backed_up, Some(made.manifest.covers));
}

/// The folder as it is after a backup that was made while the server's clock was a day
/// ahead: of a whole one, and of one that is not done yet.
#[tokio::test]
async fn a_clock_set_back_gives_no_receipt_of_before_the_backup() {
    for fact in [Fact::BackedUp, Fact::Covered] {
        let app = TestApp::start().await;
        let backups = TempDir::new().unwrap();
        let mut inspector = app.device("inspector").await;
        act(&mut inspector, &jpeg(1)).await;
        let made = make(&app.data(), backups.path()).await;
        let ahead = made.manifest.covers.plus_millis(24 * 60 * 60 * 1_000);
        let database = File::open(&app.data().join(setup::DATABASE)).unwrap();
        database.write(|it| meta::set(it, fact, &ahead.millis().to_string())).unwrap();

        let (sealed, operation, photo) = act(&mut inspector, &jpeg(2)).await;
        let bad = Sealed { body: format!("{} ", sealed.body), ..sealed.clone() };
        let aside = inspector.send(&[bad]).await.pop().unwrap();
        for receipt in [&operation.receipt, &photo, &aside.receipt] {
            assert!(receipt.stated.at >= ahead, "{fact:?}: {receipt:?}");
        }
        assert_eq!(inspector.send(&[sealed]).await[0], operation, "the same for ever");
        // And the next one covers them, though the clock has not come there yet.
        let made = make(&app.data(), backups.path()).await;
        assert!(made.manifest.covers > photo.stated.at, "{fact:?}");
        let told = hello(&inspector).await;
        assert_eq!(told.backed_up, Some(made.manifest.covers));
        assert!(told.now < ahead, "what the server calls now is its clock");
    }
}

#[tokio::test]
async fn what_is_not_right_is_not_restored() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let mut inspector = app.device("inspector").await;
    let photo = jpeg(1);
    act(&mut inspector, &photo).await;
    let inside = app.data().join("backups");
    assert!(backup::make(&app.data(), &inside, 30).is_err());
    assert!(!inside.exists());
    let made = make(&app.data(), backups.path()).await.manifest;
    let full = backup::restore(backups.path(), None, &app.data());
    assert!(full.unwrap_err().to_string().contains("not empty"));
    let unknown = TempDir::new().unwrap();
    let no_such = backup::restore(backups.path(), Some("2001-01-01T000000.000Z"), unknown.path());
    assert!(no_such.unwrap_err().to_string().contains("no such backup"));

    let flipped = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let photo_there = photo_in(backups.path(), photo.hash);
    flipped(&photo_there);
    let fresh = TempDir::new().unwrap();
    let restored = backup::restore(backups.path(), None, fresh.path()).unwrap();
    assert_eq!(restored.lacking, [photo.hash]);
    for path in [made.database_path(backups.path()), made.path(backups.path())] {
        let good = fs::read(&path).unwrap();
        flipped(&path);
        let fresh = TempDir::new().unwrap();
        assert!(backup::restore(backups.path(), None, fresh.path()).is_err());
        assert!(!fresh.path().join("xunjie.db").exists());
        fs::write(&path, good).unwrap();
    }
    assert!(made.covers > Timestamp::from_millis(0));
}
