//! One photo whose bytes are on disk: its receipt, and its arrival at every case that
//! waits for it, once each.

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
pub fn arrive(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    uploader: &UserName,
    taken: &StoredPhoto,
    now: Timestamp,
) -> Result<Receipt, StoreError> {
    let subject = ReceiptSubject::Photo { hash: taken.hash, length: taken.length };
    let receipt = decision_context.signer.sign(transaction, subject, now)?;
    let receipt = photos::add(
        transaction,
        &photos::Row {
            hash: taken.hash,
            length: taken.length,
            format: taken.format,
            width: taken.width,
            height: taken.height,
            uploader,
            received: receipt.stated.at,
            receipt: &receipt,
        },
    )?;
    for case in photos::arrive_at_all(transaction, taken.hash)? {
        record::arrival(transaction, case, taken.hash, now)?;
    }
    Ok(receipt)
}
