//! Small valid JPEGs, each with other bytes.

use domain::{PhotoHash, Sha256Hash};
use image::{ImageFormat, Rgb, RgbImage};

#[derive(Clone)]
pub struct Picture {
    pub hash: PhotoHash,
    pub bytes: Vec<u8>,
}

/// A small JPEG; another `seed` gives other bytes.
pub fn jpeg(seed: u32) -> Picture {
    let [red, green, blue, _] = seed.to_le_bytes();
    let image = RgbImage::from_fn(64, 48, |x, y| {
        let shade = u8::try_from((x * 2 + y) % 200).unwrap();
        Rgb([red.wrapping_mul(16) ^ shade, green ^ shade, blue ^ shade])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    of(bytes.into_inner())
}

pub fn of(bytes: Vec<u8>) -> Picture {
    Picture { hash: Sha256Hash::of(&bytes), bytes }
}
