//! JPEG files, and segments put where other software puts them.

use image::{DynamicImage, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// How a JPEG is written.
#[derive(Clone, Copy)]
pub struct Jpeg<'a> {
    pub colour: ColorType,
    pub is_progressive: bool,
    pub sampling: SamplingFactor,
    pub restart: u16,
    pub exif: Option<&'a [u8]>,
    pub icc: Option<&'a [u8]>,
}

impl Default for Jpeg<'_> {
    fn default() -> Self {
        Self {
            colour: ColorType::Rgb,
            is_progressive: false,
            sampling: SamplingFactor::F_1_1,
            restart: 0,
            exif: None,
            icc: None,
        }
    }
}

impl Jpeg<'_> {
    #[must_use]
    pub fn of(self, image: &RgbImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        encoder.set_progressive(self.is_progressive);
        encoder.set_sampling_factor(self.sampling);
        encoder.set_restart_interval(self.restart);
        if let Some(exif) = self.exif {
            encoder.add_exif_metadata(exif).expect("a small block");
        }
        if let Some(icc) = self.icc {
            encoder.add_icc_profile(icc).expect("a small profile");
        }
        let samples: Vec<u8> = match self.colour {
            ColorType::Luma => DynamicImage::from(image.clone()).into_luma8().into_raw(),
            // No black, and the inks for all.
            ColorType::Cmyk | ColorType::CmykAsYcck => {
                image.pixels().flat_map(|Rgb([r, g, b])| [255 - r, 255 - g, 255 - b, 0]).collect()
            }
            _ => image.as_raw().clone(),
        };
        let side = |pixels: u32| u16::try_from(pixels).expect("no more than JPEG has");
        let (width, height) = (side(image.width()), side(image.height()));
        encoder.encode(&samples, width, height, self.colour).expect("samples of that size");
        bytes
    }
}

#[must_use]
pub fn plain(image: &RgbImage) -> Vec<u8> {
    Jpeg::default().of(image)
}

/// A segment of application data 1 with an EXIF block.
#[must_use]
pub fn exif_segment(block: &[u8]) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", block].concat())
}

#[must_use]
pub fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a small segment").to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// With `bytes` right behind the start of the image.
#[must_use]
pub fn with_first(jpeg: &[u8], bytes: &[u8]) -> Vec<u8> {
    [&jpeg[..2], bytes, &jpeg[2..]].concat()
}

/// With `bytes` before the first segment with this marker.
#[must_use]
pub fn with_before(jpeg: &[u8], marker: u8, bytes: &[u8]) -> Vec<u8> {
    let at = place_of(jpeg, marker);
    [&jpeg[..at], bytes, &jpeg[at..]].concat()
}

/// Where the first segment with this marker begins.
#[must_use]
pub fn place_of(jpeg: &[u8], marker: u8) -> usize {
    let mut at = 2;
    while jpeg[at + 1] != marker {
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    at
}
