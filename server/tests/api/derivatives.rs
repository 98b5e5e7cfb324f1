//! Small pictures are made behind the answer, from the table of jobs, and photos that are no
//! pictures are named so in their cases.

use domain::{
    CaseId, PhotoHash,
    case::{Case, Event},
    sync::CaseLog,
};
use xunjie::store::{
    Value,
    derivatives::{self, DerivativeState},
    jobs::{self, JobCounts},
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

/// As a worker that was killed leaves it.
const EXPIRED_JOB: &str = "INSERT INTO jobs (kind, subject, due_at, tries, leased_until, is_failed)
     VALUES ('derivatives', $1, 5, 1, 7, 0)";

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
    assert_eq!(app.folder.faults().await, [""; 0]);
}

#[tokio::test]
async fn job_that_a_crash_left_leased_is_done_after_the_restart() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    inspector.put(&photo).await;
    until_no_job_waits(&app).await;
    let folder = app.stop().await;
    std::fs::remove_dir_all(folder.data().join("derived")).unwrap();
    folder.execute(EXPIRED_JOB, vec![text(photo.hash)]).await;
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
    assert_eq!(app.folder.faults().await, [""; 0]);
    let [without_row, without_job, _] = photos.each_ref().map(|photo| photo.hash);
    let removed = "DELETE FROM derivatives WHERE hash = $1";
    app.folder.execute(removed, vec![text(without_row)]).await;
    let waiting = "UPDATE derivatives SET state = 'waiting' WHERE hash = $1";
    app.folder.execute(waiting, vec![text(without_job)]).await;
    let named = app.folder.faults().await;
    assert_eq!(named.len(), 2, "{named:?}");
    for hash in [without_row, without_job].map(|hash| hash.to_string()) {
        assert!(
            named.iter().any(|it| it.contains(&hash) && it.contains("xunjie rebuild")),
            "{named:?}"
        );
    }
    app.folder.rebuild().await;
    assert_eq!(app.folder.faults().await, [""; 0]);
    until_no_job_waits(&app).await;
    for photo in &photos {
        assert_eq!(state(&app, photo.hash).await, Some(DerivativeState::Made));
    }
}

#[tokio::test]
async fn case_that_knows_of_its_undecodable_photo_is_not_told_again_when_the_row_was_lost() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photo = undecodable();
    let id = inspector.report(report(To::Tray, &[photo.hash])).await;
    inspector.put(&photo).await;
    until_no_job_waits(&app).await;
    app.folder.execute("DELETE FROM derivatives", Vec::new()).await;
    app.folder.rebuild().await;
    until_no_job_waits(&app).await;
    assert_eq!(state(&app, photo.hash).await, Some(DerivativeState::Undecodable));
    assert_eq!(named(&case(&inspector, id).await.1), 1);
}

#[tokio::test]
async fn job_whose_effect_cannot_be_kept_is_tried_later_and_holds_up_no_other() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let (good, bad) = (jpeg(1), undecodable());
    inspector.put(&good).await;
    inspector.put(&bad).await;
    let id = inspector.report(report(To::Tray, &[bad.hash])).await;
    until_no_job_waits(&app).await;
    let folder = app.stop().await;
    // Both are to be done again in one batch, and the log of the case is gone.
    let case = Value::Text(id.to_string());
    folder.execute("DELETE FROM events WHERE case_id = $1", vec![case]).await;
    folder.execute("UPDATE derivatives SET state = 'waiting'", Vec::new()).await;
    for photo in [&good, &bad] {
        folder.execute(EXPIRED_JOB, vec![text(photo.hash)]).await;
    }
    let app = TestApp::serve(folder, Default::default()).await;
    while state(&app, good.hash).await != Some(DerivativeState::Made) {
        tokio::task::yield_now().await;
    }
    while !has_failed_once(&app, bad.hash).await {
        tokio::task::yield_now().await;
    }
    assert_eq!(state(&app, bad.hash).await, Some(DerivativeState::Waiting));
}

async fn has_failed_once(app: &TestApp, hash: PhotoHash) -> bool {
    let failed = "SELECT 1 FROM jobs WHERE subject = $1 AND last_error IS NOT NULL";
    let read = app.app.store.read(move |transaction| transaction.query(failed, &[text(hash)]));
    !read.await.unwrap().is_empty()
}

fn text(hash: PhotoHash) -> Value {
    Value::Text(hash.to_string())
}
