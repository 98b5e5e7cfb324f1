//! The way of a photo through its worker: the same script that a phone is sent.

use app_shared::device::{
    hash::sha256,
    photo_worker::{Made, WorkerError, make},
};
use domain::evidence::PhotoFormat;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use made_photos::picture::CORNERS;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Url, window};

use crate::page::picture;

const WORKER: &str = include_str!("../../../../public/photo-worker.js");
/// What the worker imports.
const MODULES: [(&str, &str); 1] =
    [("./photo-header.js", include_str!("../../../../public/photo-header.js"))];

/// Where the worker is looked for: the server of the tests has none of the app's files.
pub fn serve_worker() {
    let worker = MODULES
        .iter()
        .fold(WORKER.to_owned(), |worker, (name, text)| worker.replace(name, &address_of(text)));
    assert!(!worker.contains("from \"./"), "every module that the worker imports is served");
    // The name of the script that follows is not part of the address.
    look_for_worker_at(&format!("{}#", address_of(&worker)));
}

fn look_for_worker_at(base: &str) {
    let root = window().and_then(|it| it.document()).and_then(|it| it.document_element());
    root.expect("a page").set_attribute("data-base", base).expect("set");
}

fn address_of(script: &str) -> String {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of1(&script.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).expect("a file");
    Url::create_object_url_with_blob(&blob).expect("an address")
}

async fn made(bytes: ArrayBuffer) -> Made {
    serve_worker();
    make(bytes).await.map_err(|error| format!("{error:?}")).expect("a photo")
}

async fn refused(content: &[u8]) -> WorkerError {
    serve_worker();
    make(Uint8Array::from(content).buffer()).await.map(|_| ()).expect_err("no photo")
}

async fn content(media: &str, colour: &str, width: u32, height: u32) -> Vec<u8> {
    let bytes = picture(media, colour, width, height).await;
    Uint8Array::new(&bytes).to_vec()
}

/// Width and height as a decoder sees them.
async fn size_of(bytes: &ArrayBuffer) -> (u32, u32) {
    let parts = Array::of1(bytes);
    let blob = Blob::new_with_buffer_source_sequence(&parts).expect("a file");
    let promise = window().expect("a window").create_image_bitmap_with_blob(&blob);
    let bitmap: web_sys::ImageBitmap =
        JsFuture::from(promise.expect("asked")).await.expect("decodable").into();
    (bitmap.width(), bitmap.height())
}

#[wasm_bindgen_test]
async fn small_photo_keeps_its_size_and_its_hash_is_that_of_its_bytes() {
    let made = made(picture("image/jpeg", "#300", 64, 48).await).await;
    assert_eq!((made.width, made.height), (64, 48));
    assert_eq!(size_of(&made.bytes).await, (64, 48));
    assert_eq!(made.format, PhotoFormat::Jpeg);
    assert_eq!(made.hash, sha256(&made.bytes).await);
}

#[wasm_bindgen_test]
async fn large_photo_is_shrunk_to_2048_pixels_with_a_thumbnail_of_320() {
    for (width, height, small, thumb) in
        [(4096, 1024, (2048, 512), (320, 80)), (1000, 4000, (512, 2048), (80, 320))]
    {
        let made = made(picture("image/jpeg", "#301", width, height).await).await;
        assert_eq!((made.width, made.height), small);
        assert_eq!(size_of(&made.bytes).await, small);
        assert_eq!(size_of(&made.thumb.expect("decodable")).await, thumb);
    }
}

#[wasm_bindgen_test]
async fn pictures_of_other_formats_are_kept_as_jpeg() {
    for (media, magic) in [("image/png", &b"\x89PNG"[..]), ("image/webp", b"RIFF")] {
        let bytes = picture(media, "#302", 30, 40).await;
        assert!(Uint8Array::new(&bytes).to_vec().starts_with(magic), "{media}");
        let made = made(bytes).await;
        assert_eq!((made.format, made.width, made.height), (PhotoFormat::Jpeg, 30, 40), "{media}");
    }
}

