//! Small pictures are made behind the answer, from the table of jobs, and photos that are no
//! pictures are named so in their cases.

use domain::{
    CaseId, PhotoHash,
    case::{Case, Event},
    sync::CaseLog,
};
use rusqlite::Connection;
use xunjie::{
    rebuild,
    store::{
        derivatives::{self, DerivativeState},
        jobs::{self, JobCounts},
    },
    verify,
};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    picture::{self, Picture, jpeg},
};

/// A PNG whose chunks are all there and whose pixels are noise.
fn undecodable() -> Picture {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(64, 64).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let mut bytes = bytes.into_inner();
    let pixels = bytes.windows(4).position(|name| name == b"IDAT").unwrap() + 4;
    bytes[pixels..pixels + 8].fill(0xff);
    picture::of(bytes)
}

async fn until_no_job_waits(app: &TestApp) {
    while app.app.store.read(jobs::counts).await.unwrap() != JobCounts::default() {
        tokio::task::yield_now().await;
    }
}

async fn state(app: &TestApp, hash: PhotoHash) -> Option<DerivativeState> {
    app.app.store.read(move |transaction| derivatives::state(transaction, hash)).await.unwrap()
}

async fn case(device: &Device, id: CaseId) -> (Case, Vec<Event>) {
    let log: CaseLog = device.get(&format!("/api/v1/cases/{id}"), 200).await.json();
    let case = Case::fold(id, &log.events).unwrap();
    (case, log.events.into_iter().map(|recorded| recorded.event).collect())
}

fn named(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::PhotoUndecodable { .. })).count()
}

#[tokio::test]
async fn small_pictures_are_made_without_anybody_looking() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photos: Vec<_> = (0..20).map(jpeg).collect();
    for photo in &photos {
        inspector.put(photo).await;
    }
    until_no_job_waits(&app).await;
    for photo in &photos {
        assert_eq!(state(&app, photo.hash).await, Some(DerivativeState::Made));
        let name = photo.hash.to_string();
        for size in ["320", "1280"] {
            let folder = app.data().join("derived").join(size).join(name.split_at(2).0);
            assert!(folder.join(format!("{name}.jpg")).exists());
        }
    }
}

#[tokio::test]
async fn photo_that_is_no_picture_is_kept_and_named_once_in_each_of_its_cases() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let photo = undecodable();
    let before = inspector.report(report(To::Tray, &[photo.hash])).await;
    inspector.put(&photo).await;
    until_no_job_waits(&app).await;
    assert_eq!(state(&app, photo.hash).await, Some(DerivativeState::Undecodable));
    // A case that names it later, and the same bytes once more.
    let after = inspector.report(report(To::Tray, &[photo.hash])).await;
    inspector.put(&photo).await;
    until_no_job_waits(&app).await;
    for id in [before, after] {
        let (case, events) = case(&reviewer, id).await;
        assert!(case.undecodable.contains(&photo.hash) && case.arrived.contains(&photo.hash));
        assert_eq!(named(&events), 1, "{events:?}");
    }
    let address = format!("/api/v1/photos/{}", photo.hash);
    for size in ["thumb", "screen"] {
        let answer = reviewer.get(&format!("{address}?size={size}"), 404).await;
        assert_eq!(answer.problem(), "no_picture");
    }
    assert_eq!(reviewer.get(&format!("{address}?size=original"), 200).await.bytes, photo.bytes);
    assert_eq!(faults(&app), [""; 0]);
}

#[tokio::test]
async fn job_that_a_crash_left_leased_is_done_after_the_restart() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    inspector.put(&photo).await;
    until_no_job_waits(&app).await;
    let folder = app.stop().await;
    let data = folder.path().join("data");
    std::fs::remove_dir_all(data.join("derived")).unwrap();
    let sql = Connection::open(data.join("xunjie.db")).unwrap();
    let row = "INSERT INTO jobs (kind, subject, due_at, tries, leased_until, is_failed)
               VALUES ('derivatives', ?1, 5, 1, 7, 0)";
    sql.execute(row, [photo.hash.to_string()]).unwrap();
    drop(sql);
    let app = TestApp::serve(folder, Default::default()).await;
    until_no_job_waits(&app).await;
    assert_eq!(std::fs::read_dir(app.data().join("derived/320")).unwrap().count(), 1);
}

#[tokio::test]
async fn lost_row_of_small_pictures_is_named_by_verify_and_made_anew_by_rebuild() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photos = [jpeg(1), jpeg(2), jpeg(3)];
    for photo in &photos {
        inspector.put(photo).await;
    }
    until_no_job_waits(&app).await;
    assert_eq!(faults(&app), [""; 0]);
    let sql = Connection::open(app.data().join("xunjie.db")).unwrap();
    let [without_row, without_job, _] = photos.each_ref().map(|photo| photo.hash.to_string());
    sql.execute("DELETE FROM derivatives WHERE hash = ?1", [&without_row]).unwrap();
    let waiting = "UPDATE derivatives SET state = 'waiting' WHERE hash = ?1";
    sql.execute(waiting, [&without_job]).unwrap();
    let named = faults(&app);
    assert_eq!(named.len(), 2, "{named:?}");
    for hash in [&without_row, &without_job] {
        assert!(
            named.iter().any(|it| it.contains(hash) && it.contains("xunjie rebuild")),
            "{named:?}"
        );
    }
    rebuild::rebuild(&app.data(), |_| {}).unwrap();
    assert_eq!(faults(&app), [""; 0]);
    until_no_job_waits(&app).await;
    for photo in &photos {
        assert_eq!(state(&app, photo.hash).await, Some(DerivativeState::Made));
    }
}

fn faults(app: &TestApp) -> Vec<String> {
    let mut faults = Vec::new();
    verify::verify(&app.data(), None, &mut |fault| faults.push(fault.to_string())).unwrap();
    faults
}
