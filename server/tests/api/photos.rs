//! Photos over HTTP.

use domain::{
    case::Event,
    evidence::ReceiptSubject,
    sync::{MissingAnswer, MissingQuery, Problem, Verdict},
};
use reqwest::Method;

use crate::support::{
    TestApp,
    demo::{To, report},
    device::order,
    picture::{self, jpeg},
    test_app::send,
};

#[tokio::test]
async fn a_photo_that_was_sent_is_answered_in_each_size() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let receipt = inspector.put(&photo).await.receipt;
    receipt.check(&inspector.profile.as_ref().unwrap().key).unwrap();
    let length = u64::try_from(photo.bytes.len()).unwrap();
    assert_eq!(receipt.stated.subject, ReceiptSubject::Photo { hash: photo.hash, length });
    assert_eq!(inspector.put(&photo).await.receipt, receipt, "again: the same receipt");

    let original = format!("/api/v1/photos/{}?size=original", photo.hash);
    let answer = inspector.get(&original, 200).await;
    assert_eq!(answer.bytes, photo.bytes, "byte for byte");
    assert_eq!(answer.header("content-type"), "image/jpeg");
    let tag = answer.header("etag").to_owned();
    let known = inspector.ask(Method::GET, &original).header("if-none-match", tag);
    assert!(send(known, 304).await.bytes.is_empty());
    for size in ["?size=thumb", "?size=screen", ""] {
        let small = inspector.get(&format!("/api/v1/photos/{}{size}", photo.hash), 200).await;
        assert_eq!(small.header("content-type"), "image/jpeg");
        assert!(small.header("cache-control").starts_with("private"));
    }
    inspector.report(report(To::Tray, &[photo.hash])).await;
}

#[tokio::test]
async fn photos_are_listed_as_missing_until_they_are_stored() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let (here, missing) = (jpeg(1), jpeg(2));
    let receipt = inspector.put(&here).await.receipt;
    let query = MissingQuery { photos: vec![here.hash, missing.hash] };
    let answer: MissingAnswer = inspector.post("/api/v1/photos/missing", &query, 200).await.json();
    assert_eq!(answer.missing, [missing.hash]);
    assert_eq!(answer.held, [receipt]);
}

#[tokio::test]
async fn a_photo_is_shown_only_to_those_who_see_its_case() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut reviewer = app.device("reviewer").await;
    let handler = app.device("cgj").await;
    let photo = jpeg(1);
    let address = format!("/api/v1/photos/{}", photo.hash);
    inspector.put(&photo).await;
    assert_eq!(reviewer.get(&address, 404).await.problem(), "no_such_photo");
    let id = inspector.report(report(To::Tray, &[photo.hash])).await;
    reviewer.get(&address, 200).await;
    assert_eq!(handler.get(&address, 404).await.problem(), "no_such_photo");
    assert_eq!(reviewer.act(id, 1, order("cgj")).await, Verdict::Accepted);
    handler.get(&address, 200).await;

    // The original names the reporter's phone.
    let original = format!("{address}?size=original");
    assert_eq!(handler.get(&original, 403).await.problem(), "not_allowed");
    reviewer.get(&original, 200).await;
    let after = jpeg(2);
    handler.put(&after).await;
    handler.get(&format!("/api/v1/photos/{}?size=original", after.hash), 200).await;
}

