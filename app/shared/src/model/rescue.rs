//! The rescue bundle: everything on this phone in one file, also when nobody can sign
//! in here any more; and taking such a file in, from any device.
//!
//! Never: deletes anything.

use domain::sync::{RESCUE_MAGIC, RescueLine, RescueReport};
use web_sys::Blob;

use super::{AppError, Model, Progress};
use crate::{
    device::{clock, download::Pieces, hash::sha256, js, store},
    sync,
};

/// What was put into the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rescue {
    pub operations: u64,
    pub photos: u64,
    /// Photos whose bytes here are no longer those that were taken: left out.
    pub damaged: u64,
    pub bytes: u64,
}

/// What the server made of a file.
pub type Import = RescueReport;

impl Model {
    /// Writes the file and hands it to the person; `told` hears photos of photos.
    ///
    /// # Errors
    /// The store's; [`AppError::NoDownloads`] where the browser saves no files.
    pub async fn rescue(&self, told: impl Fn(Progress)) -> Result<Rescue, AppError> {
        let device = store::device_of(clock::now()).await?;
        let (operations, photos) = store::rescue_rows().await?;
        let made = clock::now();
        let client = env!("CARGO_PKG_VERSION").into();
        let mut made_of = Rescue::default();
        let mut pieces = Pieces::default();
        pieces.text(&format!("{RESCUE_MAGIC}\n"));
        line(&mut pieces, &RescueLine::Bundle { device, made, client })?;
        for sealed in operations {
            line(&mut pieces, &RescueLine::Operation { sealed })?;
            made_of.operations += 1;
        }
        let of = u64::try_from(photos.len()).unwrap_or(u64::MAX);
        for (sent, hash) in (1_u64..).zip(photos) {
            match store::photo_bytes(hash).await? {
                Some(bytes) if sha256(&bytes).await == hash => {
                    let length = u64::from(bytes.byte_length());
                    line(&mut pieces, &RescueLine::Photo { hash, length })?;
                    pieces.bytes(&bytes);
                    pieces.text("\n");
                    made_of.photos += 1;
                }
                _ => made_of.damaged += 1,
            }
            told(Progress { sent, of });
        }
        let Rescue { operations, photos, .. } = made_of;
        line(&mut pieces, &RescueLine::End { operations, photos })?;
        made_of.bytes = pieces.length_bytes();
        let name = format!("xunjie-{}-{}.rescue", device, made.millis() / 1_000);
        if pieces.save(&name) { Ok(made_of) } else { Err(AppError::NoDownloads) }
    }

    /// Sends such a file, from whichever device, to the server; `told` hears bytes of
    /// bytes. Twice does no harm.
    ///
    /// # Errors
    /// Those of the way, or the server's own words.
    pub async fn take_in_rescue(
        &self,
        file: &Blob,
        told: impl Fn(Progress) + 'static,
    ) -> Result<Import, AppError> {
        let of = js::count(&file.size().into()).unwrap_or(0);
        let report = sync::send_rescue(file, move |sent| told(Progress { sent, of })).await?;
        self.inner.with_sync(sync::Sync::try_now);
        Ok(report)
    }
}

fn line(pieces: &mut Pieces, line: &RescueLine) -> Result<(), AppError> {
    let json = serde_json::to_string(line).map_err(|_| AppError::StorageUnreadable)?;
    pieces.text(&json);
    pieces.text("\n");
    Ok(())
}
