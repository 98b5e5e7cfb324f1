//! From decoded pixels to a small opaque JPEG.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder};

use crate::photos::PhotoError;

/// JPEG quality of what is derived; the original remains for whoever wants to look closer.
const QUALITY: u8 = 80;

/// White behind it where it is transparent, its longest side at most `longest` pixels.
///
/// # Errors
/// `Damaged` for a kind of pixel that no photo decodes to.
pub(super) fn to_longest(
    mut image: DynamicImage,
    longest: u32,
) -> Result<DynamicImage, PhotoError> {
    put_on_white(&mut image);
    let (width, height) = (image.width(), image.height());
    let side = width.max(height);
    if side <= longest {
        return Ok(image);
    }
    let scaled = |of: u32| {
        let rounded = (u64::from(of) * u64::from(longest) + u64::from(side) / 2) / u64::from(side);
        u32::try_from(rounded).unwrap_or(longest).max(1)
    };
    let mut small = DynamicImage::new(scaled(width), scaled(height), image.color());
    let how = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        .use_alpha(false);
    Resizer::new().resize(&image, &mut small, &how).map_err(|_| PhotoError::Damaged)?;
    Ok(small)
}

/// # Errors
/// `Damaged` beyond JPEG's 65,535 pixels a side, which no derivative reaches.
pub(super) fn to_jpeg(image: DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let rgb = image.into_rgb8();
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| PhotoError::Damaged);
    let (width, height) = (side(rgb.width())?, side(rgb.height())?);
    let mut bytes = Vec::new();
    // Not with optimised Huffman tables: a tenth smaller, but the encoder then writes one
    // scan a colour, which some decoders show in wrong colours.
    let encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.encode(&rgb, width, height, ColorType::Rgb).map_err(|_| PhotoError::Damaged)?;
    Ok(bytes)
}

/// In place, before resizing: the transparent edge then blends with what is seen.
fn put_on_white(image: &mut DynamicImage) {
    match image {
        DynamicImage::ImageLumaA8(pixels) => {
            pixels.as_chunks_mut::<2>().0.iter_mut().for_each(|[grey, alpha]| {
                *grey = over_white(*grey, *alpha);
                *alpha = u8::MAX;
            });
        }
        DynamicImage::ImageRgba8(pixels) => {
            pixels.as_chunks_mut::<4>().0.iter_mut().for_each(|[r, g, b, alpha]| {
                for colour in [r, g, b] {
                    *colour = over_white(*colour, *alpha);
                }
                *alpha = u8::MAX;
            });
        }
        DynamicImage::ImageLumaA16(pixels) => {
            pixels.as_chunks_mut::<2>().0.iter_mut().for_each(|[grey, alpha]| {
                *grey = over_white_16(*grey, *alpha);
                *alpha = u16::MAX;
            });
        }
        DynamicImage::ImageRgba16(pixels) => {
            pixels.as_chunks_mut::<4>().0.iter_mut().for_each(|[r, g, b, alpha]| {
                for colour in [r, g, b] {
                    *colour = over_white_16(*colour, *alpha);
                }
                *alpha = u16::MAX;
            });
        }
        _ => {}
    }
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let missing = u16::from(255 - colour) * u16::from(alpha);
    255 - u8::try_from((missing + 127) / 255).unwrap_or(u8::MAX)
}

fn over_white_16(colour: u16, alpha: u16) -> u16 {
    let missing = u32::from(65_535 - colour) * u32::from(alpha);
    65_535 - u16::try_from(missing / 65_535).unwrap_or(u16::MAX)
}