#[tokio::test]
async fn bodies_that_are_no_valid_photo_are_refused_each_with_its_own_code() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let mut cut = photo.bytes.clone();
    cut.truncate(photo.bytes.len() / 2);
    let cut = picture::of(cut);
    let text = picture::of(b"hello, I am a text that calls itself photo.jpg".to_vec());
    let mut vast = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0".to_vec();
    vast.extend([0; 64]);
    let vast = picture::of(vast);
    let other = jpeg(2).hash.to_string();
    for (name, bytes, status, code) in [
        (other.as_str(), &photo.bytes, 422, "wrong_hash"),
        (&text.hash.to_string(), &text.bytes, 422, "not_a_photo"),
        (&cut.hash.to_string(), &cut.bytes, 422, "photo_damaged"),
        (&picture::of(Vec::new()).hash.to_string(), &Vec::new(), 422, "not_a_photo"),
        ("nonsense", &photo.bytes, 400, "malformed"),
    ] {
        let answer = inspector.put_as(name, bytes.clone(), status).await;
        assert_eq!(answer.problem(), code);
    }
    let answer = inspector.put_as(&vast.hash.to_string(), vast.bytes, 422).await;
    assert!(["too_many_pixels", "photo_damaged"].contains(&answer.problem().as_str()));
    assert_eq!(
        inspector.put(&photo).await.receipt.stated.epoch.0,
        app.app.decision_context.signer.epoch().0
    );
}

#[tokio::test]
async fn picture_of_a_format_that_is_not_kept_is_refused_by_its_name_in_each_language() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    for (language, words) in
        [("zh-Hans", "不收 AVIF"), ("zh-Hant", "不收 AVIF"), ("en", "AVIF pictures")]
    {
        let photo = picture::of(made_photos::other::AVIF.to_vec());
        let address = format!("/api/v1/photos/{}", photo.hash);
        let request = inspector.ask(Method::PUT, &address).header("accept-language", language);
        let problem: Problem = send(request.body(photo.bytes), 415).await.json();
        assert_eq!(problem.code, "photo_format");
        assert!(problem.title.contains(words), "{}", problem.title);
    }
}

#[tokio::test]
async fn heic_that_breaks_off_is_refused_and_a_whole_one_is_kept() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let whole = made_photos::heif::PLAIN;
    for cut in [&whole[..12], &whole[..whole.len() / 2], &whole[..whole.len() - 1]] {
        let photo = picture::of(cut.to_vec());
        let answer = inspector.put_as(&photo.hash.to_string(), photo.bytes, 422).await;
        assert_eq!(answer.problem(), "photo_damaged", "{} bytes", cut.len());
    }
    inspector.put(&picture::of(whole.to_vec())).await;
}

#[tokio::test]
async fn a_photo_above_the_limit_answers_413_whether_its_length_is_stated_or_not() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let address = format!("/api/v1/photos/{}", jpeg(1).hash);
    let request = inspector.ask(Method::PUT, &address).body(vec![0xff; 40 * 1024 * 1024]);
    assert_eq!(send(request, 413).await.problem(), "photo_too_large");
    let mut chunk = vec![0; 1 << 20];
    chunk[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
    let endless = futures_util::stream::iter((0..40).map(move |_| Ok::<_, String>(chunk.clone())));
    let request = inspector.ask(Method::PUT, &address).body(reqwest::Body::wrap_stream(endless));
    assert_eq!(send(request, 413).await.problem(), "photo_too_large");
    inspector.put(&jpeg(1)).await;
}

#[tokio::test]
async fn a_photo_sent_eight_times_at_once_arrives_once_at_each_case() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let mut cases = Vec::new();
    for _ in 0..3 {
        cases.push(inspector.report(report(To::Tray, &[photo.hash])).await);
    }
    let sent = (0..8).map(|_| inspector.put(&photo));
    let answers = futures_util::future::join_all(sent).await;
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "one receipt");
    for case in cases {
        let log = inspector.log(case).await.unwrap();
        let arrivals = log.events.iter().filter(
            |recorded| matches!(recorded.event, Event::PhotoArrived { hash } if hash == photo.hash),
        );
        assert_eq!(arrivals.count(), 1);
    }
}

#[tokio::test]
async fn a_refusal_reaches_a_client_that_is_still_sending() {
    let app = TestApp::start().await;
    let address = format!("/api/v1/photos/{}", jpeg(1).hash);
    for _ in 0..5 {
        let request = app.ask(Method::PUT, &address).body(vec![0xff; 8 * 1024 * 1024]);
        assert_eq!(send(request, 401).await.problem(), "not_signed_in");
    }
}
