//! What is stored, what is not, and what is on disk afterwards.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use domain::{PhotoHash, evidence::PhotoFormat};
use futures_util::{StreamExt as _, future::join_all, stream};
use xunjie::photos::{
    Derivatives, MAX_BYTES, MAX_PIXELS, PhotoError, PhotoStore, Size, StoredPhoto,
};

use crate::{
    blob_store::{BlobStore, in_pieces},
    make::{self, CORNERS, Jpeg, corners, half_seen, jpeg, png, street, webp},
};

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap()
}

#[tokio::test]
async fn photo_of_any_format_is_stored_as_it_came() {
    let blobs = BlobStore::new();
    let image = corners(600, 400, CORNERS);
    for (photo, format) in [
        (jpeg(&image), PhotoFormat::Jpeg),
        (Jpeg { progressive: true, ..Jpeg::default() }.of(&image), PhotoFormat::Jpeg),
        ([jpeg(&image), b"a film of two seconds".to_vec()].concat(), PhotoFormat::Jpeg),
        (png(image.clone()), PhotoFormat::Png),
        (webp(image.clone()), PhotoFormat::Webp),
    ] {
        let hash = PhotoHash::of(&photo);
        let stated = Some(length(&photo));
        let stored = blobs.ingest_as(hash, stated, &photo).await.unwrap();
        let expected =
            StoredPhoto { hash, length: length(&photo), format, width: 600, height: 400 };
        assert_eq!(stored, expected);
        assert_eq!(fs::read(blobs.original(hash)).unwrap(), photo);

        let original = blobs.photos.read(hash, Size::Original).await.unwrap().unwrap();
        assert_eq!((&original.bytes[..], original.media_type), (&photo[..], format.media_type()));
        assert_eq!(blobs.photos.length(hash).await.unwrap(), stated);
    }
}

#[tokio::test]
async fn heic_is_kept_without_pictures() {
    let blobs = BlobStore::new();
    let photo = made_photos::heif::PLAIN.to_vec();
    let stored = blobs.ingest(&photo).await.unwrap();
    assert_eq!((stored.format, stored.width, stored.height), (PhotoFormat::Heic, 0, 0));
    for size in [Size::Thumb, Size::Screen] {
        assert_eq!(blobs.photos.read(stored.hash, size).await, Ok(None));
    }
    let made = blobs.photos.make_derivatives(stored.hash).await;
    assert_eq!(made, Ok(Some(Derivatives::NotDecoded)));
    assert!(blobs.photos.read(stored.hash, Size::Original).await.unwrap().is_some());
}

#[tokio::test]
async fn file_that_is_no_whole_photo_is_refused_and_leaves_nothing() {
    let blobs = BlobStore::new();
    let image = street(300, 200);
    let (jpeg, png, webp) = (jpeg(&image), png(image.clone()), webp(image.clone()));
    let progressive = Jpeg { progressive: true, ..Jpeg::default() }.of(&image);
    let alpha = make::png(half_seen(64, 64));

    let mut cases = vec![
        ("empty", Vec::new(), PhotoError::Empty),
        ("a text", b"Dear inspector, this is not a photo.".to_vec(), PhotoError::NotAPhoto),
        ("shorter than its magic", b"\xff\xd8\xff\xd9".to_vec(), PhotoError::NotAPhoto),
        ("a film", b"\0\0\0\x18ftypisom\0\0\0\0".to_vec(), PhotoError::NotAPhoto),
        (
            "a bomb",
            make::png_of_size(50_000, 50_000),
            PhotoError::TooManyPixels { most: MAX_PIXELS },
        ),
        ("no pixels", make::png_of_size(0, 50), PhotoError::Damaged),
        ("a header alone", make::png_of_size(64, 64), PhotoError::Damaged),
        ("noise", [&b"\xff\xd8\xff"[..], &[7; 999]].concat(), PhotoError::Damaged),
    ];
    let whole = [("jpeg", jpeg), ("progressive", progressive), ("png", png), ("alpha", alpha)];
    for (name, photo) in whole.into_iter().chain([("webp", webp)]) {
        for part in [100, 500, 900, 990, 999] {
            let cut = photo.len() * part / 1000;
            cases.push((name, photo[..cut].to_vec(), PhotoError::Damaged));
        }
        cases.push((name, photo[..photo.len() - 1].to_vec(), PhotoError::Damaged));
    }
    for (name, photo, error) in cases {
        let found = blobs.ingest(&photo).await;
        assert_eq!(found, Err(error), "{name}, {} bytes", photo.len());
    }
    blobs.assert_empty();
}

#[tokio::test]
async fn jpeg_that_announces_too_many_pixels_is_refused_and_one_that_ends_early_is_stored() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(300, 200));
    // An end in the middle of the data: the rest would be grey.
    let mut cut = photo[..photo.len() / 2].to_vec();
    cut.extend([0xff, 0xd9]);
    // Decoders fill it up; only the hash could tell, and it is the phone's own. Kept.
    assert!(blobs.ingest(&cut).await.is_ok());

    let at = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let mut huge = photo;
    huge[at + 5..at + 9].fill(0xff);
    let most = MAX_PIXELS;
    assert_eq!(blobs.ingest(&huge).await, Err(PhotoError::TooManyPixels { most }));
}

