//! More than two hundred files that phones, scanners, editors and bad lines make, each
//! with the picture that must be seen, or with nothing where it must be refused.

use std::io::Cursor;

use anyhow::Result;
use image::{DynamicImage, ImageFormat, RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::{exif, picture, turned_back};

/// One file.
pub struct Sample {
    pub name: String,
    /// What a picker calls it; its bytes may say otherwise.
    pub extension: &'static str,
    pub bytes: Vec<u8>,
    /// Upright, as a person must see it. `None`: to be refused.
    pub upright: Option<RgbImage>,
}

const WIDTH: u32 = 480;
const HEIGHT: u32 = 320;

/// Cuts of each kind of file.
const CUTS: usize = 30;

/// How a JPEG is written.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    colour: ColorType,
    progressive: bool,
    sampling: SamplingFactor,
    restart: u16,
}

const KINDS: [Kind; 6] = [
    kind("baseline", ColorType::Rgb, false, SamplingFactor::F_1_1, 0),
    kind("baseline-420", ColorType::Rgb, false, SamplingFactor::F_2_2, 0),
    kind("restarts", ColorType::Rgb, false, SamplingFactor::F_2_1, 8),
    kind("progressive", ColorType::Rgb, true, SamplingFactor::F_2_2, 0),
    kind("grey", ColorType::Luma, false, SamplingFactor::F_1_1, 0),
    kind("cmyk", ColorType::Cmyk, false, SamplingFactor::F_1_1, 0),
];

const fn kind(
    name: &'static str,
    colour: ColorType,
    progressive: bool,
    sampling: SamplingFactor,
    restart: u16,
) -> Kind {
    Kind { name, colour, progressive, sampling, restart }
}

pub fn all() -> Result<Vec<Sample>> {
    let mut samples = turned()?;
    samples.extend(other_formats()?);
    samples.extend(shapes()?);
    samples.extend(cut_short()?);
    samples.extend(never_a_photo());
    Ok(samples)
}

/// The picture of the samples, the same for all of a size.
fn scene(width: u32, height: u32) -> RgbImage {
    picture::draw(width, height, 77)
}

/// Every kind of JPEG in every orientation.
pub fn turned() -> Result<Vec<Sample>> {
    let upright = scene(WIDTH, HEIGHT);
    let mut samples = Vec::new();
    for kind in KINDS {
        for orientation in 1..=8 {
            let name = format!("{}-{orientation}", kind.name);
            let stored = turned_back(upright.clone(), orientation);
            let seen = match kind.colour {
                ColorType::Luma => DynamicImage::from(imageops::grayscale(&upright)).into_rgb8(),
                _ => upright.clone(),
            };
            samples.push(good(name, "jpg", jpeg(&stored, kind, orientation)?, seen));
        }
    }
    Ok(samples)
}

/// PNG and WebP as people's tools write them.
pub fn other_formats() -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for (width, height) in [(WIDTH, HEIGHT), (HEIGHT, WIDTH), (801, 603)] {
        let upright = scene(width, height);
        let picture = DynamicImage::from(upright.clone());
        let grey = DynamicImage::from(imageops::grayscale(&upright));
        for (name, stored, seen) in [
            ("rgb", picture.clone(), &picture),
            ("rgba", picture.to_rgba8().into(), &picture),
            ("rgb16", picture.to_rgb16().into(), &picture),
            ("rgba16", picture.to_rgba16().into(), &picture),
            ("grey", grey.clone(), &grey),
            ("grey16", grey.to_luma16().into(), &grey),
        ] {
            let bytes = written(&stored, ImageFormat::Png)?;
            samples.push(good(format!("png-{name}-{width}"), "png", bytes, seen.to_rgb8()));
        }
        for (name, stored) in [("rgb", picture.clone()), ("rgba", picture.to_rgba8().into())] {
            let bytes = written(&stored, ImageFormat::WebP)?;
            samples.push(good(format!("webp-{name}-{width}"), "webp", bytes, upright.clone()));
        }
    }
    // Named after another format: the bytes say what it is.
    let upright = scene(WIDTH, HEIGHT);
    let png = written(&upright.clone().into(), ImageFormat::Png)?;
    samples.push(good("png-called-jpg".into(), "jpg", png, upright.clone()));
    let jpg = jpeg(&upright, KINDS[0], 1)?;
    samples.push(good("jpg-called-png".into(), "png", jpg.clone(), upright.clone()));
    // A film or padding behind the picture, as phones leave it.
    for (name, behind) in [("zeros", vec![0; 4_096]), ("a-picture", jpg.clone())] {
        let bytes = [jpg.clone(), behind].concat();
        samples.push(good(format!("jpg-and-{name}"), "jpg", bytes, upright.clone()));
    }
    Ok(samples)
}

/// Tall, wide, and odd.
fn shapes() -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for (width, height) in [(160, 1_600), (1_600, 160), (161, 121), (1_023, 767), (2_049, 1_537)] {
        let upright = scene(width, height);
        for orientation in [1, 6] {
            let stored = turned_back(upright.clone(), orientation);
            let name = format!("shape-{width}x{height}-{orientation}");
            samples.push(good(name, "jpg", jpeg(&stored, KINDS[1], orientation)?, upright.clone()));
        }
    }
    Ok(samples)
}

