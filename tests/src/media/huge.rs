//! Photos of 48 to 200 megapixels, as the largest sensors write them, made without ever
//! holding one: a JPEG with restart markers is bands of rows, and bands can be written
//! one after the other.

use anyhow::{Result, bail, ensure};
use image::{RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::{exif, picture};

/// Rows of pixels that are encoded at once.
const BAND: u32 = 240;

/// Side of a block of pixels that is coded together: chroma has half the size.
const BLOCK: u32 = 16;

const END: [u8; 2] = [0xff, 0xd9];

/// `width` × `height` as stored; both are rounded down to whole bands and blocks. The
/// picture is that of [`scene`], whatever the size.
pub fn jpeg(width: u32, height: u32, orientation: u8) -> Result<Vec<u8>> {
    let (width, height) = (width / BLOCK * BLOCK, height / BAND * BAND);
    let scene = super::turned_back(scene(), orientation);
    let mut bytes = Vec::new();
    let mut written = 0_u8;
    for top in (0..height).step_by(BAND as usize) {
        let encoded = encode(&band(&scene, (width, height), top), orientation)?;
        let scan = scan_of(&encoded)?;
        if bytes.is_empty() {
            bytes.extend_from_slice(&encoded[..scan]);
            set_height(&mut bytes, height.try_into()?)?;
        } else {
            restart(&mut bytes, &mut written);
        }
        append(&mut bytes, &encoded[scan..encoded.len() - END.len()], &mut written);
    }
    ensure!(!bytes.is_empty(), "no band fits into {width} × {height}");
    bytes.extend(END);
    Ok(bytes)
}

/// What such a photo shows, upright and small.
pub fn scene() -> RgbImage {
    imageops::blur(&picture::draw(816, 612, 48), 1.0)
}

/// The rows from `top` on of `scene` at that size. A row of it is drawn once and copied.
fn band(scene: &RgbImage, (width, height): (u32, u32), top: u32) -> RgbImage {
    let mut pixels = Vec::with_capacity(3 * (width * BAND) as usize);
    let row = |y: u32| u64::from(y) * u64::from(scene.height()) / u64::from(height);
    for y in top..top + BAND {
        if y > top && row(y) == row(y - 1) {
            pixels.extend_from_within(pixels.len() - 3 * width as usize..);
            continue;
        }
        for x in 0..width {
            let column = u64::from(x) * u64::from(scene.width()) / u64::from(width);
            pixels.extend(scene.get_pixel(column as u32, row(y) as u32).0);
        }
    }
    RgbImage::from_raw(width, BAND, pixels).unwrap_or_default()
}

fn encode(band: &RgbImage, orientation: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 70);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_restart_interval((band.width() / BLOCK).try_into()?);
    encoder.add_exif_metadata(&exif::block(orientation))?;
    let (width, height) = (band.width().try_into()?, band.height().try_into()?);
    encoder.encode(band.as_raw(), width, height, ColorType::Rgb)?;
    Ok(bytes)
}

/// Where the coded rows begin: behind the header of the scan.
fn scan_of(jpeg: &[u8]) -> Result<usize> {
    let segment = find(jpeg, |marker| marker == 0xda)?;
    Ok(segment + 2 + length_at(jpeg, segment + 2))
}

fn set_height(jpeg: &mut [u8], height: u16) -> Result<()> {
    let frame = find(jpeg, |marker| matches!(marker, 0xc0 | 0xc1))?;
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    Ok(())
}

/// The first segment with such a marker.
fn find(jpeg: &[u8], wanted: impl Fn(u8) -> bool) -> Result<usize> {
    let mut at = 2;
    while at + 4 <= jpeg.len() {
        if wanted(jpeg[at + 1]) {
            return Ok(at);
        }
        at += 2 + length_at(jpeg, at + 2);
    }
    bail!("no such segment")
}

fn length_at(jpeg: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([jpeg[at], jpeg[at + 1]]))
}

/// Rows of one band, their restarts numbered on from those before.
fn append(bytes: &mut Vec<u8>, rows: &[u8], written: &mut u8) {
    let mut rest = rows;
    while let Some(at) = rest.windows(2).position(is_restart) {
        bytes.extend_from_slice(&rest[..at]);
        restart(bytes, written);
        rest = &rest[at + 2..];
    }
    bytes.extend_from_slice(rest);
}

fn is_restart(pair: &[u8]) -> bool {
    matches!(pair, [0xff, 0xd0..=0xd7])
}

fn restart(bytes: &mut Vec<u8>, written: &mut u8) {
    bytes.extend([0xff, 0xd0 + *written % 8]);
    *written = written.wrapping_add(1) % 8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::{Corner, corner_of, corpus};

    #[test]
    fn bands_make_one_picture() {
        let bytes = jpeg(1_600, 1_200, 1).unwrap();
        let read = image::load_from_memory(&bytes).unwrap().into_rgb8();
        assert_eq!(read.dimensions(), (1_600, 1_200));
        let distance = corpus::distance(&read, &scene());
        assert!(distance < 4.0, "{distance}");
        for corner in Corner::ALL {
            assert_eq!(corner_of(&read, corner), Some(corner));
        }
    }
}
