//! The marker segments of a JPEG (ITU-T T.81, annex B) from start to end of image,
//! without decoding: is it whole, how large is it, how is it coded, which way is up.
//!
//! Never: looks into entropy-coded data, except to find where it ends.

use domain::evidence::PhotoFormat;
use image::metadata::Orientation;

use crate::photos::{
    PhotoError,
    header::{self, Decoding, Header},
};

/// Real progressive photos have about ten scans; sequential ones at most one a component.
/// A scan walks the whole image even when it holds no data, so that a file of 1 KB with
/// many of them would keep a processor busy for minutes.
const MAX_SCANS: usize = 64;

/// Coefficients of a baseline JPEG are never held together: this covers the scaled image.
const BASELINE_MEMORY: u64 = 64 * 1024 * 1024;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP1: u8 = 0xe1;

/// # Errors
/// `TooManyPixels`; `Damaged` when the image has no end, or no frame and scan before it.
/// What follows the end (a second picture, a film, an app's notes) is left alone.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PhotoError> {
    let mut rest = bytes.strip_prefix(&[0xff, SOI]).ok_or(PhotoError::Damaged)?;
    let mut frame = None;
    let mut orientation = None;
    let mut scans = 0_usize;
    loop {
        let (marker, after) = next_marker(rest).ok_or(PhotoError::Damaged)?;
        rest = match marker {
            EOI => break,
            SOI => return Err(PhotoError::Damaged),
            0x01 | 0xd0..=0xd7 => after,
            _ => {
                let (segment, after) = segment(after).ok_or(PhotoError::Damaged)?;
                match marker {
                    SOS => scans = scans.saturating_add(1),
                    // As browsers do: the first block counts, whatever is in it.
                    APP1 if scans == 0 && orientation.is_none() => {
                        let exif = segment.strip_prefix(b"Exif\0\0");
                        orientation = exif.map(|exif| {
                            let read = Orientation::from_exif_chunk(exif);
                            read.unwrap_or(Orientation::NoTransforms)
                        });
                    }
                    // All start-of-frame markers; c4, c8 and cc are something else.
                    0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                        let read = Frame::read(marker, segment).ok_or(PhotoError::Damaged)?;
                        header::pixels(read.width, read.height)?;
                        if frame.replace(read).is_some() {
                            return Err(PhotoError::Damaged);
                        }
                    }
                    _ => {}
                }
                after
            }
        };
    }
    let frame = frame.filter(|_| scans > 0).ok_or(PhotoError::Damaged)?;
    Ok(Header {
        format: PhotoFormat::Jpeg,
        width: frame.width,
        height: frame.height,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        decoding: frame.decoding(scans),
    })
}

/// The next marker and what follows it. Entropy-coded data and stray bytes before it
/// are passed over, as every decoder does.
fn next_marker(mut rest: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let at = rest.iter().position(|byte| *byte == 0xff)?;
        let after = rest.get(at..)?;
        let code = after.iter().position(|byte| *byte != 0xff)?;
        let (marker, after) = after.get(code..)?.split_first()?;
        if *marker != 0 {
            return Some((*marker, after));
        }
        rest = after;
    }
}

