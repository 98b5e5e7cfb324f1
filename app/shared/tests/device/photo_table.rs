//! The table of made files, of which the server's half runs natively: what the phone makes of
//! each, by the script that it is sent; and what a chosen file is found to claim.

use std::{collections::BTreeMap, io::BufReader};

use app_shared::device::{
    file_claims::read_claims,
    file_reader::FileReader,
    photo_worker::{Made, WorkerError, make},
};
use domain::{evidence::PhotoFormat, place::GeoPoint};
use js_sys::Uint8Array;
use made_photos::{MadeFile, Outcome, Refused, claims::Dated, picture};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::photo_worker::serve_worker;

#[wasm_bindgen_test]
async fn each_made_file_is_shown_kept_or_refused_as_the_table_says() {
    serve_worker();
    let mut wrong = BTreeMap::new();
    for MadeFile { name, bytes, phone, .. } in made_photos::all() {
        let made = make(Uint8Array::from(bytes.as_slice()).buffer()).await;
        if let Err(why) = compare(&bytes, made, phone) {
            wrong.insert(name, why);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn compare(file: &[u8], made: Result<Made, WorkerError>, expected: Outcome) -> Result<(), String> {
    match (made, expected) {
        (Ok(made), Outcome::Shown { width, height, corners }) => {
            if (made.format, made.width, made.height) != (PhotoFormat::Jpeg, width, height) {
                return Err(format!("{:?} of {} × {}", made.format, made.width, made.height));
            }
            for bytes in [made.bytes, made.thumb.ok_or("no thumbnail")?] {
                let bytes = Uint8Array::new(&bytes).to_vec();
                let shown = image::load_from_memory(&bytes).map_err(|error| error.to_string())?;
                let (across, down) = (f64::from(shown.width()), f64::from(shown.height()));
                if (across / down - f64::from(width) / f64::from(height)).abs() > 0.02 {
                    return Err(format!("squeezed to {across} × {down}"));
                }
                picture::compare(&shown.into_rgb8(), corners)?;
            }
            Ok(())
        }
        (Ok(made), Outcome::Kept) => {
            let is_kept = Uint8Array::new(&made.bytes).to_vec() == file;
            if is_kept && made.format == PhotoFormat::Heic && (made.width, made.height) == (0, 0) {
                Ok(())
            } else {
                Err(format!("{:?} of {} × {}", made.format, made.width, made.height))
            }
        }
        (Err(error), Outcome::Refused(why)) if is(error, why) => Ok(()),
        (Ok(made), _) => Err(format!("{:?} of {} × {}", made.format, made.width, made.height)),
        (Err(error), _) => Err(format!("{error:?}")),
    }
}

fn is(error: WorkerError, why: Refused) -> bool {
    match (error, why) {
        (WorkerError::NotAPhoto, Refused::NotAPhoto)
        | (WorkerError::Damaged, Refused::Damaged)
        | (WorkerError::Blank, Refused::Blank)
        | (WorkerError::TooManyPixels { .. }, Refused::TooManyPixels) => true,
        (WorkerError::Unsupported(format), Refused::Unsupported(name)) => format.name() == name,
        _ => false,
    }
}

#[wasm_bindgen_test]
fn claims_of_a_file_are_read_piece_by_piece_from_the_bytes_of_the_browser() {
    for Dated { name, bytes, taken, at } in made_photos::claims::all() {
        let buffer = Uint8Array::from(bytes.as_slice()).buffer();
        let found = read_claims(&mut BufReader::new(FileReader::new(&buffer)));
        let local = found.taken.map(|taken| (taken.local().to_string(), taken.offset_minutes()));
        let expected = taken.map(|(local, offset)| (local.to_owned(), offset));
        assert_eq!(local, expected, "{name}");
        assert_eq!(found.at.is_some(), at.is_some(), "{name}");
        if let (Some(found), Some((lat, lon))) = (found.at, at) {
            let expected = GeoPoint::from_degrees(lat, lon).expect("on the globe");
            assert!(found.lat_e6.abs_diff(expected.lat_e6) <= 2, "{name}");
            assert!(found.lon_e6.abs_diff(expected.lon_e6) <= 2, "{name}");
        }
    }
}
