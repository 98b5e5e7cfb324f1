//! One photo whose bytes are on disk: its receipt, and its arrival at every case that
//! names it, once each.

use domain::{
    Timestamp, UserName,
    evidence::{Receipt, ReceiptSubject},
};

use super::{DecisionContext, record};
use crate::{
    photos::StoredPhoto,
    store::{StoreError, Transaction, photos},
};

/// Takes a stored photo into the database. The same photo again: the same receipt.
///
/// # Errors
/// Those of the database; the bytes stay on disk and may be sent again.
pub fn receive_photo(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    uploader: &UserName,
    photo: &StoredPhoto,
    now: Timestamp,
) -> Result<Receipt, StoreError> {
    let subject = ReceiptSubject::Photo { hash: photo.hash, length: photo.length };
    let receipt = decision_context.signer.sign(transaction, subject, now)?;
    let receipt = photos::add(
        transaction,
        &photos::PhotoRecord {
            hash: photo.hash,
            length: photo.length,
            format: photo.format,
            width: photo.width,
            height: photo.height,
            uploader,
            received: receipt.stated.at,
            receipt: &receipt,
        },
    )?;
    for case in photos::mark_arrived(transaction, photo.hash)? {
        record::append_arrival(transaction, decision_context, case, photo.hash, now)?;
    }
    Ok(receipt)
}
