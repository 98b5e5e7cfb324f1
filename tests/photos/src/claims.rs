//! Files that say when and where they were taken, and what of it is a claim.

use crate::{
    exif::{Exif, Gps},
    heif,
    jpeg::{self, Jpeg},
    picture::{CORNERS, corners},
    png, webp,
};

/// One file.
pub struct Dated {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// As ISO 8601, and minutes east of UTC.
    pub taken: Option<(&'static str, Option<i16>)>,
    /// Latitude and longitude in degrees.
    pub at: Option<(f64, f64)>,
}

const DATE: &str = "2008:10:22 16:28:39";
const ISO: &str = "2008-10-22T16:28:39";

const PLACE: (f64, f64) = (43.467_447, 11.885_128);
const AREZZO: Gps<'static> = Gps {
    lat_ref: "N",
    lat: [(43, 1), (28, 1), (281, 100)],
    lon_ref: "E",
    lon: [(11, 1), (53, 1), (646, 100)],
};

#[must_use]
pub fn all() -> Vec<Dated> {
    let mut files = containers();
    files.extend(dates());
    files.extend(places());
    files.extend(broken());
    files
}

/// Both claims, in every container.
fn containers() -> Vec<Dated> {
    let image = corners(32, 24, CORNERS);
    let block = Exif { taken: Some(DATE), gps: Some(AREZZO), ..Exif::default() }.block();
    let plain = png::plain(image.clone());
    let stray = jpeg::with_first(&with(&block), &[]);
    let stray = jpeg::with_before(&stray, 0xe1, &[0, 0, 7]);
    let both = |name, bytes| Dated { name, bytes, taken: Some((ISO, None)), at: Some(PLACE) };
    let frame = jpeg::with_before(&jpeg::plain(&image), 0xda, &jpeg::exif_segment(&block));
    vec![
        both("jpeg", with(&block)),
        both("jpeg with stray bytes before its block", stray),
        both("jpeg with its block behind the frame", frame),
        both("png", png::with_before(&plain, b"IDAT", &png::chunk(b"eXIf", &block))),
        both("webp", webp::with_exif(&image, &block)),
        Dated {
            name: "heic",
            bytes: heif::TURNED_AND_DATED.to_vec(),
            taken: Some((ISO, Some(120))),
            at: Some(PLACE),
        },
        none("jpeg without a block", jpeg::plain(&image)),
        none("heic without a block", heif::PLAIN.to_vec()),
        none("no picture at all", b"a text".to_vec()),
        none("nothing", vec![]),
    ]
}

fn dates() -> Vec<Dated> {
    let exif =
        |taken, offset| with(&Exif { taken: Some(taken), offset, ..Exif::default() }.block());
    let dated = |name, taken, offset, expected| {
        let bytes = exif(taken, offset);
        Dated { name, bytes, taken: Some(expected), at: None }
    };
    let undated = |name, taken| none(name, exif(taken, None));
    let big = Exif { taken: Some(DATE), is_big_endian: true, ..Exif::default() }.block();
    vec![
        dated("date", DATE, None, (ISO, None)),
        dated("date with an offset", DATE, Some("+08:00"), (ISO, Some(480))),
        dated("date with an offset to the west", DATE, Some("-03:30"), (ISO, Some(-210))),
        dated("date with an offset that is none", DATE, Some("somewhere"), (ISO, None)),
        dated("date with an offset beyond all", DATE, Some("+99:00"), (ISO, None)),
        dated("date with an empty offset", DATE, Some("   :  "), (ISO, None)),
        Dated {
            name: "date in the other byte order",
            bytes: with(&big),
            taken: Some((ISO, None)),
            at: None,
        },
        undated("date of zeros", "0000:00:00 00:00:00"),
        undated("date of blanks", "    :  :     :  :  "),
        undated("month 13", "2008:13:22 16:28:39"),
        undated("30 February", "2008:02:30 16:28:39"),
        undated("hour 25", "2008:10:22 25:28:39"),
        undated("year of no photo", "1066:10:14 09:00:00"),
        undated("date cut short", "2008:10:22"),
        undated("date in words", "yesterday afternoon"),
    ]
}

fn places() -> Vec<Dated> {
    let placed = |name, gps, at| {
        let bytes = with(&Exif { gps: Some(gps), ..Exif::default() }.block());
        Dated { name, bytes, taken: None, at }
    };
    let whole = |value| [(value, 1), (0, 1), (0, 1)];
    let at =
        |lat_ref, lat, lon_ref, lon| Gps { lat_ref, lat: whole(lat), lon_ref, lon: whole(lon) };
    let fraction = Gps { lat: [(43_467_447, 1_000_000), (0, 1), (0, 1)], ..AREZZO };
    vec![
        placed("north east", AREZZO, Some(PLACE)),
        placed("south west", at("S", 33, "W", 70), Some((-33.0, -70.0))),
        placed("degrees as a fraction", fraction, Some(PLACE)),
        placed("the ends of the globe", at("S", 90, "W", 180), Some((-90.0, -180.0))),
        placed("latitude 91", at("N", 91, "E", 11), None),
        placed("longitude 181", at("N", 43, "E", 181), None),
        // What cameras write that have no position yet.
        placed("nowhere off Africa", at("N", 0, "E", 0), None),
        placed("a letter of no direction", at("X", 43, "E", 11), None),
        placed("no letter", Gps { lat_ref: "", ..AREZZO }, None),
        placed("fractions of nothing", Gps { lat: [(43, 0), (28, 0), (0, 0)], ..AREZZO }, None),
        placed("minutes beyond an hour", Gps { lat: [(43, 1), (61, 1), (0, 1)], ..AREZZO }, None),
    ]
}

fn broken() -> Vec<Dated> {
    let block = Exif { taken: Some(DATE), ..Exif::default() }.block();
    let cut = |length: usize| with(&block[..length]);
    let mut loops = block.clone();
    // The pointer to the directory of dates points to the first directory.
    loops[18..22].copy_from_slice(&[8, 0, 0, 0]);
    let mut outside = block.clone();
    outside[18..22].fill(0xff);
    let mut many = block.clone();
    many[8..10].fill(0xff);
    vec![
        none("block of nothing", with(b"")),
        none("block of noise", with(&[0x5a; 300])),
        none("block cut in its header", cut(6)),
        none("block cut in its directory", cut(20)),
        none("block cut in its date", cut(block.len() - 12)),
        none("block that points to itself", with(&loops)),
        none("block that points outside itself", with(&outside)),
        none("file cut in its block", with(&block)[..30].to_vec()),
        // The entries that are there count.
        Dated {
            name: "block of too many entries",
            bytes: with(&many),
            taken: Some((ISO, None)),
            at: None,
        },
    ]
}

fn with(block: &[u8]) -> Vec<u8> {
    Jpeg { exif: Some(block), ..Jpeg::default() }.of(&corners(32, 24, CORNERS))
}

const fn none(name: &'static str, bytes: Vec<u8>) -> Dated {
    Dated { name, bytes, taken: None, at: None }
}
