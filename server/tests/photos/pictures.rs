//! What the small pictures look like: upright, opaque, small, and without a trace of
//! where and with what they were taken.

use image::{DynamicImage, Luma, Rgb, RgbImage};
use jpeg_encoder::ColorType;
use xunjie::photos::{Size, derive};

use crate::{
    blob_store::BlobStore,
    make::{
        BLUE, CORNERS, Corners, GREEN, Jpeg, RED, YELLOW, assert_corners, corners, half_seen, jpeg,
        png, png_turned, street, webp,
    },
};

/// EXIF 2.32, 4.6.4: which side of the scene the first row and column of the stored
/// image are; here, what the stored corners show when the scene shows `CORNERS`.
const STORED: [(u16, Corners); 8] = [
    (1, [RED, GREEN, BLUE, YELLOW]),
    (2, [GREEN, RED, YELLOW, BLUE]),
    (3, [YELLOW, BLUE, GREEN, RED]),
    (4, [BLUE, YELLOW, RED, GREEN]),
    (5, [RED, BLUE, GREEN, YELLOW]),
    (6, [GREEN, YELLOW, RED, BLUE]),
    (7, [YELLOW, GREEN, BLUE, RED]),
    (8, [BLUE, RED, YELLOW, GREEN]),
];

#[tokio::test]
async fn photo_of_every_orientation_is_shown_upright() {
    let blobs = BlobStore::new();
    for (orientation, stored) in STORED {
        let turned = |width, height| {
            if orientation < 5 {
                corners(width, height, stored)
            } else {
                corners(height, width, stored)
            }
        };
        let (large, small) = (turned(1600, 1200), turned(400, 300));
        let jpeg = Jpeg { orientation: Some(orientation), ..Jpeg::default() };
        let progressive = Jpeg { progressive: true, ..jpeg };
        for (photo, whole, screen) in [
            (jpeg.of(&large), (1600, 1200), (1280, 960)),
            (progressive.of(&small), (400, 300), (400, 300)),
            (png_turned(&small, orientation), (400, 300), (400, 300)),
        ] {
            let stored = blobs.ingest(&photo).await.unwrap();
            assert_eq!((stored.width, stored.height), whole, "orientation {orientation}");
            for (size, dimensions) in [(Size::Thumb, (320, 240)), (Size::Screen, screen)] {
                let picture = blobs.picture(&photo, size).await;
                assert_eq!(picture.dimensions(), dimensions, "orientation {orientation}");
                assert_corners(&picture, CORNERS);
            }
        }
    }
}

#[tokio::test]
async fn pictures_carry_no_metadata() {
    let blobs = BlobStore::new();
    let photo = Jpeg { orientation: Some(6), ..Jpeg::default() }.of(&street(640, 480));
    assert!(has_segment(&photo, 0xe1));
    let stored = blobs.ingest(&photo).await.unwrap();
    for size in [Size::Thumb, Size::Screen] {
        let picture = blobs.photos.read(stored.hash, size).await.unwrap().unwrap();
        let application_segments = 0xe1..=0xef;
        assert!(
            !application_segments.into_iter().any(|marker| has_segment(&picture.bytes, marker))
        );
        assert!(!has_segment(&picture.bytes, 0xfe), "a comment");
    }
}

