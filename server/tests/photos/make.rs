//! Photos of every kind a phone or a hostile sender may bring.

use std::io::Cursor;

use image::{
    DynamicImage, ImageEncoder as _, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::png::PngEncoder,
};
use jpeg_encoder::{ColorType, Encoder};

pub const RED: Rgb<u8> = Rgb([220, 20, 20]);
pub const GREEN: Rgb<u8> = Rgb([20, 200, 20]);
pub const BLUE: Rgb<u8> = Rgb([20, 20, 220]);
pub const YELLOW: Rgb<u8> = Rgb([230, 220, 20]);

/// What each corner shows: top left, top right, bottom left, bottom right.
pub type Corners = [Rgb<u8>; 4];
pub const CORNERS: Corners = [RED, GREEN, BLUE, YELLOW];

pub fn corners(width: u32, height: u32, colours: Corners) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let [top_left, top_right, bottom_left, bottom_right] = colours;
        match (x * 2 < width, y * 2 < height) {
            (true, true) => top_left,
            (false, true) => top_right,
            (true, false) => bottom_left,
            (false, false) => bottom_right,
        }
    })
}

/// The colours that a picture shows in the middle of its quarters.
#[track_caller]
pub fn assert_corners(picture: &RgbImage, expected: Corners) {
    let (w, h) = picture.dimensions();
    let places = [(w / 4, h / 4), (w * 3 / 4, h / 4), (w / 4, h * 3 / 4), (w * 3 / 4, h * 3 / 4)];
    for ((x, y), expected) in places.into_iter().zip(expected) {
        let found = picture.get_pixel(x, y);
        let near = found.0.iter().zip(expected.0).all(|(a, b)| a.abs_diff(b) < 24);
        assert!(near, "{found:?} instead of {expected:?} at {x},{y} of {w}×{h}");
    }
}

/// Something with detail, so that a JPEG of it is as large as a photo's.
pub fn street(width: u32, height: u32) -> RgbImage {
    let mut noise = 0x9e37_79b9_u32;
    RgbImage::from_fn(width, height, |x, y| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let [grain, ..] = noise.to_le_bytes();
        let tone = |scale: u32| u8::try_from((x * scale / width + y * 90 / height) % 200).unwrap();
        Rgb([tone(60) + grain / 8, tone(110) + grain / 8, tone(170) + grain / 8])
    })
}

#[derive(Clone, Copy, Default)]
pub struct Jpeg {
    pub progressive: bool,
    pub orientation: Option<u16>,
    pub colour: Option<ColorType>,
}

impl Jpeg {
    pub fn of(self, image: &RgbImage) -> Vec<u8> {
        let (width, height) = image.dimensions();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        encoder.set_progressive(self.progressive);
        if let Some(orientation) = self.orientation {
            encoder.add_exif_metadata(&exif(orientation)).unwrap();
        }
        let colour = self.colour.unwrap_or(ColorType::Rgb);
        let samples: Vec<u8> = match colour {
            ColorType::Luma => DynamicImage::from(image.clone()).into_luma8().into_raw(),
            // All black that there is, and the inks for what remains.
            ColorType::Cmyk | ColorType::CmykAsYcck => {
                image.pixels().flat_map(|Rgb([r, g, b])| [255 - r, 255 - g, 255 - b, 0]).collect()
            }
            _ => image.as_raw().clone(),
        };
        let side = |pixels: u32| u16::try_from(pixels).unwrap();
        encoder.encode(&samples, side(width), side(height), colour).unwrap();
        bytes
    }
}

pub fn jpeg(image: &RgbImage) -> Vec<u8> {
    Jpeg::default().of(image)
}

/// A TIFF header and one entry: orientation (EXIF 2.32, tag 0x0112).
pub fn exif(orientation: u16) -> Vec<u8> {
    let [low, high] = orientation.to_le_bytes();
    let mut bytes = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    bytes.extend([low, high, 0, 0, 0, 0, 0, 0]);
    bytes
}

pub fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
    written(&image.into(), ImageFormat::Png)
}

pub fn webp(image: impl Into<DynamicImage>) -> Vec<u8> {
    written(&image.into(), ImageFormat::WebP)
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png_turned(image: &RgbImage, orientation: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encode(encoder, image);
    bytes
}

fn encode(encoder: impl image::ImageEncoder, image: &RgbImage) {
    let colour = image::ExtendedColorType::Rgb8;
    encoder.write_image(image, image.width(), image.height(), colour).unwrap();
}

/// Opaque red on the left, half-transparent black on the right.
pub fn half_seen(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| {
        if x * 2 < width { Rgba([220, 20, 20, 255]) } else { Rgba([0, 0, 0, 128]) }
    })
}

/// A PNG that announces a size, and has no pixels.
pub fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        // The checksum is not looked at before the size.
        [&length[..], kind, content, &[0; 4]].concat()
    };
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &size), chunk(b"IEND", b"")].concat()
}
