//! Reading the header of each format of photo.
//!
//! Never: decodes or allocates by what the photo claims to be.

mod jpeg;
mod png;
mod webp;

use domain::evidence::PhotoFormat;
use image::metadata::Orientation;

use super::{
    PhotoError,
    header::{Decoding, Header},
};

/// Bytes that decoding one photo may take. Above it the photo is kept without
/// derivatives. 64 MP of a progressive JPEG without subsampling.
const MOST_MEMORY: u64 = 384 * 1024 * 1024;

/// # Errors
/// `NotAPhoto`; `TooManyPixels` as soon as a size is read; `Damaged` where the structure
/// breaks off.
pub(super) fn read(bytes: &[u8]) -> Result<Header, PhotoError> {
    let header = match PhotoFormat::from_magic(bytes).ok_or(PhotoError::NotAPhoto)? {
        PhotoFormat::Jpeg => jpeg::header(bytes)?,
        PhotoFormat::Png => png::header(bytes)?,
        PhotoFormat::Webp => webp::header(bytes)?,
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
