//! Backups of a server that is running, and what phones send again after a restore.

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
    backup::{self, BackupSummary},
    config::Config,
    store::{
        self, DatabaseFile,
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

async fn make(data: &Path, to: &Path) -> BackupSummary {
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
async fn everything_with_a_receipt_from_before_the_covered_time_is_in_the_backup() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let is_enough = Arc::new(AtomicBool::new(false));
    let mut senders = Vec::new();
    for lane in 0..4_u32 {
        let mut device = app.device("inspector").await;
        let is_enough = Arc::clone(&is_enough);
        senders.push(tokio::spawn(async move {
            let mut receipts = Vec::new();
            for number in 0.. {
                if is_enough.load(Ordering::Relaxed) {
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
    is_enough.store(true, Ordering::Relaxed);
    let mut receipts = Vec::new();
    for sender in senders {
        receipts.extend(sender.await.unwrap());
    }
    let mut counted = Vec::new();
    for BackupSummary { manifest, .. } in made {
        assert_eq!(manifest.lacking, []);
        let copy = DatabaseFile::open_copy(&manifest.database_path(backups.path())).unwrap();
        let covered: Vec<_> =
            receipts.iter().filter(|receipt| receipt.stated.at < manifest.covers).collect();
        counted.push(covered.len());
        for receipt in covered {
            match &receipt.stated.subject {
                ReceiptSubject::Operation { id, digest, .. } => assert!(
                    copy.read(|transaction| operations::is_stored(transaction, *id, *digest))
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
async fn after_a_restore_phones_notice_the_epoch_and_send_again_what_is_missing() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let mut inspector = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2)];
    let (before, first, _) = act(&mut inspector, &photos[0]).await;
    assert_eq!(hello(&inspector).await.backed_up, None);
    let made = make(&app.data(), backups.path()).await;
    let first_hello = hello(&inspector).await;
    assert_eq!(
        first_hello.backed_up,
        Some(made.manifest.covers),
        "announced while the server runs"
    );
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
    assert!(again.epoch > first_hello.epoch, "a higher epoch");
    assert_eq!(again.backed_up, Some(made.manifest.covers));
    let holding = |sealed: &Sealed| HeldOperation { id: sealed.id, digest: sealed.digest };
    let request = Holdings {
        device: inspector.id,
        operations: vec![holding(&before), holding(&after)],
        photos: photos.iter().map(|photo| photo.hash).collect(),
    };
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &request, 200).await.json();
    assert_eq!(answer.operations, [after.id]);
    assert_eq!(answer.photos, [photos[1].hash]);

    assert_eq!(inspector.send(&[before]).await[0], first, "the same receipt for ever");
    let sent_again = inspector.send(&[after]).await.pop().unwrap();
    assert_eq!(sent_again.receipt.stated.epoch, again.epoch);
    assert_ne!(sent_again.receipt, second.receipt);
    inspector.put(&photos[1]).await;
    let answer: HoldingsAnswer = inspector.post("/api/v1/sync/verify", &request, 200).await.json();
    assert_eq!((answer.operations, answer.photos), (Vec::new(), Vec::new()));
    assert_eq!(inspector.everything().await.len(), 2);
}

#[tokio::test]
async fn a_second_backup_copies_only_new_photos_and_deletes_older_snapshots() {
    let app = TestApp::start().await;
    let backups = TempDir::new().unwrap();
    let mut inspector = app.device("inspector").await;
    act(&mut inspector, &jpeg(1)).await;
    let first = make(&app.data(), backups.path()).await;
    assert_eq!((first.copied, first.dropped), (1, 0));
    act(&mut inspector, &jpeg(2)).await;
    let second = backup::make(&app.data(), backups.path(), 1).unwrap();
    assert_eq!((second.copied, second.dropped, second.manifest.photo_count), (1, 1, 2));
    let (manifests, errors) = backup::all(backups.path()).unwrap();
    assert_eq!(manifests, [second.manifest]);
    assert!(errors.is_empty());
}

#[tokio::test]
async fn a_backup_that_lacks_a_photo_names_it_and_is_not_announced_to_phones() {
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

/// The folder is made to look as after a backup while the server's clock was a day ahead: of
/// a whole backup, and of one that is not finished.
#[tokio::test]
async fn a_clock_that_was_set_back_dates_no_receipt_before_the_backup() {
    for fact in [Fact::BackedUp, Fact::Covered] {
        let app = TestApp::start().await;
        let backups = TempDir::new().unwrap();
        let mut inspector = app.device("inspector").await;
        act(&mut inspector, &jpeg(1)).await;
        let made = make(&app.data(), backups.path()).await;
        let ahead = made.manifest.covers.plus_millis(24 * 60 * 60 * 1_000);
        let database = DatabaseFile::open(&app.data().join(store::DATABASE)).unwrap();
        database.write(|it| meta::set(it, fact, &ahead.millis().to_string())).unwrap();

        let (sealed, operation, photo) = act(&mut inspector, &jpeg(2)).await;
        let bad = Sealed { body: format!("{} ", sealed.body), ..sealed.clone() };
        let quarantined = inspector.send(&[bad]).await.pop().unwrap();
        for receipt in [&operation.receipt, &photo, &quarantined.receipt] {
            assert!(receipt.stated.at >= ahead, "{fact:?}: {receipt:?}");
        }
        assert_eq!(inspector.send(&[sealed]).await[0], operation, "the same for ever");
        // The next backup covers them, although the clock shows an earlier time.
        let made = make(&app.data(), backups.path()).await;
        assert!(made.manifest.covers > photo.stated.at, "{fact:?}");
        let answer = hello(&inspector).await;
        assert_eq!(answer.backed_up, Some(made.manifest.covers));
        assert!(answer.now < ahead, "`now` is the server's clock");
    }
}

#[tokio::test]
async fn a_damaged_or_unknown_backup_or_a_full_folder_is_refused_by_restore() {
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
