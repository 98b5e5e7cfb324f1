//! PNG files, and chunks put where other software puts them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

#[must_use]
pub fn plain(image: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

/// With a chunk before the first of this kind.
#[must_use]
pub fn with_before(png: &[u8], kind: &[u8; 4], chunk: &[u8]) -> Vec<u8> {
    let mut at = SIGNATURE.len();
    while &png[at + 4..at + 8] != kind {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        at += 12 + usize::try_from(length).expect("a small chunk");
    }
    [&png[..at], chunk, &png[at..]].concat()
}

#[must_use]
pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a small chunk").to_be_bytes();
    let sum = crc(kind.iter().chain(content)).to_be_bytes();
    [&length[..], kind, content, &sum].concat()
}

/// A colour profile, deflated in stored blocks.
#[must_use]
pub fn icc_chunk(profile: &[u8]) -> Vec<u8> {
    let length = u16::try_from(profile.len()).expect("a small profile");
    let deflated = [
        &[0x78, 0x01, 0x01][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        profile,
        &adler(profile).to_be_bytes(),
    ];
    chunk(b"iCCP", &[b"profile\0\0", deflated.concat().as_slice()].concat())
}

/// A file that announces a size, and has no pixels.
#[must_use]
pub fn of_size(width: u32, height: u32) -> Vec<u8> {
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    // An empty zlib stream.
    let data = chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]);
    [SIGNATURE.to_vec(), chunk(b"IHDR", &size), data, chunk(b"IEND", b"")].concat()
}

fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    !bytes.fold(u32::MAX, |mut sum, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
        sum
    })
}

fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    (b << 16) | a
}
