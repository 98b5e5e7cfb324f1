//! Photos in parts: nothing sent twice, nothing called there that is not on disk.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use domain::sync::{MissingAnswer, MissingQuery, PartialPhoto, PhotoAnswer};
use futures_util::{StreamExt as _, stream};
use reqwest::Method;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};
use xunjie::photos::PARTS_KEPT;

use crate::support::{
    Answer, Device, TestApp,
    picture::{self, Picture, jpeg},
    test_app::send,
};

fn address(photo: &Picture) -> String {
    format!("/api/v1/photos/{}", photo.hash)
}

async fn patch(
    device: &Device,
    photo: &Picture,
    offset: usize,
    bytes: &[u8],
    expected: u16,
) -> Answer {
    let request = device
        .ask(Method::PATCH, &address(photo))
        .header("upload-offset", offset)
        .header("upload-length", photo.bytes.len())
        .body(bytes.to_vec());
    send(request, expected).await
}

async fn head(device: &Device, photo: &Picture) -> usize {
    let answer = send(device.ask(Method::HEAD, &address(photo)), 204).await;
    answer.header("upload-offset").parse().unwrap()
}

async fn missing(device: &Device, photo: &Picture) -> MissingAnswer {
    let query = MissingQuery { photos: vec![photo.hash] };
    device.post("/api/v1/photos/missing", &query, 200).await.json()
}

#[tokio::test]
async fn a_photo_sent_in_parts_becomes_whole_also_over_a_restart() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let (a, b) = (photo.bytes.len() / 3, photo.bytes.len() * 2 / 3);
    assert_eq!(head(&inspector, &photo).await, 0);
    let part = patch(&inspector, &photo, 0, &photo.bytes[..a], 204).await;
    assert_eq!(part.header("upload-offset"), a.to_string());
    let app = app.restart().await;
    inspector.move_to(&app.base);
    assert_eq!(head(&inspector, &photo).await, a);
    let asked = missing(&inspector, &photo).await;
    let offset = u64::try_from(a).unwrap();
    assert_eq!(asked.partial, [PartialPhoto { hash: photo.hash, offset }]);
    assert_eq!(asked.missing, [photo.hash], "a part is no photo");

    patch(&inspector, &photo, a, &photo.bytes[a..b], 204).await;
    let whole: PhotoAnswer = patch(&inspector, &photo, b, &photo.bytes[b..], 200).await.json();
    whole.receipt.check(&inspector.profile.as_ref().unwrap().key).unwrap();
    assert_eq!(missing(&inspector, &photo).await.held, std::slice::from_ref(&whole.receipt));
    assert_eq!(head(&inspector, &photo).await, photo.bytes.len());
    // The answer was lost: the same is asked again, or the whole is sent.
    let end = photo.bytes.len();
    let again: PhotoAnswer = patch(&inspector, &photo, end, b"", 200).await.json();
    assert_eq!(again, whole);
    assert_eq!(inspector.put(&photo).await, whole);
    let shown = inspector.get(&format!("{}?size=original", address(&photo)), 200).await;
    assert_eq!(shown.bytes, photo.bytes);
}

#[tokio::test]
async fn a_part_that_does_not_fit_is_refused_with_the_offset_of_the_stored_bytes() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let half = photo.bytes.len() / 2;
    let ask = |offset: &'static str, length: Option<u64>| {
        let mut request = inspector.ask(Method::PATCH, &address(&photo)).body(vec![0xff]);
        if !offset.is_empty() {
            request = request.header("upload-offset", offset);
        }
        match length {
            Some(length) => request.header("upload-length", length),
            None => request,
        }
    };
    for (offset, length, status, code) in [
        ("", Some(10), 400, "malformed"),
        ("-1", Some(10), 400, "malformed"),
        ("0", None, 400, "length_unknown"),
        ("0", Some(0), 422, "not_a_photo"),
        ("0", Some(26 * 1024 * 1024), 413, "photo_too_large"),
        ("5", Some(10), 409, "offset"),
    ] {
        let answer = send(ask(offset, length), status).await;
        assert_eq!(answer.problem(), code, "{offset} {length:?}");
    }
    patch(&inspector, &photo, 0, &photo.bytes[..half], 204).await;
    for wrong in [0, half - 1, half + 1, photo.bytes.len()] {
        let answer = patch(&inspector, &photo, wrong, &photo.bytes[half..], 409).await;
        assert_eq!(answer.problem(), "offset");
        assert_eq!(answer.header("upload-offset"), half.to_string());
    }
    // Beyond its end, and as part of a whole of another length.
    let long = [&photo.bytes[half..], b"x"].concat();
    assert_eq!(patch(&inspector, &photo, half, &long, 400).await.problem(), "wrong_length");
    let now = head(&inspector, &photo).await;
    let other = inspector
        .ask(Method::PATCH, &address(&photo))
        .header("upload-offset", now)
        .header("upload-length", photo.bytes.len() + 1);
    assert_eq!(send(other, 400).await.problem(), "wrong_length");
    patch(&inspector, &photo, now, &photo.bytes[now..], 200).await;
    // A handler in a unit brings photos, the city's inspectors do not.
    let city = app.device("city").await;
    assert_eq!(patch(&city, &photo, 0, &photo.bytes, 403).await.problem(), "not_allowed");
}

