//! Senders who go away, and crashes.

use std::{fs, sync::Arc};

use bytes::Bytes;
use domain::PhotoHash;
use futures_util::{StreamExt as _, stream};
use tokio::sync::Notify;
use xunjie::photos::{PhotoError, PhotoStore, Size};

use crate::{
    blob_store::BlobStore,
    make::{jpeg, street},
};

#[tokio::test]
async fn line_that_breaks_leaves_nothing() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(300, 200));
    let half = Bytes::copy_from_slice(&photo[..photo.len() / 2]);
    let body = stream::iter([Ok(half), Err("connection reset")]);
    let found = blobs.photos.ingest(PhotoHash::of(&photo), None, body).await;
    assert_eq!(found, Err(PhotoError::Interrupted));
    blobs.assert_empty();
}

#[tokio::test]
async fn sender_that_hangs_up_leaves_nothing() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(300, 200));
    let waits = Arc::new(Notify::new());
    let body = {
        let half = Bytes::copy_from_slice(&photo[..photo.len() / 2]);
        let waits = Arc::clone(&waits);
        let never = stream::once(async move {
            waits.notify_one();
            std::future::pending().await
        });
        stream::iter([Ok::<_, &str>(half)]).chain(never).boxed()
    };
    let photos = blobs.photos.clone();
    let hash = PhotoHash::of(&photo);
    let sending = tokio::spawn(async move { photos.ingest(hash, None, body).await });
    waits.notified().await;
    assert_eq!(blobs.files().len(), 1, "half of it is there");
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    blobs.assert_empty();
}

#[tokio::test]
async fn photo_that_came_whole_is_stored_though_the_sender_hung_up() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(900, 700));
    let hash = PhotoHash::of(&photo);
    let ended = Arc::new(Notify::new());
    let body = {
        let photo = Bytes::from(photo.clone());
        let ended = Arc::clone(&ended);
        let end = stream::poll_fn(move |_| {
            ended.notify_one();
            std::task::Poll::Ready(None)
        });
        stream::iter([Ok::<_, &str>(photo)]).chain(end).boxed()
    };
    let mut sending = Box::pin(blobs.photos.ingest(hash, None, body));
    // The last byte is there and the answer is not: now the sender goes.
    tokio::select! {
        biased;
        _ = &mut sending => panic!("answered before it was on disk"),
        () = ended.notified() => {}
    }
    drop(sending);
    // A picture is made in turn, so it waits for the photo being kept.
    while blobs.photos.read(hash, Size::Screen).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    assert_eq!(fs::read(blobs.original(hash)).unwrap(), photo);
    assert!(blobs.files().iter().all(|file| !file.starts_with("photos/incoming")));
}

#[tokio::test]
async fn leftovers_of_a_crash_are_swept_and_photos_stay() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(200, 200));
    let stored = blobs.ingest(&photo).await.unwrap();
    blobs.photos.make_derivatives(stored.hash).await.unwrap();
    let before = blobs.files();
    let original = blobs.original(stored.hash);
    fs::write(blobs.folder.path().join("photos/incoming/half-1"), b"half").unwrap();
    fs::write(format!("{}#1", original.display()), b"staged").unwrap();
    assert_eq!(blobs.files().len(), before.len() + 2);
    PhotoStore::open(blobs.folder.path()).unwrap();
    assert_eq!(blobs.files(), before);
}
