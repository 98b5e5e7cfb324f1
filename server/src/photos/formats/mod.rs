//! Reading the header of each format of photo.
//!
//! Never: decodes or allocates by what the photo claims to be.

mod jpeg;
mod png;
mod webp;

use domain::evidence::{OtherFormat, PhotoFormat, heic};
use image::metadata::Orientation;

use super::{
    PhotoError,
    header::{Decoding, Header},
};

/// Bytes that decoding one photo may take. Above it the photo is kept without
/// derivatives. 64 MP of a progressive JPEG without subsampling.
const MAX_MEMORY: u64 = 384 * 1024 * 1024;

/// The format of a photo by its first bytes.
///
/// # Errors
/// `Unsupported` for another format of pictures; `NotAPhoto` for anything else.
pub(super) fn recognise(bytes: &[u8]) -> Result<PhotoFormat, PhotoError> {
    PhotoFormat::from_magic(bytes).ok_or_else(|| match OtherFormat::from_magic(bytes) {
        Some(format) => PhotoError::Unsupported(format),
        None => PhotoError::NotAPhoto,
    })
}

/// # Errors
/// `NotAPhoto` and `Unsupported`; `TooManyPixels` as soon as a size is read; `Damaged` where the structure
/// breaks off.
pub(super) fn read(bytes: &[u8]) -> Result<Header, PhotoError> {
    let header = match recognise(bytes)? {
        PhotoFormat::Jpeg => jpeg::header(bytes)?,
        PhotoFormat::Png => png::header(bytes)?,
        PhotoFormat::Webp => webp::header(bytes)?,
        PhotoFormat::Heic => {
            // Nobody decodes it: its boxes are all that tells that it is whole.
            heic::check(bytes).map_err(|fault| {
                tracing::debug!(?fault, "an HEIC file without a whole picture");
                PhotoError::Damaged
            })?;
            Header {
                format: PhotoFormat::Heic,
                width: 0,
                height: 0,
                orientation: Orientation::NoTransforms,
                decoding: Decoding::Never("HEIC is not decoded here"),
            }
        }
    };
    Ok(match header.decoding {
        Decoding::Takes { memory } if memory > MAX_MEMORY => {
            Header { decoding: Decoding::Never("decoding it takes too much memory"), ..header }
        }
        _ => header,
    })
}