#[tokio::test]
async fn parts_that_make_no_valid_photo_are_deleted() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let mut damaged = photo.bytes.clone();
    damaged[photo.bytes.len() / 2] ^= 1;
    let half = photo.bytes.len() / 2;
    patch(&inspector, &photo, 0, &damaged[..half], 204).await;
    let answer = patch(&inspector, &photo, half, &damaged[half..], 422).await;
    assert_eq!(answer.problem(), "wrong_hash");
    assert_eq!(head(&inspector, &photo).await, 0);
    let text = picture::of(b"hello, I am a text that calls itself photo.jpg".to_vec());
    let answer = patch(&inspector, &text, 0, &text.bytes[..20], 422).await;
    assert_eq!(answer.problem(), "not_a_photo");
    assert_eq!(head(&inspector, &text).await, 0);
    let avif = picture::of(made_photos::other::AVIF.to_vec());
    let answer = patch(&inspector, &avif, 0, &avif.bytes[..200], 415).await;
    assert_eq!(answer.problem(), "photo_format");
    assert_eq!(head(&inspector, &avif).await, 0);
    let cut = picture::of(photo.bytes[..half].to_vec());
    assert_eq!(patch(&inspector, &cut, 0, &cut.bytes, 422).await.problem(), "photo_damaged");
    assert_eq!(head(&inspector, &cut).await, 0);
    patch(&inspector, &photo, 0, &photo.bytes, 200).await;
}

#[tokio::test]
async fn a_broken_connection_leaves_the_bytes_that_came() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let half = photo.bytes.len() / 2;
    let mut line = TcpStream::connect(app.base.trim_start_matches("http://")).await.unwrap();
    let head_of_it = format!(
        "PATCH {} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nupload-offset: 0\r\n\
         upload-length: {length}\r\ncontent-length: {length}\r\n\r\n",
        address(&photo),
        inspector.token,
        length = photo.bytes.len()
    );
    line.write_all(head_of_it.as_bytes()).await.unwrap();
    line.write_all(&photo.bytes[..half]).await.unwrap();
    drop(line);
    let wanted = u64::try_from(half).unwrap();
    while missing(&inspector, &photo).await.partial.iter().all(|part| part.offset != wanted) {
        tokio::task::yield_now().await;
    }
    assert_eq!(head(&inspector, &photo).await, half);
    patch(&inspector, &photo, half, &photo.bytes[half..], 200).await;
}

#[tokio::test]
async fn a_newer_request_for_a_photo_stops_an_older_one() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let half = photo.bytes.len() / 2;
    for newer in [Method::HEAD, Method::PATCH] {
        // A line that is dead and does not say so.
        let begun = head(&inspector, &photo).await;
        let first = Bytes::copy_from_slice(&photo.bytes[begun..begun + 4]);
        let body = stream::iter([Ok::<_, String>(first)]).chain(stream::pending());
        let request = inspector
            .ask(Method::PATCH, &address(&photo))
            .header("upload-offset", begun)
            .header("upload-length", photo.bytes.len())
            .body(reqwest::Body::wrap_stream(body));
        let older = tokio::spawn(request.send());
        let wanted = u64::try_from(begun + 4).unwrap();
        while missing(&inspector, &photo).await.partial.iter().all(|part| part.offset != wanted) {
            tokio::task::yield_now().await;
        }
        if newer == Method::HEAD {
            assert_eq!(head(&inspector, &photo).await, begun + 4);
        } else {
            let bytes = &photo.bytes[begun + 4..half];
            patch(&inspector, &photo, begun + 4, bytes, 204).await;
        }
        older.abort();
    }
    assert_eq!(head(&inspector, &photo).await, half);
    patch(&inspector, &photo, half, &photo.bytes[half..], 200).await;
}

#[tokio::test]
async fn parts_that_no_phone_goes_on_with_are_deleted_after_a_week() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    patch(&inspector, &photo, 0, &photo.bytes[..100], 204).await;
    let soon = SystemTime::now() + PARTS_KEPT - Duration::from_secs(60);
    assert_eq!(app.app.photos.sweep_parts(soon).await, Ok(0));
    assert_eq!(head(&inspector, &photo).await, 100);
    let later = SystemTime::now() + PARTS_KEPT + Duration::from_secs(60);
    assert_eq!(app.app.photos.sweep_parts(later).await, Ok(1));
    assert_eq!(head(&inspector, &photo).await, 0);
}

#[tokio::test]
async fn a_photo_that_decayed_on_disk_is_repaired_by_sending_it_in_parts() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let receipt = inspector.put(&photo).await;
    let name = photo.hash.to_string();
    let path = app.data().join("photos").join(name.split_at(2).0).join(&name);
    for is_cut in [false, true] {
        let mut bytes = photo.bytes.clone();
        bytes[200] ^= 4;
        if is_cut {
            bytes.truncate(300);
        }
        std::fs::write(&path, &bytes).unwrap();
        let there = head(&inspector, &photo).await;
        assert_eq!(patch(&inspector, &photo, there, b"", 409).await.header("upload-offset"), "0");
        let again: PhotoAnswer = patch(&inspector, &photo, 0, &photo.bytes, 200).await.json();
        assert_eq!(again, receipt);
        assert_eq!(std::fs::read(&path).unwrap(), photo.bytes);
    }
}