/// A segment's content, and what follows it.
fn segment(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = rest.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

struct Frame {
    marker: u8,
    precision: u8,
    width: u32,
    height: u32,
    /// Horizontal and vertical sampling factors of each component.
    sampling: Vec<(u8, u8)>,
}

impl Frame {
    fn read(marker: u8, segment: &[u8]) -> Option<Self> {
        let ([precision, h1, h0, w1, w0, count], components) = segment.split_first_chunk::<6>()?;
        let sampling: Vec<_> = components
            .as_chunks::<3>()
            .0
            .iter()
            .map(|[_, factors, _]| (factors >> 4, factors & 0x0f))
            .collect();
        let valid = |(h, v): &(u8, u8)| (1..=4).contains(h) && (1..=4).contains(v);
        (sampling.len() == usize::from(*count) && sampling.iter().all(valid)).then_some(Self {
            marker,
            precision: *precision,
            width: u16::from_be_bytes([*w1, *w0]).into(),
            height: u16::from_be_bytes([*h1, *h0]).into(),
            sampling,
        })
    }

    fn decoding(&self, scans: usize) -> Decoding {
        let most = if self.marker == 0xc2 { MAX_SCANS } else { self.sampling.len() };
        if scans > most {
            return Decoding::Never("a JPEG of too many scans");
        }
        match (self.marker, self.precision, self.sampling.len()) {
            (0xc0 | 0xc1, 8, 1 | 3 | 4) => Decoding::Takes { memory: BASELINE_MEMORY },
            (0xc2, 8, 1 | 3 | 4) => {
                Decoding::Takes { memory: BASELINE_MEMORY.saturating_add(self.coefficients() * 2) }
            }
            _ => Decoding::Never("a JPEG coding that no browser shows"),
        }
    }

    /// Coefficients of all components, which a progressive JPEG holds together.
    fn coefficients(&self) -> u64 {
        let most = |factor: fn(&(u8, u8)) -> u8| self.sampling.iter().map(factor).max();
        let across = self.width.div_ceil(8 * u32::from(most(|of| of.0).unwrap_or(1)));
        let down = self.height.div_ceil(8 * u32::from(most(|of| of.1).unwrap_or(1)));
        let blocks: u64 = self.sampling.iter().map(|(h, v)| u64::from(*h) * u64::from(*v)).sum();
        u64::from(across) * u64::from(down) * blocks * 64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(marker: u8, width: u16, height: u16, precision: u8) -> Vec<u8> {
        let ([w1, w0], [h1, h0]) = (width.to_be_bytes(), height.to_be_bytes());
        let components = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
        let mut bytes = vec![0xff, marker, 0, 17, precision, h1, h0, w1, w0, 3];
        bytes.extend(components);
        bytes
    }

    fn image(parts: &[&[u8]]) -> Vec<u8> {
        [&[0xff, SOI][..], &parts.concat()].concat()
    }

    const SCAN: &[u8] = &[0xff, SOS, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4];
    const END: &[u8] = &[0xff, 0xff, EOI];

    #[test]
    fn header_is_read_of_whole_images_alone() {
        let sof = frame(0xc0, 640, 480, 8);
        let thumb_inside = [&[0xff, APP1, 0, 10][..], b"Exif\0\0", &[0xff, EOI]].concat();
        for (bytes, size) in [
            (image(&[&sof, SCAN, END]), Ok((640, 480))),
            (image(&[&sof, SCAN, END, b"a film follows"]), Ok((640, 480))),
            (image(&[&sof, b"stray", SCAN, END]), Ok((640, 480))),
            (image(&[&sof, SCAN]), Err(PhotoError::Damaged)),
            (image(&[&thumb_inside, &sof, SCAN]), Err(PhotoError::Damaged)),
            (image(&[&sof, END]), Err(PhotoError::Damaged)),
            (image(&[SCAN, END]), Err(PhotoError::Damaged)),
            (image(&[&sof, &sof, SCAN, END]), Err(PhotoError::Damaged)),
            (image(&[&sof, &[0xff, 0xdb, 0, 1], SCAN, END]), Err(PhotoError::Damaged)),
            (image(&[&sof, &[0xff, 0xdb, 0xff, 0xff], SCAN, END]), Err(PhotoError::Damaged)),
        ] {
            let found = header(&bytes).map(|header| (header.width, header.height));
            assert_eq!(found, size, "{bytes:02x?}");
        }
    }

    #[test]
    fn cost_of_decoding_is_known_before() {
        let (three, four, sixty_five) = (SCAN.repeat(3), SCAN.repeat(4), SCAN.repeat(65));
        let decoding = |sof: Vec<u8>, scans: &[u8]| {
            header(&image(&[&sof, scans, END])).map(|header| header.decoding)
        };
        let never = |found: Result<Decoding, PhotoError>| matches!(found, Ok(Decoding::Never(_)));
        assert_eq!(
            decoding(frame(0xc0, 12_000, 9_000, 8), SCAN),
            Ok(Decoding::Takes { memory: BASELINE_MEMORY })
        );
        // 4:2:0 has one and a half samples a pixel, two bytes each.
        assert_eq!(
            decoding(frame(0xc2, 4_000, 3_200, 8), SCAN),
            Ok(Decoding::Takes { memory: BASELINE_MEMORY + 4_000 * 3_200 * 3 })
        );
        assert!(!never(decoding(frame(0xc0, 640, 480, 8), &three)), "one a component");
        assert!(never(decoding(frame(0xc0, 640, 480, 8), &four)));
        assert!(!never(decoding(frame(0xc2, 640, 480, 8), &four)));
        assert!(never(decoding(frame(0xc2, 640, 480, 8), &sixty_five)));
        assert!(never(decoding(frame(0xc3, 640, 480, 8), SCAN)), "lossless");
        assert!(never(decoding(frame(0xc9, 640, 480, 8), SCAN)), "arithmetic");
        assert!(never(decoding(frame(0xc1, 640, 480, 12), SCAN)), "twelve bits");
    }
}
