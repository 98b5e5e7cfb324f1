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

/// What a look through a whole photo finds.
pub(super) struct Checked {
    pub(super) header: Header,
    /// `None` for a photo that is not ours to decode.
    pub(super) pictures: Option<Pictures>,
}

/// Both small pictures, as JPEG.
pub(super) struct Pictures {
    pub(super) thumb: Vec<u8>,
    pub(super) screen: Vec<u8>,
}

/// Checks a whole photo by decoding it once, and makes both pictures of it on the way.
///
/// # Errors
/// `NotAPhoto`, `TooManyPixels` or `Damaged`.
pub(super) fn check(bytes: &[u8]) -> Result<Checked, PhotoError> {
    let header = formats::read(bytes)?;
    let pictures = match header.decoding {
        Decoding::Never(_) => None,
        Decoding::Takes { .. } => {
            let screen = picture(bytes, &header, SCREEN)?;
            let thumb = shrink::to_longest(screen.clone(), THUMB)?;
            Some(Pictures { thumb: shrink::to_jpeg(thumb)?, screen: shrink::to_jpeg(screen)? })
        }
    };
    Ok(Checked { header, pictures })
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
