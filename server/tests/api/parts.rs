//! Photos in parts: nothing sent twice, nothing called there that is not on disk.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use domain::sync::{MissingAnswer, MissingQuery, PartAnswer, PartialPhoto, PhotoAnswer};
use futures_util::{StreamExt as _, stream};
use reqwest::{Body, Method, RequestBuilder};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};
use xunjie::photos::PARTS_KEPT;

use crate::support::{
    Device, TestApp,
    picture::{self, Picture, jpeg},
    test_app::send,
};

fn address(photo: &Picture) -> String {
    format!("/api/v1/photos/{}", photo.hash)
}

fn part(device: &Device, photo: &Picture, offset: usize, bytes: &[u8]) -> RequestBuilder {
    let address = format!("{}/parts?offset={offset}&length={}", address(photo), photo.bytes.len());
    device.ask(Method::POST, &address).body(bytes.to_vec())
}

/// Sends a part that more has to follow, or that is not taken; gives the bytes on disk.
async fn held_after(device: &Device, photo: &Picture, offset: usize, bytes: &[u8]) -> usize {
    match send(part(device, photo, offset, bytes), 200).await.json() {
        PartAnswer::Held(held) => usize::try_from(held).unwrap(),
        PartAnswer::Whole(answer) => panic!("{answer:?}"),
    }
}

/// Sends the last part.
async fn last_part(device: &Device, photo: &Picture, offset: usize, bytes: &[u8]) -> PhotoAnswer {
    match send(part(device, photo, offset, bytes), 200).await.json() {
        PartAnswer::Whole(answer) => answer,
        PartAnswer::Held(held) => panic!("{held} bytes"),
    }
}

/// Sends a part that is refused; gives the code of the problem.
async fn refused(
    device: &Device,
    photo: &Picture,
    offset: usize,
    bytes: &[u8],
    status: u16,
) -> String {
    send(part(device, photo, offset, bytes), status).await.problem().to_owned()
}

/// Asks how many bytes are on disk, by a part without any at the end.
async fn held(device: &Device, photo: &Picture) -> usize {
    match send(part(device, photo, photo.bytes.len(), b""), 200).await.json() {
        PartAnswer::Held(held) => usize::try_from(held).unwrap(),
        PartAnswer::Whole(_) => photo.bytes.len(),
    }
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
    assert_eq!(held(&inspector, &photo).await, 0);
    assert_eq!(held_after(&inspector, &photo, 0, &photo.bytes[..a]).await, a);
    let app = app.restart().await;
    inspector.move_to(&app.base);
    assert_eq!(held(&inspector, &photo).await, a);
    let asked = missing(&inspector, &photo).await;
    let offset = u64::try_from(a).unwrap();
    assert_eq!(asked.partial, [PartialPhoto { hash: photo.hash, offset }]);
    assert_eq!(asked.missing, [photo.hash], "a part is no photo");

    assert_eq!(held_after(&inspector, &photo, a, &photo.bytes[a..b]).await, b);
    let whole = last_part(&inspector, &photo, b, &photo.bytes[b..]).await;
    whole.receipt.check(&inspector.profile.as_ref().unwrap().key).unwrap();
    assert_eq!(missing(&inspector, &photo).await.held, std::slice::from_ref(&whole.receipt));
    assert_eq!(held(&inspector, &photo).await, photo.bytes.len());
    // The answer was lost: the same is asked again, or the whole is sent.
    let end = photo.bytes.len();
    assert_eq!(last_part(&inspector, &photo, end, b"").await, whole);
    assert_eq!(held_after(&inspector, &photo, 0, &photo.bytes).await, end, "not taken again");
    assert_eq!(inspector.put(&photo).await, whole);
    let shown = inspector.get(&format!("{}?size=original", address(&photo)), 200).await;
    assert_eq!(shown.bytes, photo.bytes);
}

#[tokio::test]
async fn a_part_that_does_not_fit_is_refused_or_answered_with_the_offset_of_the_stored_bytes() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let half = photo.bytes.len() / 2;
    for (query, status, code) in [
        ("length=10", 400, "malformed"),
        ("offset=-1&length=10", 400, "malformed"),
        ("offset=0", 400, "malformed"),
        ("offset=0&length=18446744073709551616", 400, "malformed"),
        ("offset=0&length=0", 422, "not_a_photo"),
        ("offset=0&length=27262976", 413, "photo_too_large"),
    ] {
        let address = format!("{}/parts?{query}", address(&photo));
        let request = inspector.ask(Method::POST, &address).body(vec![0xff]);
        assert_eq!(send(request, status).await.problem(), code, "{query}");
    }
    assert_eq!(held_after(&inspector, &photo, 5, b"x").await, 0);
    assert_eq!(held_after(&inspector, &photo, 0, &photo.bytes[..half]).await, half);
    for wrong in [0, half - 1, half + 1, photo.bytes.len()] {
        assert_eq!(held_after(&inspector, &photo, wrong, &photo.bytes[half..]).await, half);
    }
    // Beyond its end, and as part of a whole of another length.
    let long = [&photo.bytes[half..], b"x"].concat();
    assert_eq!(refused(&inspector, &photo, half, &long, 400).await, "wrong_length");
    let now = held(&inspector, &photo).await;
    let length = photo.bytes.len() + 1;
    let other = format!("{}/parts?offset={now}&length={length}", address(&photo));
    let other = inspector.ask(Method::POST, &other);
    assert_eq!(send(other, 400).await.problem(), "wrong_length");
    last_part(&inspector, &photo, now, &photo.bytes[now..]).await;
    // A handler in a unit brings photos, the city's inspectors do not.
    let city = app.device("city").await;
    assert_eq!(refused(&city, &photo, 0, &photo.bytes, 403).await, "not_allowed");
}

