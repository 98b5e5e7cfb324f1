//! What is taken, what is not, and what is on disk afterwards.

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
use xunjie::photos::{MOST_BYTES, MOST_PIXELS, PhotoError, PhotoStore, Size, StoredPhoto};

use crate::{
    blob_store::{BlobStore, in_pieces},
    make::{self, CORNERS, Jpeg, corners, half_seen, jpeg, png, street, webp},
};

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap()
}

#[tokio::test]
async fn a_photo_is_kept_as_it_came() {
    let shelf = BlobStore::new();
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
        let taken = shelf.take_as(hash, stated, &photo).await.unwrap();
        let expected =
            StoredPhoto { hash, length: length(&photo), format, width: 600, height: 400 };
        assert_eq!(taken, expected);
        assert_eq!(fs::read(shelf.original(hash)).unwrap(), photo);

        let original = shelf.photos.read(hash, Size::Original).await.unwrap().unwrap();
        assert_eq!((&original.bytes[..], original.media_type), (&photo[..], format.media_type()));
        assert_eq!(shelf.photos.length(hash).await.unwrap(), stated);
    }
}

#[tokio::test]
async fn heic_is_kept_without_pictures() {
    let shelf = BlobStore::new();
    let photo = make::heic();
    let taken = shelf.take(&photo).await.unwrap();
    assert_eq!((taken.format, taken.width, taken.height), (PhotoFormat::Heic, 0, 0));
    for size in [Size::Thumb, Size::Screen] {
        assert_eq!(shelf.photos.read(taken.hash, size).await, Ok(None));
    }
    assert!(shelf.photos.read(taken.hash, Size::Original).await.unwrap().is_some());
}

#[tokio::test]
async fn what_is_not_a_whole_photo_is_refused_and_leaves_nothing() {
    let shelf = BlobStore::new();
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
            PhotoError::TooManyPixels { most: MOST_PIXELS },
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
    for (name, photo, trouble) in cases {
        let found = shelf.take(&photo).await;
        assert_eq!(found, Err(trouble), "{name}, {} bytes", photo.len());
    }
    shelf.assert_empty();
}

#[tokio::test]
async fn a_jpeg_of_missing_scans_or_more_pixels_than_data_is_refused() {
    let shelf = BlobStore::new();
    let photo = jpeg(&street(300, 200));
    // An end in the middle of the data: the rest would be grey.
    let mut cut = photo[..photo.len() / 2].to_vec();
    cut.extend([0xff, 0xd9]);
    // Decoders fill it up; only the hash could tell, and it is the phone's own. Kept.
    assert!(shelf.take(&cut).await.is_ok());

    let at = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let mut huge = photo;
    huge[at + 5..at + 9].fill(0xff);
    let most = MOST_PIXELS;
    assert_eq!(shelf.take(&huge).await, Err(PhotoError::TooManyPixels { most }));
}

#[tokio::test]
async fn hash_and_length_must_be_those_announced() {
    let shelf = BlobStore::new();
    let (photo, other) = (jpeg(&street(64, 64)), jpeg(&street(65, 64)));
    let (hash, bytes) = (PhotoHash::of(&photo), length(&photo));
    for (name, stated, sent, trouble) in [
        ("another photo", None, &other[..], PhotoError::WrongHash),
        ("more to come", Some(bytes + 1), &photo[..], PhotoError::WrongLength),
        ("too much", Some(bytes - 1), &photo[..], PhotoError::WrongLength),
        ("nothing came", Some(bytes), &[][..], PhotoError::Empty),
        ("too large", Some(MOST_BYTES + 1), &photo[..], PhotoError::TooLarge { most: MOST_BYTES }),
    ] {
        assert_eq!(shelf.take_as(hash, stated, sent).await, Err(trouble), "{name}");
    }
    shelf.assert_empty();
    shelf.take_as(hash, Some(bytes), &photo).await.unwrap();
    assert_eq!(shelf.take_as(hash, None, &other).await, Err(PhotoError::WrongHash));
    assert_eq!(fs::read(shelf.original(hash)).unwrap(), photo, "what was stored is untouched");
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
async fn a_body_is_read_no_further_than_its_fate_is_known() {
    let shelf = BlobStore::new();
    let hash = PhotoHash::of(b"whatever");

    let (asked, forty_megabytes) = counted(b"\xff\xd8\xff and on it goes".to_vec(), 640);
    let found = shelf.photos.take(hash, None, forty_megabytes).await;
    assert_eq!(found, Err(PhotoError::TooLarge { most: MOST_BYTES }));
    assert!(asked.load(Ordering::Relaxed) <= MOST_BYTES + 65_536);

    let (asked, text) = counted(b"not a photo at all".to_vec(), 640);
    assert_eq!(shelf.photos.take(hash, None, text).await, Err(PhotoError::NotAPhoto));
    assert_eq!(asked.load(Ordering::Relaxed), 18);

    shelf.assert_empty();
}

#[tokio::test]
async fn one_photo_however_often_is_one_file() {
    let shelf = BlobStore::new();
    let photo = jpeg(&street(800, 600));
    let many = join_all((0..8).map(|_| shelf.take(&photo))).await;
    let first = shelf.take(&photo).await.unwrap();
    let written = fs::metadata(shelf.original(first.hash)).unwrap().modified().unwrap();
    for taken in many {
        assert_eq!(taken, Ok(first));
    }
    assert_eq!(shelf.take(&photo).await, Ok(first));
    assert_eq!(fs::metadata(shelf.original(first.hash)).unwrap().modified().unwrap(), written);

    shelf.photos.at_rest().await;
    let name = first.hash.to_string();
    let folder = name.split_at(2).0;
    let expected = [
        format!("derived/1280/{folder}/{name}.jpg"),
        format!("derived/320/{folder}/{name}.jpg"),
        format!("photos/{folder}/{name}"),
    ];
    assert_eq!(shelf.files(), expected.map(std::path::PathBuf::from));
}

#[tokio::test]
async fn a_photo_that_decayed_on_disk_is_never_passed_off_and_is_repaired() {
    let shelf = BlobStore::new();
    let photo = jpeg(&street(400, 300));
    let taken = shelf.take(&photo).await.unwrap();
    // Pictures that are still being made would come from the intact bytes.
    shelf.photos.at_rest().await;
    let mut decayed = photo.clone();
    decayed[photo.len() / 2] ^= 1;
    fs::write(shelf.original(taken.hash), &decayed).unwrap();
    fs::remove_dir_all(shelf.folder.path().join("derived")).unwrap();

    for size in [Size::Original, Size::Screen] {
        assert_eq!(shelf.photos.read(taken.hash, size).await, Err(PhotoError::Decayed));
    }
    assert_eq!(shelf.take(&photo).await, Ok(taken));
    assert_eq!(fs::read(shelf.original(taken.hash)).unwrap(), photo);
}

#[tokio::test]
async fn a_store_opened_again_has_everything() {
    let shelf = BlobStore::new();
    let photo = png(street(200, 100));
    let taken = shelf.take(&photo).await.unwrap();
    let again = PhotoStore::open(shelf.folder.path()).unwrap();
    assert_eq!(again.take(taken.hash, None, in_pieces(&photo, 7)).await, Ok(taken));
    let absent = PhotoHash::of(b"absent");
    assert_eq!(again.read(absent, Size::Original).await, Ok(None));
    assert_eq!(again.read(absent, Size::Thumb).await, Ok(None));
    assert_eq!(again.length(absent).await, Ok(None));
}
