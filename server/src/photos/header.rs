//! What a photo's bytes say before anything is decoded: format, size, which way is up,
//! and what decoding would cost.
//!
//! Never: decodes or allocates by what the photo claims to be.

use std::io::Cursor;

use domain::evidence::PhotoFormat;
use image::{ImageDecoder as _, ImageFormat, ImageReader, metadata::Orientation};

use super::{MOST_PIXELS, Trouble, jpeg, png};

/// Bytes that decoding one photo may take. Above it the photo is kept without
/// derivatives. 64 MP of a progressive JPEG without subsampling.
const MOST_MEMORY: u64 = 384 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) format: PhotoFormat,
    /// Pixels as they are stored, before orientation; 0 where we cannot know (HEIC).
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    pub(super) decoding: Decoding,
}

/// What it takes to decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoding {
    /// Needs about this many bytes of memory.
    Takes { memory: u64 },
    /// Not ours to decode, for this reason; the original is kept as it is.
    Never(&'static str),
}

/// # Errors
/// `NotAPhoto`; `TooManyPixels` as soon as a size is read; `Damaged` where the structure
/// breaks off.
pub(super) fn read(bytes: &[u8]) -> Result<Header, Trouble> {
    let header = match PhotoFormat::from_magic(bytes).ok_or(Trouble::NotAPhoto)? {
        PhotoFormat::Jpeg => jpeg::header(bytes)?,
        PhotoFormat::Png => png::header(bytes)?,
        PhotoFormat::Webp => webp(bytes)?,
        PhotoFormat::Heic => Header {
            format: PhotoFormat::Heic,
            width: 0,
            height: 0,
            orientation: Orientation::NoTransforms,
            decoding: Decoding::Never("HEIC is not decoded here"),
        },
    };
    Ok(match header.decoding {
        Decoding::Takes { memory } if memory > MOST_MEMORY => {
            Header { decoding: Decoding::Never("decoding it takes too much memory"), ..header }
        }
        _ => header,
    })
}

/// How many pixels a photo of this size has.
///
/// # Errors
/// `TooManyPixels`; `Damaged` for none.
pub(super) fn pixels(width: u32, height: u32) -> Result<u64, Trouble> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Trouble::Damaged),
        pixels if pixels > MOST_PIXELS => Err(Trouble::TooManyPixels { most: MOST_PIXELS }),
        pixels => Ok(pixels),
    }
}

impl Header {
    /// Width and height after orientation is applied.
    pub(super) const fn upright_size(&self) -> (u32, u32) {
        match self.orientation {
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }
}

/// The decoder reads chunk headers only.
fn webp(bytes: &[u8]) -> Result<Header, Trouble> {
    if !webp_is_whole(bytes) {
        return Err(Trouble::Damaged);
    }
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::WebP);
    let mut decoder = reader.into_decoder().map_err(|_| Trouble::Damaged)?;
    let (width, height) = decoder.dimensions();
    Ok(Header {
        format: PhotoFormat::Webp,
        width,
        height,
        orientation: decoder.orientation().unwrap_or(Orientation::NoTransforms),
        // RGBA, and the planes it is made from.
        decoding: Decoding::Takes { memory: pixels(width, height)? * 6 },
    })
}

/// Whether as many bytes came as the container announces.
fn webp_is_whole(bytes: &[u8]) -> bool {
    let announced = bytes.get(4..).and_then(|rest| rest.split_first_chunk::<4>());
    announced.is_some_and(|(length, rest)| {
        usize::try_from(u32::from_le_bytes(*length)).is_ok_and(|length| length <= rest.len())
    })
}
