//! The server's signed word that it holds an operation or a photo. A phone frees
//! bytes for nothing less: a 200 from a captive portal is not a receipt.

use std::{fmt, str::FromStr};

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::{OperationId, PhotoHash, Sha256Hash, Timestamp};

/// Which life of the server's store this is. It changes when the store is restored
/// from a backup, so that phones offer again what the backup may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Epoch(pub u64);

/// What a receipt is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReceiptSubject {
    /// The operation is on disk; `photos` is its manifest, each wanting its own receipt.
    Operation { id: OperationId, digest: Sha256Hash, photos: Vec<PhotoHash> },
    /// The photo is on disk; `length` bytes were read back and hashed.
    Photo { hash: PhotoHash, length: u64 },
}

impl ReceiptSubject {
    /// Whether it is for an operation with this photo in its manifest.
    #[must_use]
    pub fn names(&self, photo: &PhotoHash) -> bool {
        matches!(self, Self::Operation { photos, .. } if photos.contains(photo))
    }
}

/// A receipt before it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unsigned {
    pub subject: ReceiptSubject,
    /// When the server had it on disk, by the server's clock.
    pub at: Timestamp,
    pub epoch: Epoch,
}

/// 回执. Checked with [`Receipt::check`] before it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    pub stated: Unsigned,
    /// Ed25519 (RFC 8032) over [`Unsigned::signed_text`], 128 hexadecimal digits.
    pub signature: String,
}

impl Unsigned {
    #[must_use]
    pub fn sign(self, key: &SigningKey) -> Receipt {
        let signature = key.sign(self.signed_text().as_bytes());
        Receipt { stated: self, signature: hex(&signature.to_bytes()) }
    }

    /// The text that is signed: one fact a line, so that no two receipts can be
    /// written the same way.
    #[must_use]
    pub fn signed_text(&self) -> String {
        let mut text = String::from("xunjie receipt 1\n");
        match &self.subject {
            ReceiptSubject::Operation { id, digest, photos } => {
                text.push_str(&format!("operation {id}\ndigest {digest}\n"));
                for photo in photos {
                    text.push_str(&format!("photo {photo}\n"));
                }
            }
            ReceiptSubject::Photo { hash, length } => {
                text.push_str(&format!("photo {hash}\nlength {length}\n"));
            }
        }
        text.push_str(&format!("at {}\nepoch {}\n", self.at.millis(), self.epoch.0));
        text
    }
}

impl Receipt {
    /// # Errors
    /// When the signature is not this server's over just these facts.
    pub fn check(&self, key: &PublicKey) -> Result<(), BadReceipt> {
        let bytes = unhex::<64>(&self.signature).ok_or(BadReceipt)?;
        let key = VerifyingKey::from_bytes(&key.0).map_err(|_| BadReceipt)?;
        key.verify_strict(self.stated.signed_text().as_bytes(), &Signature::from_bytes(&bytes))
            .map_err(|_| BadReceipt)
    }
}

/// The server's public key, 64 hexadecimal digits. A phone learns it at sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    #[must_use]
    pub fn of(key: &SigningKey) -> Self {
        Self(key.verifying_key().to_bytes())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = BadReceipt;

    fn from_str(text: &str) -> Result<Self, BadReceipt> {
        unhex(text).map(Self).ok_or(BadReceipt)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::text_form::deserialize_from_str!(PublicKey, "not a public key of 64 digits");

/// The signature is not the server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadReceipt;

impl fmt::Display for BadReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not signed by this server")
    }
}

impl std::error::Error for BadReceipt {}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> (Receipt, PublicKey) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let stated = Unsigned {
            subject: ReceiptSubject::Operation {
                id: OperationId::new(Timestamp::from_millis(5), [1; 10]),
                digest: Sha256Hash::of(b"body"),
                photos: vec![Sha256Hash::of(b"one"), Sha256Hash::of(b"two")],
            },
            at: Timestamp::from_millis(1_790_000_000_000),
            epoch: Epoch(3),
        };
        (stated.sign(&key), PublicKey::of(&key))
    }

    #[test]
    fn a_receipt_survives_the_wire() {
        let (receipt, key) = receipt();
        let wire = serde_json::to_string(&receipt).unwrap();
        let read: Receipt = serde_json::from_str(&wire).unwrap();
        assert_eq!(read.check(&key), Ok(()));
    }

    #[test]
    fn any_changed_fact_breaks_it() {
        let (good, key) = receipt();
        let mut later = good.clone();
        later.stated.at = later.stated.at.plus_millis(1);
        let mut other_epoch = good.clone();
        other_epoch.stated.epoch = Epoch(4);
        let mut fewer_photos = good.clone();
        if let ReceiptSubject::Operation { photos, .. } = &mut fewer_photos.stated.subject {
            photos.pop();
        }
        let mut cut = good.clone();
        cut.signature.pop();
        for forged in [later, other_epoch, fewer_photos, cut] {
            assert_eq!(forged.check(&key), Err(BadReceipt));
        }
        let stranger = PublicKey::of(&SigningKey::from_bytes(&[8; 32]));
        assert_eq!(good.check(&stranger), Err(BadReceipt));
    }
}
