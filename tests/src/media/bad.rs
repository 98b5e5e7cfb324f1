//! Files that arrive where a photo was expected.

use std::path::PathBuf;

use anyhow::Result;

use super::{kept, small, street};

/// A JPEG of which the second half never came. Its header is whole, and some
/// decoders show it with a grey half and no complaint.
pub fn truncated() -> Result<PathBuf> {
    kept("truncated.jpg", || {
        let mut bytes = std::fs::read(small(20)?)?;
        bytes.truncate(bytes.len() / 2);
        Ok(bytes)
    })
}

/// A PNG of a few bytes that claims 50,000 × 50,000 pixels: 7.5 GB decoded.
pub fn huge_header() -> Result<PathBuf> {
    kept("huge.png", || {
        let mut header = Vec::new();
        header.extend_from_slice(&50_000_u32.to_be_bytes());
        header.extend_from_slice(&50_000_u32.to_be_bytes());
        header.extend_from_slice(&[8, 2, 0, 0, 0]);
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut png, b"IHDR", &header);
        // An empty zlib stream.
        chunk(&mut png, b"IDAT", &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]);
        chunk(&mut png, b"IEND", &[]);
        Ok(png)
    })
}

pub fn not_a_photo() -> Result<PathBuf> {
    kept("text.jpg", || {
        Ok("这不是照片，只是一段文字。 This is only text.\n".repeat(50).into_bytes())
    })
}

/// 40 MB: a photo with a film behind it, as phones make them.
pub fn oversized() -> Result<PathBuf> {
    kept("oversized.jpg", || {
        let mut bytes = std::fs::read(street(21)?)?;
        let tail = bytes.clone();
        while bytes.len() < 40 << 20 {
            bytes.extend_from_slice(&tail);
        }
        bytes.truncate(40 << 20);
        Ok(bytes)
    })
}

pub fn empty() -> Result<PathBuf> {
    kept("empty.jpg", || Ok(Vec::new()))
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    png.extend_from_slice(&(data.len() as u32).to_be_bytes());
    png.extend_from_slice(name);
    png.extend_from_slice(data);
    let sum = crc(name.iter().chain(data));
    png.extend_from_slice(&sum.to_be_bytes());
}

fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    !bytes.fold(u32::MAX, |mut sum, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
        sum
    })
}
