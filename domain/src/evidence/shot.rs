//! One photo of a record, as fixed at the shutter.

use serde::{Deserialize, Serialize};

use crate::{DeviceTime, PhotoHash};

/// A photo of a record. The manifest of a record is fixed at capture; a photo that
/// is missing later is named, never dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shot {
    pub hash: PhotoHash,
    /// Bytes.
    pub length: u64,
    pub format: PhotoFormat,
    /// Pixels after orientation is applied; 0 where the phone could not decode it.
    pub width: u32,
    pub height: u32,
    pub taken: DeviceTime,
}

/// What the first bytes of a photo say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoFormat {
    Jpeg,
    Png,
    Webp,
    Heic,
}

impl PhotoFormat {
    /// Recognises the format by magic bytes; 12 bytes are enough.
    #[must_use]
    pub fn from_magic(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => match &[*a, *b, *c, *d] {
                b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => Some(Self::Heic),
                _ => None,
            },
            _ => None,
        }
    }

    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide() {
        for (bytes, expected) in [
            (&b"\xff\xd8\xff\xe0 and so on"[..], Some(PhotoFormat::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(PhotoFormat::Png)),
            (b"RIFF\x01\x02\x03\x04WEBP", Some(PhotoFormat::Webp)),
            (b"\0\0\0\x18ftypheic", Some(PhotoFormat::Heic)),
            (b"\0\0\0\x18ftypisom", None),
            (b"hello, I am a text", None),
            (b"\xff\xd8", None),
            (b"", None),
        ] {
            assert_eq!(PhotoFormat::from_magic(bytes), expected, "{bytes:?}");
        }
    }
}
