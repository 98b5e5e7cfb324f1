//! Reading a photo: the original as it came, or a small picture, made now if it is not
//! there yet.
//!
//! Never: gives out original bytes where a small picture was asked for; those carry
//! position and device.

use bytes::Bytes;
use domain::{PhotoHash, evidence::PhotoFormat};

use super::{PhotoError, PhotoStore, derivatives::Decoded, derive};

/// How large a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// At most 320 pixels, for lists.
    Thumb,
    /// At most 1280 pixels, to fill a screen.
    Screen,
    /// The evidence itself, with whatever metadata it came with.
    Original,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub bytes: Bytes,
    pub media_type: &'static str,
}

impl PhotoStore {
    /// `None` when there is no such photo, or no small picture can be made of it (HEIC, more
    /// than the server has memory for, bytes that are no picture); the original is there then.
    ///
    /// # Errors
    /// When storage fails; `Decayed` when the bytes on disk are no longer those that were
    /// stored.
    pub async fn read(&self, hash: PhotoHash, size: Size) -> Result<Option<Picture>, PhotoError> {
        match size {
            Size::Thumb => self.small(hash, derive::THUMB).await,
            Size::Screen => self.small(hash, derive::SCREEN).await,
            Size::Original => self.original(hash).await,
        }
    }

    async fn original(&self, hash: PhotoHash) -> Result<Option<Picture>, PhotoError> {
        let Some(bytes) = self.0.read_original(hash).await? else { return Ok(None) };
        let format = PhotoFormat::from_magic(&bytes).ok_or(PhotoError::Damaged)?;
        Ok(Some(Picture { bytes, media_type: format.media_type() }))
    }

    async fn small(&self, hash: PhotoHash, longest: u32) -> Result<Option<Picture>, PhotoError> {
        if let Some(bytes) = self.0.read_derived(hash, longest).await? {
            return Ok(Some(jpeg(bytes)));
        }
        let permit = self.0.decode_permit().await?;
        // Ten screens that ask for a new photo at once wait here; one of them makes it.
        if let Some(bytes) = self.0.read_derived(hash, longest).await? {
            return Ok(Some(jpeg(bytes)));
        }
        let Some(Decoded::Pictures(pictures, permit)) = self.decode(hash, permit).await? else {
            return Ok(None);
        };
        if let Err(error) = self.0.write_derived(hash, &pictures).await {
            tracing::warn!(photo = %hash, %error, "pictures were made and not kept");
        }
        drop(permit);
        let bytes = if longest == derive::THUMB { pictures.thumb } else { pictures.screen };
        Ok(Some(jpeg(bytes.into())))
    }
}

fn jpeg(bytes: Bytes) -> Picture {
    Picture { bytes, media_type: PhotoFormat::Jpeg.media_type() }
}
