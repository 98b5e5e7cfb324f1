//! Decoding with bounded memory: JPEG at a half, quarter or eighth where that is enough,
//! PNG and WebP whole.
//!
//! Never: trusts a decoder not to panic on hostile input; a panic is a damaged photo.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};

use domain::evidence::PhotoFormat;
use image::{
    DynamicImage, GrayImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage,
};
use jpeg_decoder::PixelFormat;

use crate::photos::{
    PhotoError,
    header::{Decoding, Header},
};

/// A photo that takes more than this is decoded while no other such photo is.
const HEAVY: u64 = 128 * 1024 * 1024;
static ONE_HEAVY_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The photo as stored, not upright; its longest side at least `longest` pixels, or all
/// it has.
///
/// # Errors
/// `Damaged` for whatever does not decode.
pub(super) fn at_least(
    bytes: &[u8],
    header: &Header,
    longest: u32,
) -> Result<DynamicImage, PhotoError> {
    let Decoding::Takes { memory } = header.decoding else { return Err(PhotoError::Damaged) };
    let _turn = (memory > HEAVY)
        .then(|| ONE_HEAVY_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let decode = AssertUnwindSafe(|| match header.format {
        PhotoFormat::Jpeg => jpeg(bytes, header, longest),
        PhotoFormat::Png => whole(bytes, ImageFormat::Png, memory),
        PhotoFormat::Webp => whole(bytes, ImageFormat::WebP, memory),
        PhotoFormat::Heic => None,
    });
    catch_unwind(decode).ok().flatten().ok_or(PhotoError::Damaged)
}

fn jpeg(bytes: &[u8], header: &Header, longest: u32) -> Option<DynamicImage> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    // The decoder is content when one side is large enough: only the longer may count.
    let longest = u16::try_from(longest).unwrap_or(u16::MAX);
    let (wide, high) =
        if header.width < header.height { (u16::MAX, longest) } else { (longest, u16::MAX) };
    decoder.scale(wide, high).ok()?;
    let samples = decoder.decode().ok()?;
    let info = decoder.info()?;
    let (width, height) = (info.width.into(), info.height.into());
    match info.pixel_format {
        PixelFormat::L8 => GrayImage::from_raw(width, height, samples).map(Into::into),
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, samples).map(Into::into),
        PixelFormat::CMYK32 => {
            RgbImage::from_raw(width, height, rgb_from_cmyk(&samples)).map(Into::into)
        }
        PixelFormat::L16 => None,
    }
}

/// Without a colour profile: each ink takes its share of the light that black leaves.
fn rgb_from_cmyk(samples: &[u8]) -> Vec<u8> {
    let light = |ink: u8, black: u8| {
        let left = u16::from(255 - ink) * u16::from(255 - black);
        u8::try_from((left + 127) / 255).unwrap_or(u8::MAX)
    };
    let (pixels, _) = samples.as_chunks::<4>();
    pixels.iter().flat_map(|&[c, m, y, k]| [light(c, k), light(m, k), light(y, k)]).collect()
}

fn whole(bytes: &[u8], format: ImageFormat, memory: u64) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(memory.saturating_add(HEAVY));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    // `from_decoder` heeds no limits.
    if decoder.total_bytes() > memory {
        return None;
    }
    DynamicImage::from_decoder(decoder).ok()
}
