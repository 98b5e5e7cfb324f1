//! The small pictures of a photo: made once, and again when somebody has deleted them.

use domain::PhotoHash;

use super::{
    PhotoError, PhotoStore,
    blob_store::{DecodePermit, blocking},
    derive::{self, Pictures},
};

/// What became of the small pictures of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivatives {
    Made,
    /// Photos of this format or size are not decoded here.
    NotDecoded,
    /// Its bytes are no picture.
    Undecodable,
}

/// What decoding gave.
pub(super) enum Decoded {
    /// With the permit, for they are in memory still.
    Pictures(Pictures, DecodePermit),
    Without(Derivatives),
}

impl PhotoStore {
    /// Makes the small pictures of a photo, unless they are there: somebody who looked at it
    /// may have been faster.
    ///
    /// # Errors
    /// When storage fails; `Decayed` when the bytes on disk are no longer those that were
    /// stored.
    pub async fn make_derivatives(
        &self,
        hash: PhotoHash,
    ) -> Result<Option<Derivatives>, PhotoError> {
        let permit = self.0.decode_permit().await?;
        if self.0.has_derived(hash).await? {
            return Ok(Some(Derivatives::Made));
        }
        match self.decode(hash, permit).await? {
            Some(Decoded::Pictures(pictures, _permit)) => {
                self.0.write_derived(hash, &pictures).await?;
                Ok(Some(Derivatives::Made))
            }
            Some(Decoded::Without(why)) => Ok(Some(why)),
            None => Ok(None),
        }
    }

    /// Decodes a photo; `None` when there is none.
    pub(super) async fn decode(
        &self,
        hash: PhotoHash,
        permit: DecodePermit,
    ) -> Result<Option<Decoded>, PhotoError> {
        let Some(original) = self.0.read_original(hash).await? else { return Ok(None) };
        // The permit goes along: who hangs up must not make room for more work than agreed.
        let (made, permit) = blocking(move || (derive::pictures(&original), permit)).await?;
        Ok(Some(match made {
            Ok(Some(pictures)) => Decoded::Pictures(pictures, permit),
            Ok(None) => Decoded::Without(Derivatives::NotDecoded),
            Err(PhotoError::Damaged) => Decoded::Without(Derivatives::Undecodable),
            Err(error) => return Err(error),
        }))
    }
}
