//! The EXIF block of the test photos: an orientation, and things that must
//! never reach anybody else (who took it and where).

use anyhow::{Context as _, Result};

/// Written into every photo: if a derivative holds these bytes, it holds EXIF.
pub const CAMERA: &str = "XUNJIE-TEST-CAMERA";

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// The same photo with another orientation (1 to 8): other bytes and another picture once it
/// is turned upright, made without encoding anything.
pub fn with_orientation(jpeg: &[u8], orientation: u8) -> Result<Vec<u8>> {
    const ENTRY: [u8; 8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0];
    let at = jpeg.windows(ENTRY.len()).position(|bytes| bytes == ENTRY).context("no EXIF")?;
    let mut turned = jpeg.to_vec();
    turned[at + ENTRY.len()] = orientation;
    Ok(turned)
}

/// A little-endian TIFF with one directory and one for the position.
pub fn block(orientation: u8) -> Vec<u8> {
    const ENTRY: u32 = 12;
    const MAIN: u32 = 8;
    // Behind the main directory of three entries: count, entries, next.
    const GPS: u32 = MAIN + 2 + 3 * ENTRY + 4;
    const NAME: u32 = GPS + 2 + 4 * ENTRY + 4;
    let name_length = CAMERA.len() as u32 + 1;
    let latitude = NAME + name_length + name_length % 2;
    let longitude = latitude + 24;

    let mut tiff = Tiff(b"II*\0".to_vec());
    tiff.long(MAIN);
    tiff.short(3);
    tiff.entry(0x010F, ASCII, name_length, NAME);
    tiff.entry(0x0112, SHORT, 1, u32::from(orientation));
    tiff.entry(0x8825, LONG, 1, GPS);
    tiff.long(0);
    tiff.short(4);
    tiff.entry(1, ASCII, 2, u32::from(b'N'));
    tiff.entry(2, RATIONAL, 3, latitude);
    tiff.entry(3, ASCII, 2, u32::from(b'E'));
    tiff.entry(4, RATIONAL, 3, longitude);
    tiff.long(0);
    tiff.0.extend_from_slice(CAMERA.as_bytes());
    tiff.0.resize(latitude as usize, 0);
    for degrees in [[32, 44, 10], [108, 54, 30]] {
        for part in degrees {
            tiff.long(part);
            tiff.long(1);
        }
    }
    tiff.0
}

struct Tiff(Vec<u8>);

impl Tiff {
    fn short(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn long(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn entry(&mut self, tag: u16, kind: u16, count: u32, value: u32) {
        self.short(tag);
        self.short(kind);
        self.long(count);
        self.long(value);
    }
}