#[tokio::test]
async fn parts_that_make_no_valid_photo_are_deleted() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let mut damaged = photo.bytes.clone();
    damaged[photo.bytes.len() / 2] ^= 1;
    let half = photo.bytes.len() / 2;
    held_after(&inspector, &photo, 0, &damaged[..half]).await;
    assert_eq!(refused(&inspector, &photo, half, &damaged[half..], 422).await, "wrong_hash");
    assert_eq!(held(&inspector, &photo).await, 0);
    let text = picture::of(b"hello, I am a text that calls itself photo.jpg".to_vec());
    assert_eq!(refused(&inspector, &text, 0, &text.bytes[..20], 422).await, "not_a_photo");
    assert_eq!(held(&inspector, &text).await, 0);
    let avif = picture::of(made_photos::other::AVIF.to_vec());
    assert_eq!(refused(&inspector, &avif, 0, &avif.bytes[..200], 415).await, "photo_format");
    assert_eq!(held(&inspector, &avif).await, 0);
    let cut = picture::of(photo.bytes[..half].to_vec());
    assert_eq!(refused(&inspector, &cut, 0, &cut.bytes, 422).await, "photo_damaged");
    assert_eq!(held(&inspector, &cut).await, 0);
    last_part(&inspector, &photo, 0, &photo.bytes).await;
}

#[tokio::test]
async fn a_broken_connection_leaves_the_bytes_that_came() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let half = photo.bytes.len() / 2;
    let mut line = TcpStream::connect(app.base.trim_start_matches("http://")).await.unwrap();
    let head_of_it = format!(
        "POST {}/parts?offset=0&length={length} HTTP/1.1\r\nhost: x\r\n\
         authorization: Bearer {}\r\ncontent-length: {length}\r\n\r\n",
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
    assert_eq!(held(&inspector, &photo).await, half);
    last_part(&inspector, &photo, half, &photo.bytes[half..]).await;
}

#[tokio::test]
async fn a_newer_request_for_a_photo_stops_an_older_one() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let half = photo.bytes.len() / 2;
    held_after(&inspector, &photo, 0, &photo.bytes[..20]).await;
    for is_question in [true, false] {
        // A line that is dead and does not say so.
        let begun = held(&inspector, &photo).await;
        let first = Bytes::copy_from_slice(&photo.bytes[begun..begun + 4]);
        let body = stream::iter([Ok::<_, String>(first)]).chain(stream::pending());
        let request = part(&inspector, &photo, begun, b"").body(Body::wrap_stream(body));
        let older = tokio::spawn(request.send());
        let wanted = u64::try_from(begun + 4).unwrap();
        while missing(&inspector, &photo).await.partial.iter().all(|part| part.offset != wanted) {
            tokio::task::yield_now().await;
        }
        if is_question {
            assert_eq!(held(&inspector, &photo).await, begun + 4);
        } else {
            held_after(&inspector, &photo, begun + 4, &photo.bytes[begun + 4..half]).await;
        }
        older.abort();
    }
    assert_eq!(held(&inspector, &photo).await, half);
    last_part(&inspector, &photo, half, &photo.bytes[half..]).await;
}

#[tokio::test]
async fn parts_that_no_phone_goes_on_with_are_deleted_after_a_week() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    held_after(&inspector, &photo, 0, &photo.bytes[..100]).await;
    let soon = SystemTime::now() + PARTS_KEPT - Duration::from_secs(60);
    assert_eq!(app.app.photos.sweep_parts(soon).await, Ok(0));
    assert_eq!(held(&inspector, &photo).await, 100);
    let later = SystemTime::now() + PARTS_KEPT + Duration::from_secs(60);
    assert_eq!(app.app.photos.sweep_parts(later).await, Ok(1));
    assert_eq!(held(&inspector, &photo).await, 0);
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
        assert_eq!(held(&inspector, &photo).await, 0, "what lies there is not the photo");
        let again = last_part(&inspector, &photo, 0, &photo.bytes).await;
        assert_eq!(again, receipt);
        assert_eq!(std::fs::read(&path).unwrap(), photo.bytes);
    }
}
