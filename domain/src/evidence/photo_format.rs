//! What the first bytes of a file say it is: a format in which photos are kept, another
//! format of pictures, or neither.
//!
//! Never: whether the rest is sound.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A format in which photos are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoFormat {
    Jpeg,
    Png,
    Webp,
    Heic,
}

/// A format of pictures in which no photo is kept. The phone writes such a picture anew
/// as a JPEG where its browser decodes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherFormat {
    Avif,
    Gif,
    Bmp,
    Tiff,
    JpegXl,
}

impl PhotoFormat {
    /// Recognises the format by the first bytes. 12 are enough to tell a photo from
    /// anything else, except that an HEIF file of the general brand `mif1` may turn out to
    /// be AVIF by its compatible brands, which come after those.
    #[must_use]
    pub fn from_magic(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => (coding_of(bytes)? == Coding::Heic).then_some(Self::Heic),
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

impl OtherFormat {
    pub const ALL: [Self; 5] = [Self::Avif, Self::Gif, Self::Bmp, Self::Tiff, Self::JpegXl];

    #[must_use]
    pub fn from_magic(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            // The four bytes after the length are reserved, and 0.
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Self::Bmp),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Self::Tiff),
            [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Some(Self::JpegXl),
            _ => (coding_of(bytes)? == Coding::Avif).then_some(Self::Avif),
        }
    }

    /// As people call it, in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Avif => "AVIF",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::JpegXl => "JPEG XL",
        }
    }
}

impl fmt::Display for OtherFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How the pictures of an HEIF file (ISO/IEC 23008-12) are coded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Heic,
    Avif,
}

/// By the file type box: its major brand, or, where that is a general one, the compatible
/// brands as far as they are in `bytes`.
fn coding_of(bytes: &[u8]) -> Option<Coding> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (major, rest) = rest.strip_prefix(b"ftyp")?.split_first_chunk::<4>()?;
    if let Some(coding) = coding_of_brand(major) {
        return Some(coding);
    }
    if major != b"mif1" && major != b"msf1" {
        return None;
    }
    let end = usize::try_from(u32::from_be_bytes(*length)).ok()?.saturating_sub(12);
    let content = rest.get(..end).unwrap_or(rest);
    let (brands, _) = content.get(4..).unwrap_or_default().as_chunks::<4>();
    let named = brands.iter().find_map(coding_of_brand);
    Some(named.unwrap_or(Coding::Heic))
}

fn coding_of_brand(brand: &[u8; 4]) -> Option<Coding> {
    match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Some(Coding::Heic),
        b"avif" | b"avis" => Some(Coding::Avif),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_is_that_of_the_first_bytes() {
        use OtherFormat as Other;
        use PhotoFormat as Photo;
        for (bytes, photo, other) in [
            (&b"\xff\xd8\xff\xe0 and so on"[..], Some(Photo::Jpeg), None),
            (b"\x89PNG\r\n\x1a\n", Some(Photo::Png), None),
            (b"RIFF\x01\x02\x03\x04WEBP", Some(Photo::Webp), None),
            (b"\0\0\0\x18ftypheic", Some(Photo::Heic), None),
            (b"\0\0\0\x18ftypheix\0\0\0\0", Some(Photo::Heic), None),
            (b"\0\0\0\x18ftypmif1", Some(Photo::Heic), None),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Some(Photo::Heic), None),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", None, Some(Other::Avif)),
            // Behind the box, which ends after its first compatible brand.
            (b"\0\0\0\x14ftypmif1\0\0\0\0mif1avif", Some(Photo::Heic), None),
            (b"\0\0\0\x20ftypavif", None, Some(Other::Avif)),
            (b"\0\0\0\x20ftypavis\0\0\0\0", None, Some(Other::Avif)),
            (b"GIF89a\x01\0\x01\0", None, Some(Other::Gif)),
            (b"GIF87a", None, Some(Other::Gif)),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", None, Some(Other::Bmp)),
            (b"BMW is a maker of cars", None, None),
            (b"II\x2a\0\x08\0\0\0", None, Some(Other::Tiff)),
            (b"MM\0\x2a\0\0\0\x08", None, Some(Other::Tiff)),
            (b"\xff\x0a\x01\x02", None, Some(Other::JpegXl)),
            (b"\0\0\0\x0cJXL \r\n\x87\n", None, Some(Other::JpegXl)),
            (b"\0\0\0\x18ftypisom", None, None),
            (b"\0\0\0\x18ftyp", None, None),
            (b"hello, I am a text", None, None),
            (b"\xff\xd8", None, None),
            (b"", None, None),
        ] {
            assert_eq!(PhotoFormat::from_magic(bytes), photo, "{bytes:?}");
            assert_eq!(OtherFormat::from_magic(bytes), other, "{bytes:?}");
        }
    }
}
