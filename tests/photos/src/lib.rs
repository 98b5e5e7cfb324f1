//! Files as phones, scanners, editors and bad lines make them, each with what the phone
//! and what the server must do with it. One table for both, so that neither throws away
//! evidence that the other takes. Made here, natively and in the browser alike; what no
//! crate writes lies in `files`.
//!
//! Never: real photos, a clock, a disk.

pub mod claims;
pub mod exif;
pub mod heif;
pub mod icc;
pub mod jpeg;
pub mod other;
pub mod picture;
pub mod png;
mod table;
pub mod webp;

pub use picture::Corners;
pub use table::all;

/// One file.
pub struct MadeFile {
    pub name: String,
    pub bytes: Vec<u8>,
    pub phone: Outcome,
    pub server: Outcome,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Taken. The picture, upright, is of this size and shows these colours in its
    /// quarters.
    Shown {
        width: u32,
        height: u32,
        corners: Corners,
    },
    /// Taken as it is, without a picture.
    Kept,
    Refused(Refused),
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    NotAPhoto,
    Damaged,
    TooManyPixels,
    Blank,
    /// By the name of its format.
    Unsupported(&'static str),
}
