//! Importing a rescue bundle: what a phone had stored, sent by anybody. Read as it comes, one
//! item at a time; what the server has already is counted as known, and what is damaged is
//! counted and stops nothing else.
//!
//! Never: holds more than one item in memory; reports something as imported that is not on
//! disk.

mod lines;

use domain::{
    DeviceId, PhotoHash, UserName,
    evidence::chain_digest,
    sync::{RESCUE_MAGIC, RescueLine, RescueReport, Sealed},
};
use tokio::io::AsyncBufRead;
use tokio_util::io::ReaderStream;

use crate::{
    intake::{self, Bundle, DecisionContext},
    photos::{Expected, PhotoError, PhotoStore},
    store::{self, Store, StoreError, operations},
    system::clock,
};
use lines::{Line, Lines};

/// What a bundle is imported into, and for whom.
pub struct Importer<'a> {
    pub store: &'a Store,
    pub photos: &'a PhotoStore,
    pub decision_context: &'a DecisionContext,
    /// Who sends it.
    pub user: UserName,
    /// The device it is of when the bundle does not say so.
    pub device: DeviceId,
    /// Whether whoever sends it can write to the data folder anyway.
    pub is_trusted: bool,
}

/// Why a bundle was not imported to its end. Importing it again goes on where this ended.
#[derive(Debug)]
pub enum RescueError {
    NotABundle,
    Store(StoreError),
    Photos(PhotoError),
}

impl Importer<'_> {
    /// Imports a bundle, up to where it was cut short.
    ///
    /// # Errors
    /// When it is no bundle, or storage fails.
    pub async fn import(
        self,
        input: impl AsyncBufRead + Unpin + Send,
    ) -> Result<RescueReport, RescueError> {
        let mut lines = Lines::new(input);
        if lines.next().await != Some(Line::Text(RESCUE_MAGIC.into())) {
            return Err(RescueError::NotABundle);
        }
        let mut bundle =
            Bundle { device: self.device, user: self.user.clone(), is_trusted: self.is_trusted };
        let mut report = RescueReport::default();
        let (mut operations, mut photos) = (0, 0);
        let mut is_in_damage = false;
        while let Some(line) = lines.next().await {
            let Some(line) = line.parse() else {
                // The lines after a damaged one may be the bytes of its photo: counted once.
                report.damaged += u64::from(!is_in_damage);
                is_in_damage = true;
                continue;
            };
            is_in_damage = false;
            match line {
                RescueLine::Bundle { device, .. } => bundle.device = device,
                RescueLine::Operation { sealed } => {
                    operations += 1;
                    self.import_operation(&bundle, sealed, &mut report).await?;
                }
                RescueLine::Photo { hash, length } => {
                    photos += 1;
                    if !self.import_photo(&mut lines, hash, length, &mut report).await? {
                        break;
                    }
                }
                RescueLine::End { operations: all, photos: all_photos } => {
                    report.whole = all == operations && all_photos == photos;
                    break;
                }
            }
        }
        tracing::info!(user = %self.user, device = %bundle.device, ?report, "imported a rescue bundle");
        Ok(report)
    }

    async fn import_operation(
        &self,
        bundle: &Bundle,
        sealed: Sealed,
        report: &mut RescueReport,
    ) -> Result<(), RescueError> {
        let is_damaged = chain_digest(&sealed.body) != sealed.digest;
        let (decision_context, bundle) = (self.decision_context.clone(), bundle.clone());
        let is_known = self
            .store
            .write(move |transaction| {
                let found = chain_digest(&sealed.body);
                let is_known = operations::is_stored(transaction, sealed.id, found)?;
                if !is_known {
                    intake::receive_rescued_operation(
                        transaction,
                        &decision_context,
                        &bundle,
                        &sealed,
                        clock::now(),
                    )?;
                }
                Ok(is_known)
            })
            .await?;
        match (is_damaged, is_known) {
            // Its bytes are in quarantine, so nothing is lost.
            (true, _) => report.damaged += 1,
            (false, true) => report.operations_known += 1,
            (false, false) => report.operations_taken += 1,
        }
        Ok(())
    }

    /// `false` when the bundle was cut off inside this photo.
    async fn import_photo(
        &self,
        lines: &mut Lines<impl AsyncBufRead + Unpin + Send>,
        hash: PhotoHash,
        length: u64,
        report: &mut RescueReport,
    ) -> Result<bool, RescueError> {
        let mut bytes = lines.bytes(length);
        if self.is_stored(hash).await? {
            bytes.skip().await;
        } else {
            let stored =
                self.photos.ingest(hash, Some(length), ReaderStream::new(&mut bytes)).await;
            bytes.skip().await;
            match stored {
                Ok(photo) => {
                    let (decision_context, user) =
                        (self.decision_context.clone(), self.user.clone());
                    self.store
                        .write(move |transaction| {
                            intake::receive_photo(
                                transaction,
                                &decision_context,
                                &user,
                                &photo,
                                clock::now(),
                            )
                        })
                        .await?;
                    report.photos_taken += 1;
                    return Ok(lines.end_of_bytes().await);
                }
                Err(error) if error.is_of_storage() => return Err(error.into()),
                Err(_) if bytes.is_cut() => return Ok(false),
                Err(error) => {
                    tracing::warn!(photo = %hash, %error, "a photo of a rescue bundle");
                    report.damaged += 1;
                    return Ok(lines.end_of_bytes().await);
                }
            }
        }
        if bytes.is_cut() {
            return Ok(false);
        }
        report.photos_known += 1;
        Ok(lines.end_of_bytes().await)
    }

    /// Whether the photo is in the database and on the disk.
    async fn is_stored(&self, hash: PhotoHash) -> Result<bool, RescueError> {
        let length =
            self.store.read(move |transaction| store::photos::length(transaction, hash)).await?;
        let Some(length) = length else { return Ok(false) };
        Ok(self.photos.lacking(vec![Expected { hash, length }]).await?.is_empty())
    }
}

impl std::fmt::Display for RescueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotABundle => write!(f, "it does not begin with {RESCUE_MAGIC:?}"),
            Self::Store(error) => write!(f, "{error}"),
            Self::Photos(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for RescueError {}

impl From<StoreError> for RescueError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<PhotoError> for RescueError {
    fn from(error: PhotoError) -> Self {
        Self::Photos(error)
    }
}
