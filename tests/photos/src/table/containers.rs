//! What stands between, before and behind what belongs there.

use jpeg_encoder::SamplingFactor;

use super::{good, small};
use crate::{
    MadeFile, exif,
    jpeg::{self, Jpeg},
    picture::stored,
    png, webp,
};

const QUANTISATION: u8 = 0xdb;
const HUFFMAN: u8 = 0xc4;
const FRAME: u8 = 0xc0;
const SCAN: u8 = 0xda;

pub(super) fn files() -> Vec<MadeFile> {
    let mut files = stray_bytes();
    files.extend(fill_bytes());
    files.extend(behind());
    files.extend(ways_to_write());
    files
}

/// Decoders go on at the next marker.
fn stray_bytes() -> Vec<MadeFile> {
    let jpeg = jpeg::plain(&small());
    // A segment whose marker some phones write as 00 E1.
    let mut unmarked = jpeg::exif_segment(&exif::orientation(6));
    unmarked[0] = 0;
    let block = jpeg::exif_segment(&exif::orientation(6));
    let turned = jpeg::with_first(&jpeg::plain(&stored(&small(), 6)), &block);
    vec![
        good(
            "jpeg with a stray byte before its tables",
            jpeg::with_before(&jpeg, QUANTISATION, &[0]),
        ),
        good("jpeg with stray bytes before its frame", jpeg::with_before(&jpeg, FRAME, b"stray")),
        good("jpeg with stray bytes before its codes", jpeg::with_before(&jpeg, HUFFMAN, &[0, 0])),
        good("jpeg with stray bytes before its scan", jpeg::with_before(&jpeg, SCAN, &[7; 40])),
        good(
            "jpeg with a segment without its marker",
            jpeg::with_before(&jpeg, QUANTISATION, &unmarked),
        ),
        good(
            "turned jpeg with stray bytes behind its block",
            jpeg::with_before(&turned, QUANTISATION, &[0, 1, 2]),
        ),
    ]
}

fn fill_bytes() -> Vec<MadeFile> {
    let jpeg = jpeg::plain(&small());
    let (data, end) = jpeg.split_at(jpeg.len() - 2);
    vec![
        good("jpeg with fill bytes before its tables", {
            jpeg::with_before(&jpeg, QUANTISATION, &[0xff; 3])
        }),
        good("jpeg with fill bytes before its scan", jpeg::with_before(&jpeg, SCAN, &[0xff])),
        good("jpeg with fill bytes before its end", [data, &[0xff, 0xff], end].concat()),
    ]
}

/// Phones append films, notes and second pictures.
fn behind() -> Vec<MadeFile> {
    let (jpeg, png, webp) = (jpeg::plain(&small()), png::plain(small()), webp::plain(&small()));
    let film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom and frames".repeat(9);
    vec![
        good("jpeg and zeros", [&jpeg[..], &[0; 4096]].concat()),
        good("jpeg and a film", [&jpeg[..], &film].concat()),
        good("jpeg and another jpeg", [&jpeg[..], &jpeg::plain(&stored(&small(), 3))].concat()),
        good("png and notes", [&png[..], b"notes"].concat()),
        good("webp and notes", [&webp[..], b"notes"].concat()),
    ]
}

fn ways_to_write() -> Vec<MadeFile> {
    let plain = Jpeg::default();
    let comment = jpeg::segment(0xfe, b"a comment");
    let xmp = jpeg::segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>");
    let jpeg = plain.of(&small());
    vec![
        good("progressive jpeg", Jpeg { is_progressive: true, ..plain }.of(&small())),
        good("jpeg with restarts", Jpeg { restart: 2, ..plain }.of(&small())),
        good("jpeg with colours at half the size", {
            Jpeg { sampling: SamplingFactor::F_2_2, ..plain }.of(&small())
        }),
        good("jpeg with a comment", jpeg::with_first(&jpeg, &comment)),
        good("jpeg with xmp", jpeg::with_first(&jpeg, &xmp)),
    ]
}
