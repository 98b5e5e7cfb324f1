//! The receipts that were given: each signed with this server's key, for just what is
//! stored.

use domain::{
    Timestamp,
    evidence::{Epoch, PublicKey, Receipt, ReceiptSubject},
};

use crate::{
    intake::Signer,
    store::{DirectConnection, StoreError},
};

pub(super) struct Receipts {
    key: PublicKey,
    epoch: Epoch,
}

impl Receipts {
    pub(super) fn load(file: &DirectConnection) -> Result<Self, StoreError> {
        let signer = file.read_in_snapshot(Signer::load)?;
        Ok(Self { key: signer.public(), epoch: signer.epoch() })
    }

    /// What is wrong with a stored receipt for `subject`, given at `received`.
    pub(super) fn fault(
        &self,
        stored: &str,
        subject: &ReceiptSubject,
        received: Option<Timestamp>,
    ) -> Option<String> {
        let Ok(receipt) = serde_json::from_str::<Receipt>(stored) else {
            return Some("its receipt is not readable".into());
        };
        if receipt.check(&self.key).is_err() {
            return Some("its receipt is not signed by this server".into());
        }
        if receipt.stated.subject != *subject {
            return Some("its receipt is for something else".into());
        }
        if received.is_some_and(|received| received != receipt.stated.at) {
            return Some("its receipt is of another time".into());
        }
        if receipt.stated.epoch > self.epoch {
            return Some("its receipt is of a later epoch than the server's".into());
        }
        None
    }
}
