//! What a photo's bytes say before anything is decoded: format, size, which way is up,
//! and what decoding would cost.
//!
//! Never: decodes or allocates by what the photo claims to be.

use domain::evidence::PhotoFormat;
use image::metadata::Orientation;

use super::{limits::MAX_PIXELS, photo_error::PhotoError};

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

/// How many pixels a photo of this size has.
///
/// # Errors
/// `TooManyPixels`; `Damaged` for none.
pub(super) fn pixels(width: u32, height: u32) -> Result<u64, PhotoError> {
    match u64::from(width) * u64::from(height) {
        0 => Err(PhotoError::Damaged),
        pixels if pixels > MAX_PIXELS => Err(PhotoError::TooManyPixels { most: MAX_PIXELS }),
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
