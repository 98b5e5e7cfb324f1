//! Which way is up: what browsers do is right.

use image::RgbImage;

use super::{both, good, good_large, large, shown, small};
use crate::{
    MadeFile,
    exif::{self, Exif},
    jpeg::{self, Jpeg},
    picture::stored,
    png, webp,
};

pub(super) fn files() -> Vec<MadeFile> {
    let mut files = Vec::new();
    for orientation in 1..=8 {
        let block = exif::orientation(orientation.into());
        let image = stored(&small(), orientation);
        let jpeg = Jpeg { exif: Some(&block), ..Jpeg::default() };
        let png =
            png::with_before(&png::plain(image.clone()), b"IDAT", &png::chunk(b"eXIf", &block));
        files.push(good(format!("jpeg turned {orientation}"), jpeg.of(&image)));
        files.push(good(format!("png turned {orientation}"), png));
        files.push(as_stored(
            format!("webp turned {orientation}"),
            webp::with_exif(&image, &block),
            &image,
        ));
    }
    // Above the limit of a phone the shape of what comes back was once asked for wrongly.
    for orientation in 5..=8 {
        let block = exif::orientation(orientation.into());
        let jpeg = Jpeg { exif: Some(&block), ..Jpeg::default() };
        let bytes = jpeg.of(&stored(&large(), orientation));
        files.push(good_large(format!("large jpeg turned {orientation}"), bytes));
    }
    files.extend(large_of_other_kinds());
    files.extend(two_blocks());
    files.extend(blocks_elsewhere());
    files.extend(odd_blocks());
    files
}

/// The orientation of a WebP is heeded by neither: the browser of the tests shows it as it
/// is stored.
fn as_stored(name: String, bytes: Vec<u8>, image: &RgbImage) -> MadeFile {
    let (width, height) = image.dimensions();
    let at = |x: u32, y: u32| *image.get_pixel(width * x / 4, height * y / 4);
    let outcome = shown((width, height), [at(1, 1), at(3, 1), at(1, 3), at(3, 3)]);
    both(name, bytes, outcome)
}

fn large_of_other_kinds() -> Vec<MadeFile> {
    let block = exif::orientation(6);
    let image = stored(&large(), 6);
    let progressive = Jpeg { is_progressive: true, exif: Some(&block), ..Jpeg::default() };
    let png = png::with_before(&png::plain(image.clone()), b"IDAT", &png::chunk(b"eXIf", &block));
    vec![
        good_large("large progressive jpeg turned", progressive.of(&image)),
        good_large("large png turned", png),
        good_large("large jpeg", jpeg::plain(&large())),
    ]
}

/// The first block counts.
fn two_blocks() -> Vec<MadeFile> {
    let segment = |orientation| jpeg::exif_segment(&exif::orientation(orientation));
    let silent =
        jpeg::exif_segment(&Exif { taken: Some("2020:01:01 00:00:00"), ..Exif::default() }.block());
    let broken = jpeg::exif_segment(b"no block at all");
    let jpeg = |first: &[u8], second: &[u8], image| {
        jpeg::with_first(&jpeg::plain(&image), &[first, second].concat())
    };
    let (turned, upright) = (stored(&small(), 6), small());
    vec![
        good("jpeg of two blocks turned and upright", jpeg(&segment(6), &segment(1), turned)),
        good(
            "jpeg of two blocks upright and turned",
            jpeg(&segment(1), &segment(6), upright.clone()),
        ),
        good_large(
            "large jpeg of two blocks turned and upright",
            jpeg(&segment(6), &segment(1), stored(&large(), 6)),
        ),
        good_large(
            "large jpeg of two blocks upright and turned",
            jpeg(&segment(1), &segment(6), large()),
        ),
        good("jpeg of two blocks silent and turned", jpeg(&silent, &segment(6), upright.clone())),
        good("jpeg of two blocks broken and turned", jpeg(&broken, &segment(6), upright)),
    ]
}

fn blocks_elsewhere() -> Vec<MadeFile> {
    const SCAN: u8 = 0xda;
    let block = exif::orientation(6);
    let segment = jpeg::exif_segment(&block);
    let turned = jpeg::plain(&stored(&small(), 6));
    let upright = jpeg::plain(&small());
    let (data, end) = upright.split_at(upright.len() - 2);
    vec![
        good("jpeg with its block behind the frame", jpeg::with_before(&turned, SCAN, &segment)),
        good("jpeg with a block behind the scan", [data, &segment, end].concat()),
        good("jpeg with a block behind the end", [&upright[..], &segment].concat()),
        good("png with a block behind its pixels", {
            png::with_before(&png::plain(small()), b"IEND", &png::chunk(b"eXIf", &block))
        }),
    ]
}

fn odd_blocks() -> Vec<MadeFile> {
    let with = |block: &[u8]| Jpeg { exif: Some(block), ..Jpeg::default() }.of(&small());
    let big = Exif { orientation: Some(6), is_big_endian: true, ..Exif::default() }.block();
    let turned = Jpeg { exif: Some(&big), ..Jpeg::default() }.of(&stored(&small(), 6));
    let mut cut = exif::orientation(6);
    cut.truncate(14);
    let mut loops = exif::orientation(6);
    // The first directory would lie behind the end.
    loops[4..8].fill(0xff);
    vec![
        good("jpeg turned in the other byte order", turned),
        good("jpeg turned by 0", with(&exif::orientation(0))),
        good("jpeg turned by 9", with(&exif::orientation(9))),
        good("jpeg with a block cut short", with(&cut)),
        good("jpeg with a block that points outside itself", with(&loops)),
    ]
}
