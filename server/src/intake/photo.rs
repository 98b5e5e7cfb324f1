//! One photo whose bytes are on disk: its receipt, its arrival at every case that names it,
//! once each, and what became of its small pictures.

use domain::{
    PhotoHash, Timestamp, UserName,
    case::Event,
    evidence::{Receipt, ReceiptSubject},
};

use super::{DecisionContext, record};
use crate::{
    photos::StoredPhoto,
    store::{
        StoreError, Transaction,
        derivatives::{self, DerivativeState},
        jobs::{self, JobKind},
        photos,
    },
};

/// Takes a stored photo into the database, with the job of making its small pictures. The
/// same photo again: the same receipt.
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
    if derivatives::add(transaction, photo.hash)? {
        jobs::add(transaction, JobKind::Derivatives, &photo.hash.to_string(), now)?;
    }
    let event = Event::PhotoArrived { hash: photo.hash };
    for case in photos::mark_arrived(transaction, photo.hash)? {
        record::append_of_server(transaction, decision_context, case, event.clone(), now)?;
    }
    Ok(receipt)
}

/// Takes what became of the small pictures of a photo. A photo that is no picture is named so
/// in each of its cases.
///
/// # Errors
/// Those of the database.
pub fn settle_derivatives(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    hash: PhotoHash,
    state: DerivativeState,
    now: Timestamp,
) -> Result<(), StoreError> {
    derivatives::set(transaction, hash, state)?;
    if state != DerivativeState::Undecodable {
        return Ok(());
    }
    let event = Event::PhotoUndecodable { hash };
    for case in photos::cases(transaction, hash)? {
        // Said once: the pictures may have been tried before, and their row lost since.
        if record::is_undecodable_in(transaction, case, hash)? {
            continue;
        }
        record::append_of_server(transaction, decision_context, case, event.clone(), now)?;
    }
    Ok(())
}