#[tokio::test]
async fn photo_of_another_hash_or_length_than_announced_is_refused() {
    let blobs = BlobStore::new();
    let (photo, other) = (jpeg(&street(64, 64)), jpeg(&street(65, 64)));
    let (hash, bytes) = (PhotoHash::of(&photo), length(&photo));
    for (name, stated, sent, error) in [
        ("another photo", None, &other[..], PhotoError::WrongHash),
        ("more to come", Some(bytes + 1), &photo[..], PhotoError::WrongLength),
        ("too much", Some(bytes - 1), &photo[..], PhotoError::WrongLength),
        ("nothing came", Some(bytes), &[][..], PhotoError::Empty),
        ("too large", Some(MAX_BYTES + 1), &photo[..], PhotoError::TooLarge { most: MAX_BYTES }),
    ] {
        assert_eq!(blobs.ingest_as(hash, stated, sent).await, Err(error), "{name}");
    }
    blobs.assert_empty();
    blobs.ingest_as(hash, Some(bytes), &photo).await.unwrap();
    assert_eq!(blobs.ingest_as(hash, None, &other).await, Err(PhotoError::WrongHash));
    assert_eq!(fs::read(blobs.original(hash)).unwrap(), photo, "what was stored is untouched");
}

/// A body of `pieces` of 64 KiB, and how many bytes of it were asked for.
fn counted(first: Vec<u8>, pieces: usize) -> (Arc<AtomicU64>, BoxedBody) {
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let rest = std::iter::repeat_with(|| Bytes::from(vec![0; 65_536])).take(pieces);
    let body = stream::iter(std::iter::once(Bytes::from(first)).chain(rest)).map(move |piece| {
        count.fetch_add(length(&piece), Ordering::Relaxed);
        Ok(piece)
    });
    (asked, body.boxed())
}

type BoxedBody = stream::BoxStream<'static, Result<Bytes, std::convert::Infallible>>;

#[tokio::test]
async fn body_is_read_no_further_than_until_it_is_known_to_be_wrong() {
    let blobs = BlobStore::new();
    let hash = PhotoHash::of(b"whatever");

    let (asked, forty_megabytes) = counted(b"\xff\xd8\xff and on it goes".to_vec(), 640);
    let found = blobs.photos.ingest(hash, None, forty_megabytes).await;
    assert_eq!(found, Err(PhotoError::TooLarge { most: MAX_BYTES }));
    assert!(asked.load(Ordering::Relaxed) <= MAX_BYTES + 65_536);

    let (asked, text) = counted(b"not a photo at all".to_vec(), 640);
    assert_eq!(blobs.photos.ingest(hash, None, text).await, Err(PhotoError::NotAPhoto));
    assert_eq!(asked.load(Ordering::Relaxed), 18);

    blobs.assert_empty();
}

#[tokio::test]
async fn photo_that_is_sent_many_times_is_one_file() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(800, 600));
    let many = join_all((0..8).map(|_| blobs.ingest(&photo))).await;
    let first = blobs.ingest(&photo).await.unwrap();
    let written = fs::metadata(blobs.original(first.hash)).unwrap().modified().unwrap();
    for stored in many {
        assert_eq!(stored, Ok(first));
    }
    assert_eq!(blobs.ingest(&photo).await, Ok(first));
    for _ in 0..2 {
        let made = blobs.photos.make_derivatives(first.hash).await;
        assert_eq!(made, Ok(Some(Derivatives::Made)));
    }
    assert_eq!(fs::metadata(blobs.original(first.hash)).unwrap().modified().unwrap(), written);

    let name = first.hash.to_string();
    let folder = name.split_at(2).0;
    let expected = [
        format!("derived/1280/{folder}/{name}.jpg"),
        format!("derived/320/{folder}/{name}.jpg"),
        format!("photos/{folder}/{name}"),
    ];
    assert_eq!(blobs.files(), expected.map(std::path::PathBuf::from));
}

#[tokio::test]
async fn photo_that_decayed_on_disk_is_not_given_out_and_is_repaired_when_sent_again() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(400, 300));
    let stored = blobs.ingest(&photo).await.unwrap();
    let mut decayed = photo.clone();
    decayed[photo.len() / 2] ^= 1;
    fs::write(blobs.original(stored.hash), &decayed).unwrap();

    assert_eq!(blobs.photos.make_derivatives(stored.hash).await, Err(PhotoError::Decayed));
    for size in [Size::Original, Size::Screen] {
        assert_eq!(blobs.photos.read(stored.hash, size).await, Err(PhotoError::Decayed));
    }
    assert_eq!(blobs.ingest(&photo).await, Ok(stored));
    assert_eq!(fs::read(blobs.original(stored.hash)).unwrap(), photo);
}

#[tokio::test]
async fn store_that_is_opened_again_has_every_photo() {
    let blobs = BlobStore::new();
    let photo = png(street(200, 100));
    let stored = blobs.ingest(&photo).await.unwrap();
    let again = PhotoStore::open(blobs.folder.path()).unwrap();
    assert_eq!(again.ingest(stored.hash, None, in_pieces(&photo, 7)).await, Ok(stored));
    let absent = PhotoHash::of(b"absent");
    assert_eq!(again.read(absent, Size::Original).await, Ok(None));
    assert_eq!(again.read(absent, Size::Thumb).await, Ok(None));
    assert_eq!(again.length(absent).await, Ok(None));
}
