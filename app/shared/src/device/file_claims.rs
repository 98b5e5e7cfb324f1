//! What a chosen file says of itself in its EXIF block, before it is written anew without
//! one: when and where it was taken.
//!
//! Never: an error. A file that says nothing that can be read claims nothing.

use std::io::{BufRead, Seek};

use domain::{
    evidence::{ClaimedTime, FileClaims},
    place::GeoPoint,
};
use exif::{DateTime, Exif, In, Reader, Tag, Value};
use jiff::civil;

/// Reads as little of the file as its container allows.
pub fn read_claims(file: &mut (impl BufRead + Seek)) -> FileClaims {
    let read = Reader::new().continue_on_error(true).read_from_container(file);
    // Of a block that is broken further on, what could be read counts.
    match read.or_else(|error| error.distill_partial_result(|_| {})) {
        Ok(exif) => FileClaims { taken: taken(&exif), at: place(&exif) },
        Err(_) => FileClaims::default(),
    }
}

fn taken(exif: &Exif) -> Option<ClaimedTime> {
    let written = DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    let part = |of: u8| i8::try_from(of).ok();
    let local = civil::DateTime::new(
        i16::try_from(written.year).ok()?,
        part(written.month)?,
        part(written.day)?,
        part(written.hour)?,
        part(written.minute)?,
        part(written.second)?,
        0,
    );
    let local = local.ok()?;
    let offset = ascii(exif, Tag::OffsetTimeOriginal).and_then(|text| {
        let mut with_offset = DateTime { offset: None, ..written };
        with_offset.parse_offset(text).ok()?;
        with_offset.offset
    });
    // An offset that is none does not make the date worse.
    ClaimedTime::new(local, offset).or_else(|| ClaimedTime::new(local, None))
}

fn place(exif: &Exif) -> Option<GeoPoint> {
    let lat = degrees(exif, Tag::GPSLatitude)? * sign(exif, Tag::GPSLatitudeRef, *b"NS")?;
    let lon = degrees(exif, Tag::GPSLongitude)? * sign(exif, Tag::GPSLongitudeRef, *b"EW")?;
    let at = GeoPoint::from_degrees(lat, lon)?;
    // What cameras write before they have a position; nobody inspects streets there.
    let is_nowhere = at.lat_e6 == 0 && at.lon_e6 == 0;
    (!is_nowhere).then_some(at)
}

/// Degrees, minutes and seconds; the last ones may be missing.
fn degrees(exif: &Exif, tag: Tag) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    if parts.is_empty() || parts.len() > 3 {
        return None;
    }
    let mut degrees = 0.0;
    for (part, (share, most)) in parts.iter().zip([(1.0, 180.0), (60.0, 60.0), (3600.0, 60.0)]) {
        let value = part.to_f64();
        if !(0.0..=most).contains(&value) {
            return None;
        }
        degrees += value / share;
    }
    Some(degrees)
}

fn sign(exif: &Exif, tag: Tag, [positive, negative]: [u8; 2]) -> Option<f64> {
    match ascii(exif, tag)?.first()? {
        letter if *letter == positive => Some(1.0),
        letter if *letter == negative => Some(-1.0),
        _ => None,
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use made_photos::claims::{self, Dated};

    use super::*;

    #[test]
    fn claims_of_each_made_file_are_those_it_was_made_with() {
        let files = claims::all();
        assert!(files.len() >= 40, "{}", files.len());
        for Dated { name, bytes, taken, at } in files {
            let found = read_claims(&mut Cursor::new(&bytes));
            let expected = taken
                .map(|(local, offset)| ClaimedTime::new(local.parse().unwrap(), offset).unwrap());
            assert_eq!(found.taken, expected, "{name}");
            let near = |a: GeoPoint, b: GeoPoint| {
                a.lat_e6.abs_diff(b.lat_e6) <= 2 && a.lon_e6.abs_diff(b.lon_e6) <= 2
            };
            let at = at.map(|(lat, lon)| GeoPoint::from_degrees(lat, lon).unwrap());
            match (found.at, at) {
                (None, None) => {}
                (Some(found), Some(at)) if near(found, at) => {}
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn file_cut_or_altered_anywhere_claims_something_in_range_or_nothing() {
        for Dated { bytes, .. } in claims::all() {
            for at in 0..bytes.len().min(400) {
                let mut altered = bytes.clone();
                altered[at] ^= 0x81;
                let _in_range = read_claims(&mut Cursor::new(&altered));
                let _in_range = read_claims(&mut Cursor::new(&bytes[..at]));
            }
        }
    }
}