#[wasm_bindgen_test]
async fn what_the_file_says_about_its_maker_and_place_does_not_leave_the_phone() {
    let mut jpeg = content("image/jpeg", "#303", 40, 40).await;
    let comment = b"\xff\xfe\x00\x0aGPS 32.7";
    jpeg.splice(2..2, comment.iter().copied());
    let made = made(Uint8Array::from(jpeg.as_slice()).buffer()).await;
    let kept = Uint8Array::new(&made.bytes).to_vec();
    assert!(!kept.windows(3).any(|part| part == b"GPS"));
}

#[wasm_bindgen_test]
async fn what_is_no_photo_is_said_to_be_none() {
    for content in [&b""[..], b"%PDF-1.7 and so on", b"GIF8", &[0; 4096]] {
        assert_eq!(refused(content).await, WorkerError::NotAPhoto);
    }
}

#[wasm_bindgen_test]
async fn photo_that_breaks_off_is_said_to_be_damaged() {
    for media in ["image/jpeg", "image/png", "image/webp"] {
        let whole = content(media, "#304", 200, 200).await;
        assert_eq!(refused(&whole[..whole.len() / 2]).await, WorkerError::Damaged, "{media}");
    }
}

#[wasm_bindgen_test]
async fn photo_that_shows_nothing_is_said_to_be_blank() {
    let black = content("image/jpeg", "#000", 64, 64).await;
    assert_eq!(refused(&black).await, WorkerError::Blank);
}

#[wasm_bindgen_test]
async fn picture_that_would_not_fit_into_the_memory_is_refused_by_its_header() {
    let mut png = content("image/png", "#305", 16, 16).await;
    png[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x4e, 0x20]);
    let error = WorkerError::TooManyPixels { width: 30_000, height: 20_000 };
    assert_eq!(refused(&png).await, error);
}

#[wasm_bindgen_test]
async fn two_photos_at_once_get_each_its_own_answer() {
    let sizes = [(320, 200), (20, 10), (100, 300)];
    let mut asked = Vec::new();
    for (width, height) in sizes {
        let bytes = picture("image/jpeg", "#306", width, height).await;
        asked.push(future_to_promise(async move {
            let made = made(bytes).await;
            Ok(format!("{}x{}", made.width, made.height).into())
        }));
    }
    for (promise, (width, height)) in asked.into_iter().zip(sizes) {
        let answer = JsFuture::from(promise).await.expect("a photo").as_string();
        assert_eq!(answer, Some(format!("{width}x{height}")));
    }
}

#[wasm_bindgen_test]
async fn bytes_are_handed_over_to_the_worker_and_not_copied() {
    let bytes = picture("image/jpeg", "#307", 50, 50).await;
    made(bytes.clone()).await;
    assert_eq!(bytes.byte_length(), 0);
}

/// As the largest sensors write them: never decoded whole, so turned by hand.
#[wasm_bindgen_test]
async fn photo_above_36_megapixels_is_turned_as_the_browser_turns_it() {
    let upright = made_photos::picture::corners(7_000, 5_200, CORNERS);
    for (name, blocks) in [
        ("turned", vec![6]),
        ("mirrored", vec![2]),
        ("of two blocks", vec![8, 1]),
        ("of two blocks, upright first", vec![1, 8]),
    ] {
        let stored = made_photos::picture::stored(&upright, blocks[0]);
        let plain = made_photos::jpeg::plain(&stored);
        let blocks = blocks.iter().map(|orientation| {
            let block = made_photos::exif::orientation((*orientation).into());
            made_photos::jpeg::exif_segment(&block)
        });
        let jpeg = made_photos::jpeg::with_first(&plain, &blocks.collect::<Vec<_>>().concat());
        let made = made(Uint8Array::from(jpeg.as_slice()).buffer()).await;
        assert_eq!((made.width, made.height), (2_048, 1_521), "{name}");
        let kept = Uint8Array::new(&made.bytes).to_vec();
        let shown = image::load_from_memory(&kept).expect("a JPEG").into_rgb8();
        assert_eq!(made_photos::picture::compare(&shown, CORNERS), Ok(()), "{name}");
    }
}
