//! Small pictures of a photo: decoded at reduced size, made upright, without metadata.
//!
//! Never: stores anything; keeps EXIF, a colour profile (its colours become sRGB) or transparency; enlarges.

mod colour;
mod decode;
mod shrink;

use image::DynamicImage;

use super::{
    PhotoError, formats,
    header::{Decoding, Header},
};

/// Longest side of the picture in lists and on maps, in pixels.
pub const THUMB: u32 = 320;
/// Longest side of the picture that fills a screen, in pixels.
pub const SCREEN: u32 = 1280;

/// Both small pictures, as JPEG.
pub(super) struct Pictures {
    pub(super) thumb: Vec<u8>,
    pub(super) screen: Vec<u8>,
}

/// Both pictures of a photo, which is decoded once; `None` for one that is not decoded here.
///
/// # Errors
/// `NotAPhoto`, `TooManyPixels` or `Damaged`.
pub(super) fn pictures(bytes: &[u8]) -> Result<Option<Pictures>, PhotoError> {
    let header = formats::read(bytes)?;
    if let Decoding::Never(reason) = header.decoding {
        tracing::info!(reason, "a photo without pictures");
        return Ok(None);
    }
    let screen = picture(bytes, &header, SCREEN)?;
    let thumb = shrink::to_longest(screen.clone(), THUMB)?;
    Ok(Some(Pictures { thumb: shrink::to_jpeg(thumb)?, screen: shrink::to_jpeg(screen)? }))
}

/// One picture of a photo as JPEG, its longest side at most `longest` pixels. Blocks for
/// tens of milliseconds: not for an async thread.
///
/// # Errors
/// `NotAPhoto`, `TooManyPixels`, or `Damaged`, which includes photos that are kept
/// without pictures.
pub fn thumbnail(bytes: &[u8], longest: u32) -> Result<Vec<u8>, PhotoError> {
    let header = formats::read(bytes)?;
    shrink::to_jpeg(picture(bytes, &header, longest)?)
}

/// Upright, opaque and in sRGB.
fn picture(bytes: &[u8], header: &Header, longest: u32) -> Result<DynamicImage, PhotoError> {
    let decoded = decode::at_least(bytes, header, longest)?;
    let small = shrink::to_longest(decoded.image, longest)?;
    // When it is small: the work is bounded whatever the photo's size.
    let mut small = colour::to_srgb(small, decoded.profile.as_deref());
    small.apply_orientation(header.orientation);
    Ok(small)
}
