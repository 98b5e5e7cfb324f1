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

use super::colour;
use crate::photos::{
    PhotoError,
    header::{Decoding, Header},
};

/// A photo that takes more than this is decoded while no other such photo is.
const HEAVY: u64 = 128 * 1024 * 1024;
static ONE_HEAVY_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A decoded photo.
pub(super) struct Decoded {
    pub(super) image: DynamicImage,
    /// The colour profile that its pixels are meant by; sRGB when `None`.
    pub(super) profile: Option<Vec<u8>>,
}

/// The photo as stored, not upright; its longest side at least `longest` pixels, or all
/// it has.
///
/// # Errors
/// `Damaged` for whatever does not decode.
pub(super) fn at_least(bytes: &[u8], header: &Header, longest: u32) -> Result<Decoded, PhotoError> {
    let Decoding::Takes { memory } = header.decoding else { return Err(PhotoError::Damaged) };
    let _guard = (memory > HEAVY)
        .then(|| ONE_HEAVY_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let decode = AssertUnwindSafe(|| match header.format {
        PhotoFormat::Jpeg => jpeg(bytes, header, longest),
        PhotoFormat::Png => whole(bytes, header, ImageFormat::Png, memory),
        PhotoFormat::Webp => whole(bytes, header, ImageFormat::WebP, memory),
        PhotoFormat::Heic => None,
    });
    catch_unwind(decode).ok().flatten().ok_or(PhotoError::Damaged)
}

fn jpeg(bytes: &[u8], header: &Header, longest: u32) -> Option<Decoded> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().ok()?;
    let info = decoder.info()?;
    has_shape(header, (info.width.into(), info.height.into()))?;
    // The decoder is content when one side is large enough: only the longer may count.
    let longest = u16::try_from(longest).unwrap_or(u16::MAX);
    let (wide, high) =
        if header.width < header.height { (u16::MAX, longest) } else { (longest, u16::MAX) };
    decoder.scale(wide, high).ok()?;
    let samples = decoder.decode().ok()?;
    let info = decoder.info()?;
    let (width, height) = (info.width.into(), info.height.into());
    let profile = decoder.icc_profile();
    let (image, profile) = match info.pixel_format {
        PixelFormat::L8 => (GrayImage::from_raw(width, height, samples)?.into(), profile),
        PixelFormat::RGB24 => (RgbImage::from_raw(width, height, samples)?.into(), profile),
        PixelFormat::CMYK32 => {
            let meant = profile.and_then(|profile| colour::rgb_from_cmyk(&samples, &profile));
            let rgb = meant.unwrap_or_else(|| rgb_from_cmyk(&samples));
            (RgbImage::from_raw(width, height, rgb)?.into(), None)
        }
        PixelFormat::L16 => return None,
    };
    Some(Decoded { image, profile })
}

/// The size that is told is the one that was decoded: a file that two readers see
/// differently is broken.
fn has_shape(header: &Header, decoded: (u32, u32)) -> Option<()> {
    (decoded == (header.width, header.height)).then_some(())
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

fn whole(bytes: &[u8], header: &Header, format: ImageFormat, memory: u64) -> Option<Decoded> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(memory.saturating_add(HEAVY));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    has_shape(header, decoder.dimensions())?;
    // `from_decoder` heeds no limits.
    if decoder.total_bytes() > memory {
        return None;
    }
    let image = DynamicImage::from_decoder(decoder).ok()?;
    Some(Decoded { image, profile })
}
