//! The header of a WebP (RFC 9649), by the decoder, which reads chunk headers only.

use std::io::Cursor;

use domain::evidence::PhotoFormat;
use image::{ImageDecoder as _, ImageFormat, ImageReader, metadata::Orientation};

use crate::photos::{
    PhotoError,
    header::{self, Decoding, Header},
};

/// # Errors
/// `TooManyPixels`; `Damaged` when fewer bytes came than the container announces.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PhotoError> {
    if !is_whole(bytes) {
        return Err(PhotoError::Damaged);
    }
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::WebP);
    let decoder = reader.into_decoder().map_err(|_| PhotoError::Damaged)?;
    let (width, height) = decoder.dimensions();
    Ok(Header {
        format: PhotoFormat::Webp,
        width,
        height,
        // Chromium heeds no orientation in a WebP, so the inspector saw it as it is stored.
        orientation: Orientation::NoTransforms,
        // RGBA, and the planes it is made from.
        decoding: Decoding::Takes { memory: header::pixels(width, height)? * 6 },
    })
}

/// Whether as many bytes came as the container announces.
fn is_whole(bytes: &[u8]) -> bool {
    let announced = bytes.get(4..).and_then(|rest| rest.split_first_chunk::<4>());
    announced.is_some_and(|(length, rest)| {
        usize::try_from(u32::from_le_bytes(*length)).is_ok_and(|length| length <= rest.len())
    })
}
