//! The photos that tests take: real JPEG and PNG files of a phone's size, and
//! the files that people and attackers send instead.
//!
//! They are drawn once and kept below the target folder; nothing binary lives
//! in the repository. The same name gives the same bytes on every machine.

mod bad;
pub mod corpus;
mod exif;
mod huge;
mod picture;

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use image::RgbImage;
use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
use jpeg_encoder::{ColorType, Encoder};
use sha2::{Digest, Sha256};

pub use bad::{empty, huge_header, not_a_photo, oversized, truncated};
pub use exif::{CAMERA, with_orientation};
pub use huge::scene as huge_scene;
pub use picture::{Corner, corner_of};

/// Twelve megapixels, as a phone stores them.
const WIDTH: u32 = 4000;
const HEIGHT: u32 = 3000;

/// Changes when a picture changes, so that no stale file is taken for new.
const VERSION: &str = "media-2";

/// 12 MP, 3 to 5 MB. Another `seed` is another photo.
pub fn street(seed: u32) -> Result<PathBuf> {
    kept(&format!("street-{seed}.jpg"), || jpeg(&picture::draw(WIDTH, HEIGHT, seed), 1, false))
}

/// 3 MP, about as large as a phone's photo once it is shrunk.
pub fn middle(seed: u32) -> Result<PathBuf> {
    kept(&format!("middle-{seed}.jpg"), || jpeg(&picture::draw(2048, 1536, seed), 1, false))
}

/// 2 MP, some hundred KB, for tests that need many.
pub fn small(seed: u32) -> Result<PathBuf> {
    kept(&format!("small-{seed}.jpg"), || jpeg(&picture::draw(1600, 1200, seed), 1, false))
}

/// Of any size; at least 160 × 120.
pub fn photo(width: u32, height: u32) -> Result<PathBuf> {
    kept(&format!("{width}x{height}.jpg"), || jpeg(&picture::draw(width, height, 11), 1, false))
}

/// 160 × 120, some ten KB, for tests that need thousands; see [`another`].
pub fn tiny(seed: u32) -> Result<PathBuf> {
    kept(&format!("tiny-{seed}.jpg"), || jpeg(&picture::draw(160, 120, seed), 1, false))
}

/// The same picture as another photo: a comment behind the start of the JPEG.
#[must_use]
pub fn another(jpeg: &[u8], comment: &str) -> Vec<u8> {
    let length = (comment.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xfe], &length, comment.as_bytes(), &jpeg[2..]].concat()
}

/// The same picture with comments behind the start of the JPEG until it has `length` bytes.
#[must_use]
pub fn lengthened(jpeg: &[u8], length: usize) -> Vec<u8> {
    let mut lengthened = jpeg.to_vec();
    while lengthened.len() < length {
        let missing = (length - lengthened.len()).min(60_000);
        lengthened = another(&lengthened, &"x".repeat(missing));
    }
    lengthened
}

/// The same upright picture for every EXIF orientation, 1 to 8; see
/// [`corner_of`] for how to tell that it was turned the right way.
pub fn oriented(orientation: u8) -> Result<PathBuf> {
    ensure!((1..=8).contains(&orientation), "EXIF orientations are 1 to 8, not {orientation}");
    kept(&format!("oriented-{orientation}.jpg"), || {
        let upright = picture::draw(1600, 1200, 8);
        jpeg(&turned_back(upright, orientation), orientation, false)
    })
}

pub fn progressive() -> Result<PathBuf> {
    kept("progressive.jpg", || jpeg(&picture::draw(1600, 1200, 9), 1, true))
}

pub fn png() -> Result<PathBuf> {
    kept("picture.png", || {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture::draw(1600, 1200, 10).write_to(&mut bytes, image::ImageFormat::Png)?;
        Ok(bytes.into_inner())
    })
}

/// Of 48 to 200 megapixels, `width` × `height` as stored; shows [`huge_scene`] once turned.
pub fn huge(width: u32, height: u32, orientation: u8) -> Result<PathBuf> {
    kept(&format!("huge-{width}x{height}-{orientation}.jpg"), || {
        huge::jpeg(width, height, orientation)
    })
}

/// Lower-case hex, as the protocol names photos.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a camera stores so that a viewer, turning it, shows `upright`.
fn turned_back(upright: RgbImage, orientation: u8) -> RgbImage {
    match orientation {
        2 => flip_horizontal(&upright),
        3 => rotate180(&upright),
        4 => flip_vertical(&upright),
        5 => flip_horizontal(&rotate90(&upright)),
        6 => rotate270(&upright),
        7 => flip_horizontal(&rotate270(&upright)),
        8 => rotate90(&upright),
        _ => upright,
    }
}

fn jpeg(picture: &RgbImage, orientation: u8, progressive: bool) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 88);
    encoder.set_progressive(progressive);
    encoder.add_exif_metadata(&exif::block(orientation))?;
    let (width, height) = (picture.width().try_into()?, picture.height().try_into()?);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb)?;
    Ok(bytes)
}

/// Tests run side by side in processes: a file appears whole or not at all.
fn kept(name: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<PathBuf> {
    let path = crate::place::folder(VERSION)?.join(name);
    if !path.exists() {
        let part = path.with_extension(format!("{}.part", std::process::id()));
        std::fs::write(&part, make().with_context(|| format!("making {name}"))?)?;
        std::fs::rename(part, &path)?;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageDecoder, ImageReader};

    fn upright(path: PathBuf) -> DynamicImage {
        let mut decoder =
            ImageReader::open(path).unwrap().with_guessed_format().unwrap().into_decoder().unwrap();
        let orientation = decoder.orientation().unwrap();
        let mut image = DynamicImage::from_decoder(decoder).unwrap();
        image.apply_orientation(orientation);
        image
    }

    #[test]
    fn a_street_is_a_phone_s_photo() {
        let path = street(1).unwrap();
        let size = std::fs::metadata(&path).unwrap().len();
        assert!((3_000_000..5_500_000).contains(&size), "{size} bytes");
        let image = upright(path);
        assert_eq!((image.width(), image.height()), (WIDTH, HEIGHT));
    }

    #[test]
    fn every_orientation_is_the_same_picture_once_turned() {
        for orientation in 1..=8 {
            let image = upright(oriented(orientation).unwrap()).into_rgb8();
            assert_eq!((image.width(), image.height()), (1600, 1200), "{orientation}");
            for corner in Corner::ALL {
                assert_eq!(corner_of(&image, corner), Some(corner), "{orientation}");
            }
        }
    }

    #[test]
    fn other_kinds_decode_and_the_bad_do_not() {
        for good in [progressive(), png(), small(3)] {
            assert_eq!(upright(good.unwrap()).width(), 1600);
        }
        for bad in [huge_header(), not_a_photo(), empty()] {
            let path = bad.unwrap();
            let decoded = ImageReader::open(&path)
                .unwrap()
                .with_guessed_format()
                .map_err(image::ImageError::from)
                .and_then(|reader| reader.decode());
            assert!(decoded.is_err(), "{}", path.display());
        }
        let truncated = std::fs::read(truncated().unwrap()).unwrap();
        assert!(truncated.len() > 100_000 && !truncated.ends_with(&[0xFF, 0xD9]));
        assert_eq!(std::fs::metadata(oversized().unwrap()).unwrap().len(), 40 << 20);
    }
}
