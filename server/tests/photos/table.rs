//! The table of made files, of which the phone's half runs in the browser: what the server
//! makes of each.

use std::collections::BTreeMap;

use made_photos::{MadeFile, Outcome, Refused, picture};
use xunjie::photos::{PhotoError, Size, StoredPhoto};

use crate::blob_store::BlobStore;

#[tokio::test]
async fn each_made_file_is_shown_kept_or_refused_as_the_table_says() {
    let blobs = BlobStore::new();
    let mut wrong = BTreeMap::new();
    for MadeFile { name, bytes, server, .. } in made_photos::all() {
        let stored = blobs.ingest(&bytes).await;
        if let Err(why) = compare(&blobs, &bytes, stored, server).await {
            wrong.insert(name, why);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn compare(
    blobs: &BlobStore,
    bytes: &[u8],
    stored: Result<StoredPhoto, PhotoError>,
    expected: Outcome,
) -> Result<(), String> {
    match (stored, expected) {
        (Ok(stored), Outcome::Shown { width, height, corners }) => {
            if (stored.width, stored.height) != (width, height) {
                return Err(format!("{} × {}", stored.width, stored.height));
            }
            for size in [Size::Thumb, Size::Screen] {
                let shown = blobs.picture(bytes, size).await;
                let (across, down) = shown.dimensions();
                // The same shape, within what rounding makes of it.
                if (f64::from(across) / f64::from(down) - f64::from(width) / f64::from(height))
                    .abs()
                    > 0.02
                {
                    return Err(format!("squeezed to {across} × {down}"));
                }
                picture::compare(&shown, corners)?;
            }
            Ok(())
        }
        (Ok(stored), Outcome::Kept) => {
            let shown = blobs.photos.read(stored.hash, Size::Screen).await;
            if shown == Ok(None) { Ok(()) } else { Err(format!("{shown:?}")) }
        }
        (Err(error), Outcome::Refused(why)) if is(&error, why) => Ok(()),
        (other, _) => Err(format!("{other:?}")),
    }
}

fn is(error: &PhotoError, why: Refused) -> bool {
    match (error, why) {
        (PhotoError::NotAPhoto | PhotoError::Empty, Refused::NotAPhoto)
        | (PhotoError::Damaged, Refused::Damaged)
        | (PhotoError::TooManyPixels { .. }, Refused::TooManyPixels) => true,
        (PhotoError::Unsupported(format), Refused::Unsupported(name)) => format.name() == name,
        _ => false,
    }
}
