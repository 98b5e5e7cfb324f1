//! The table, by what its files have in common.

mod broken;
mod colours;
mod containers;
mod formats;
mod turned;

use image::RgbImage;

use crate::{
    MadeFile, Outcome, Refused,
    picture::{CORNERS, Corners, corners},
};

/// Every file. Names are unique.
#[must_use]
pub fn all() -> Vec<MadeFile> {
    [turned::files(), containers::files(), colours::files(), formats::files(), broken::files()]
        .into_iter()
        .flatten()
        .collect()
}

/// Below what a phone shrinks.
const SMALL: (u32, u32) = (96, 64);
/// Above it, and what it makes of that.
const LARGE: (u32, u32) = (2400, 1800);
const SHRUNK: (u32, u32) = (2048, 1536);

fn small() -> RgbImage {
    corners(SMALL.0, SMALL.1, CORNERS)
}

fn large() -> RgbImage {
    corners(LARGE.0, LARGE.1, CORNERS)
}

fn shown((width, height): (u32, u32), corners: Corners) -> Outcome {
    Outcome::Shown { width, height, corners }
}

/// A small picture that both show as it is.
fn good(name: impl Into<String>, bytes: Vec<u8>) -> MadeFile {
    both(name, bytes, shown(SMALL, CORNERS))
}

/// A large picture that the phone shrinks.
fn good_large(name: impl Into<String>, bytes: Vec<u8>) -> MadeFile {
    let (phone, server) = (shown(SHRUNK, CORNERS), shown(LARGE, CORNERS));
    MadeFile { name: name.into(), bytes, phone, server }
}

fn refused(name: impl Into<String>, bytes: Vec<u8>, why: Refused) -> MadeFile {
    both(name, bytes, Outcome::Refused(why))
}

fn both(name: impl Into<String>, bytes: Vec<u8>, outcome: Outcome) -> MadeFile {
    MadeFile { name: name.into(), bytes, phone: outcome, server: outcome }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn files_of_the_table_have_names_and_bytes_of_their_own() {
        let files = all();
        assert!(files.len() >= 60, "{}", files.len());
        let names: BTreeSet<_> = files.iter().map(|file| &file.name).collect();
        let bytes: BTreeSet<_> = files.iter().map(|file| &file.bytes).collect();
        assert_eq!((names.len(), bytes.len()), (files.len(), files.len()));
    }
}