/// Files that broke off, at points all over them.
pub fn cut_short() -> Result<Vec<Sample>> {
    let upright = scene(WIDTH, HEIGHT);
    let picture = DynamicImage::from(upright.clone());
    let whole = [
        ("jpeg", "jpg", jpeg(&upright, KINDS[1], 1)?),
        ("progressive", "jpg", jpeg(&upright, KINDS[3], 1)?),
        ("png", "png", written(&picture, ImageFormat::Png)?),
        ("webp", "webp", written(&picture, ImageFormat::WebP)?),
    ];
    let mut samples = Vec::new();
    for (name, extension, bytes) in whole {
        for cut in 1..=CUTS {
            let length = match cut {
                CUTS => bytes.len() - 2,
                cut => bytes.len() * cut / CUTS,
            };
            samples.push(bad(format!("cut-{name}-{cut}"), extension, bytes[..length].to_vec()));
        }
    }
    Ok(samples)
}

/// What is no photo, or says that it is a monstrous one.
fn never_a_photo() -> Vec<Sample> {
    let page = "<!doctype html><title>404</title>".repeat(20).into_bytes();
    let mut samples = vec![
        bad("empty".into(), "jpg", vec![]),
        bad("one-byte".into(), "jpg", vec![0xff]),
        bad("page".into(), "jpg", page.clone()),
        bad("page-png".into(), "png", page),
        bad("zeros".into(), "jpg", vec![0; 100_000]),
        bad("gif".into(), "gif", [b"GIF89a".to_vec(), vec![1, 0, 1, 0, 0, 0, 0]].concat()),
        bad("bmp".into(), "bmp", [b"BM".to_vec(), vec![0; 200]].concat()),
        bad("pdf".into(), "jpg", b"%PDF-1.7\n1 0 obj\n".repeat(40)),
        bad("jpeg-head-alone".into(), "jpg", vec![0xff, 0xd8, 0xff, 0xd9]),
        bad("png-head-alone".into(), "png", b"\x89PNG\r\n\x1a\n".to_vec()),
        bad("webp-head-alone".into(), "webp", b"RIFF\x04\0\0\0WEBP".to_vec()),
    ];
    if let Ok(Ok(bytes)) = super::huge_header().map(std::fs::read) {
        samples.push(bad("huge-png".into(), "png", bytes));
    }
    // A baseline JPEG of 65,500 × 65,500 in its header and nothing behind.
    let mut huge = vec![0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xdc, 0xff, 0xdc, 3];
    huge.extend([1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xd9]);
    samples.push(bad("huge-jpeg".into(), "jpg", huge));
    samples
}

fn good(name: String, extension: &'static str, bytes: Vec<u8>, upright: RgbImage) -> Sample {
    Sample { name, extension, bytes, upright: Some(upright) }
}

fn bad(name: String, extension: &'static str, bytes: Vec<u8>) -> Sample {
    Sample { name, extension, bytes, upright: None }
}

fn jpeg(stored: &RgbImage, kind: Kind, orientation: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_progressive(kind.progressive);
    encoder.set_sampling_factor(kind.sampling);
    encoder.set_restart_interval(kind.restart);
    encoder.add_exif_metadata(&exif::block(orientation))?;
    let pixels = match kind.colour {
        ColorType::Luma => imageops::grayscale(stored).into_raw(),
        ColorType::Cmyk => {
            stored.pixels().flat_map(|p| [255 - p[0], 255 - p[1], 255 - p[2], 0]).collect()
        }
        _ => stored.as_raw().clone(),
    };
    let (width, height) = (stored.width().try_into()?, stored.height().try_into()?);
    encoder.encode(&pixels, width, height, kind.colour)?;
    Ok(bytes)
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format)?;
    Ok(bytes.into_inner())
}

/// How far two pictures are from each other, 0 to 255, looked at from afar: sizes and
/// the noise of codecs do not matter, a turn or a black half does.
#[must_use]
pub fn distance(a: &RgbImage, b: &RgbImage) -> f64 {
    const GRID: u32 = 24;
    let is_turned = (a.width() > a.height()) != (b.width() > b.height());
    let small = |image: &RgbImage| imageops::thumbnail(image, GRID, GRID).into_raw();
    let (a, b) = (small(a), small(b));
    let sum: u64 = a.iter().zip(&b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    if is_turned { 255.0 } else { sum as f64 / a.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_a_mirrored_and_a_black_picture_are_far_away() {
        let upright = scene(WIDTH, HEIGHT);
        for orientation in 2..=8 {
            let wrong = distance(&upright, &turned_back(upright.clone(), orientation));
            assert!(wrong > 20.0, "{orientation}: {wrong}");
        }
        assert!(distance(&upright, &RgbImage::new(WIDTH, HEIGHT)) > 20.0);
        let small = imageops::thumbnail(&upright, WIDTH / 2, HEIGHT / 2);
        assert!(distance(&upright, &small) < 4.0);
    }
}
