//! The chunks of a PNG (W3C PNG, 5) from signature to end, without inflating anything.

use domain::evidence::PhotoFormat;
use image::metadata::Orientation;

use crate::photos::{
    PhotoError,
    header::{self, Decoding, Header},
};

/// # Errors
/// `TooManyPixels`; `Damaged` when the first chunk is not a header or the file ends
/// before its end chunk, or has no pixels.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PhotoError> {
    let (Size { width, height, depth }, rest) = size(bytes).ok_or(PhotoError::Damaged)?;
    // At most four channels, whatever the colour type and a transparency chunk make of it.
    let pixel = if depth == 16 { 8 } else { 4 };
    let memory = header::pixels(width, height)? * pixel;
    let orientation = orientation(rest).ok_or(PhotoError::Damaged)?;
    let decoding = Decoding::Takes { memory };
    Ok(Header { format: PhotoFormat::Png, width, height, orientation, decoding })
}

struct Size {
    width: u32,
    height: u32,
    /// Bits of a sample.
    depth: u8,
}

/// What the header chunk says, and what follows it.
fn size(bytes: &[u8]) -> Option<(Size, &[u8])> {
    let (_signature, rest) = bytes.split_first_chunk::<8>()?;
    let (kind, content, rest) = chunk(rest)?;
    let (width, content) = content.split_first_chunk::<4>()?;
    let (height, content) = content.split_first_chunk::<4>()?;
    let size = Size {
        width: u32::from_be_bytes(*width),
        height: u32::from_be_bytes(*height),
        depth: *content.first()?,
    };
    (kind == b"IHDR").then_some((size, rest))
}

/// Which way is up; `None` when the chunks end without an end chunk, or have no pixels. As
/// browsers do: a block that comes after the first pixels comes too late.
fn orientation(mut rest: &[u8]) -> Option<Orientation> {
    let mut orientation = None;
    let mut has_pixels = false;
    loop {
        let (kind, content, after) = chunk(rest)?;
        match kind {
            b"IEND" => {
                return has_pixels.then(|| orientation.unwrap_or(Orientation::NoTransforms));
            }
            b"IDAT" => has_pixels = true,
            b"eXIf" if !has_pixels => {
                orientation = orientation.or_else(|| Orientation::from_exif_chunk(content))
            }
            _ => {}
        }
        rest = after;
    }
}

/// A chunk's type, its content and what follows its checksum.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (content, rest) =
        rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let (_checksum, rest) = rest.split_first_chunk::<4>()?;
    Some((kind, content, rest))
}
