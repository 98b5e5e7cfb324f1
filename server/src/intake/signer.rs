//! Signs receipts with the key that was made with the data folder.

use std::fmt;

use domain::{
    Sha256Hash, Timestamp,
    evidence::{Epoch, PublicKey, Receipt, ReceiptSubject, Unsigned},
};
use ed25519_dalek::SigningKey;

use crate::store::{
    StoreError, Transaction,
    meta::{self, Fact},
};

pub struct Signer {
    key: SigningKey,
    epoch: Epoch,
}

impl Signer {
    /// The key and the epoch of an open data folder.
    ///
    /// # Errors
    /// When the folder was not made by `init`.
    pub fn load(transaction: &mut dyn Transaction) -> Result<Self, StoreError> {
        let missing = StoreError::Missing("signing key");
        let seed: Sha256Hash =
            meta::require(transaction, Fact::SigningKey)?.parse().map_err(|_| missing)?;
        let missing = StoreError::Missing("epoch");
        let epoch = meta::require(transaction, Fact::Epoch)?.parse().map_err(|_| missing)?;
        Ok(Self { key: SigningKey::from_bytes(seed.as_bytes()), epoch: Epoch(epoch) })
    }

    /// Makes the key and the first epoch of a new data folder.
    ///
    /// # Errors
    /// Those of the database.
    pub fn make(
        transaction: &mut dyn Transaction,
        seed: [u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // In the form of a hash: 64 hexadecimal digits.
        let seed = Sha256Hash::from_bytes(seed).to_string();
        meta::set(transaction, Fact::SigningKey, &seed)?;
        // The time makes it larger than the epoch of any folder made before: a phone that
        // changes to another folder sees another epoch.
        meta::set(transaction, Fact::Epoch, &now.millis().to_string())
    }

    /// Signs a receipt for what this transaction writes. It is valid only once the
    /// transaction is committed, so it may leave the server only after that.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sign(
        &self,
        transaction: &mut dyn Transaction,
        subject: ReceiptSubject,
        clock: Timestamp,
    ) -> Result<Receipt, StoreError> {
        let at = meta::receipt_time(transaction, clock)?;
        Ok(Unsigned { subject, at, epoch: self.epoch }.sign(&self.key))
    }

    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}