/// Whether a segment of this kind stands before the scan.
fn has_segment(jpeg: &[u8], wanted: u8) -> bool {
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        if jpeg[at + 1] == wanted {
            return true;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    false
}

#[tokio::test]
async fn every_kind_of_pixel_shows_its_colours() {
    let blobs = BlobStore::new();
    let image = corners(700, 500, CORNERS);
    let coloured = |colour| Jpeg { colour: Some(colour), ..Jpeg::default() }.of(&image);
    for (name, photo) in [
        ("CMYK", coloured(ColorType::Cmyk)),
        ("YCCK", coloured(ColorType::CmykAsYcck)),
        ("PNG", png(image.clone())),
        ("PNG of 16 bits", png(DynamicImage::from(image.clone()).into_rgb16())),
        ("PNG of 16 bits with alpha", png(DynamicImage::from(image.clone()).into_rgba16())),
        ("WebP", webp(image.clone())),
        ("WebP with alpha", webp(DynamicImage::from(image.clone()).into_rgba8())),
    ] {
        blobs.ingest(&photo).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_corners(&blobs.picture(&photo, Size::Thumb).await, CORNERS);
    }

    let grey = |Rgb([r, g, b]): Rgb<u8>| {
        let Luma([y]) = image::Pixel::to_luma(&Rgb([r, g, b]));
        Rgb([y, y, y])
    };
    for photo in [coloured(ColorType::Luma), png(DynamicImage::from(image.clone()).into_luma16())] {
        blobs.ingest(&photo).await.unwrap();
        assert_corners(&blobs.picture(&photo, Size::Screen).await, CORNERS.map(grey));
    }
}

#[tokio::test]
async fn transparency_lies_on_white() {
    let blobs = BlobStore::new();
    let (red, grey) = (RED, Rgb([127, 127, 127]));
    let image = DynamicImage::from(half_seen(640, 480));
    for photo in [
        png(image.clone()),
        png(image.clone().into_rgba16()),
        png(image.clone().into_luma_alpha8()),
        webp(image.clone()),
    ] {
        blobs.ingest(&photo).await.unwrap();
        let picture = blobs.picture(&photo, Size::Thumb).await;
        let left = if photo == png(image.clone().into_luma_alpha8()) {
            *picture.get_pixel(10, 10)
        } else {
            red
        };
        assert_corners(&picture, [left, grey, left, grey]);
    }
}

#[tokio::test]
async fn small_photo_is_not_enlarged_and_narrow_one_does_not_vanish() {
    let blobs = BlobStore::new();
    for (size, thumb, screen) in [
        ((100, 50), (100, 50), (100, 50)),
        ((320, 320), (320, 320), (320, 320)),
        ((1000, 10), (320, 3), (1000, 10)),
        ((1, 1), (1, 1), (1, 1)),
        ((3, 20_000), (1, 320), (1, 1280)),
        ((1281, 961), (320, 240), (1280, 960)),
        ((4001, 3), (320, 1), (1280, 1)),
    ] {
        let (width, height) = size;
        for photo in [jpeg(&street(width, height)), png(street(width, height))] {
            blobs.ingest(&photo).await.unwrap();
            assert_eq!(blobs.picture(&photo, Size::Thumb).await.dimensions(), thumb, "{size:?}");
            assert_eq!(blobs.picture(&photo, Size::Screen).await.dimensions(), screen, "{size:?}");
        }
    }
}

#[tokio::test]
async fn deleted_pictures_are_made_again() {
    let blobs = BlobStore::new();
    let photo = jpeg(&street(1500, 1000));
    let stored = blobs.ingest(&photo).await.unwrap();
    blobs.photos.make_derivatives(stored.hash).await.unwrap();
    let made_at_once = blobs.picture(&photo, Size::Thumb).await;
    std::fs::remove_dir_all(blobs.folder.path().join("derived")).unwrap();
    assert_eq!(blobs.picture(&photo, Size::Thumb).await, made_at_once);
    assert_eq!(blobs.files().len(), 3);
}

#[test]
fn thumbnail_resembles_a_plain_reduction() {
    let image = street(2016, 1512);
    let photo = jpeg(&image);
    for longest in [derive::THUMB, 400, derive::SCREEN] {
        let ours = derive::thumbnail(&photo, longest).unwrap();
        let ours = image::load_from_memory(&ours).unwrap().into_rgb8();
        let (width, height) = ours.dimensions();
        assert_eq!((width, height), (longest, longest * 3 / 4));
        let filter = image::imageops::FilterType::CatmullRom;
        let plain = image::imageops::resize(&image, width, height, filter);
        // What quality 80 does to grain; a shift by a pixel or a wrong turn is far above.
        let difference = mean_difference(&ours, &plain);
        assert!(difference < 7.0, "{longest}: {difference}");
    }
}

fn mean_difference(one: &RgbImage, other: &RgbImage) -> f64 {
    let differences = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| a.abs_diff(*b));
    let (sum, count) = differences
        .fold((0.0, 0.0), |(sum, count), difference| (sum + f64::from(difference), count + 1.0));
    sum / count
}
