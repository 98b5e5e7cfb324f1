//! Files that broke off, what is no photo, and what says that it is a monstrous one.

use super::{refused, small};
use crate::{
    MadeFile, Outcome, Refused,
    jpeg::{self, Jpeg},
    other, png, webp,
};

pub(super) fn files() -> Vec<MadeFile> {
    let mut files = cut();
    files.extend(no_photo());
    files.extend(monstrous());
    files
}

fn cut() -> Vec<MadeFile> {
    let progressive = Jpeg { is_progressive: true, ..Jpeg::default() };
    let mut files = Vec::new();
    for (name, whole) in [
        ("jpeg", jpeg::plain(&small())),
        ("progressive jpeg", progressive.of(&small())),
        ("png", png::plain(small())),
        ("webp", webp::plain(&small())),
    ] {
        for (place, length) in [
            ("behind its head", whole.len() / 10),
            ("in half", whole.len() / 2),
            ("before its end", whole.len() - 2),
        ] {
            let bytes = whole[..length].to_vec();
            files.push(refused(format!("{name} cut {place}"), bytes, Refused::Damaged));
        }
    }
    files.push(refused(
        "jpeg of a head alone",
        b"\xff\xd8\xff\xe0\0\x08notes.\xff\xd9".to_vec(),
        Refused::Damaged,
    ));
    files
}

fn no_photo() -> Vec<MadeFile> {
    let none = |name: &str, bytes| refused(name, bytes, Refused::NotAPhoto);
    vec![
        none("nothing", vec![]),
        none("one byte", vec![0xff]),
        none("a text", b"Dear inspector, this is not a photo.".to_vec()),
        none("a page", b"<!doctype html><title>404</title>".repeat(20)),
        none("a document", b"%PDF-1.7\n1 0 obj\n".repeat(40)),
        none("a film", b"\0\0\0\x18ftypisom\0\0\0\0isomiso2".to_vec()),
        none("zeros", vec![0; 4096]),
    ]
}

/// By the header alone: decoded, each would take gigabytes.
fn monstrous() -> Vec<MadeFile> {
    let many = |name: &str, bytes| refused(name, bytes, Refused::TooManyPixels);
    let mut huge_jpeg = jpeg::plain(&small());
    let frame = jpeg::place_of(&huge_jpeg, 0xc0);
    huge_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    let phone_alone = |name: &str, bytes, format| MadeFile {
        name: name.into(),
        bytes,
        phone: Outcome::Refused(Refused::TooManyPixels),
        server: Outcome::Refused(Refused::Unsupported(format)),
    };
    let mut gif = other::gif(&small());
    gif[6..10].fill(0xff);
    let mut bmp = other::bmp(&small());
    bmp[18..22].copy_from_slice(&60_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&60_000_u32.to_le_bytes());
    let mut avif = other::AVIF.to_vec();
    let size = avif.windows(4).position(|kind| kind == b"ispe").expect("its size") + 8;
    avif[size..size + 8].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    vec![
        many("png of 2500 megapixels", png::of_size(50_000, 50_000)),
        many("jpeg of 4288 megapixels", huge_jpeg),
        phone_alone("gif of 4295 megapixels", gif, "GIF"),
        phone_alone("bmp of 3600 megapixels", bmp, "BMP"),
        phone_alone("avif of 3600 megapixels", avif, "AVIF"),
    ]
}
