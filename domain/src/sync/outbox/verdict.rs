//! Whether what came back is the server's word for what was sent.

use super::{
    rule::{Rule, holds},
    tracked::TrackedOperation,
};
use crate::{
    PhotoHash,
    evidence::{PublicKey, Receipt, ReceiptSubject},
    sync::{OperationResult, Verdict},
};
use std::collections::BTreeSet;

/// Whether `result` settles `row`.
pub(super) fn settles(result: &OperationResult, row: &TrackedOperation, key: &PublicKey) -> bool {
    let ReceiptSubject::Operation { id, digest, photos } = &result.receipt.stated.subject else {
        return false;
    };
    // Also in quarantine: a receipt for other bytes under this id says that these were
    // damaged on the way, and the whole ones are still here alone.
    let is_of_it = *id == row.id && *digest == row.digest;
    // What could not be read names no photo; their bytes stay on the phone.
    let is_read = !matches!(result.verdict, Verdict::Quarantined { .. });
    let names_each = same(photos, &row.photos) || !is_read;
    (is_of_it || !holds(Rule::L6OfThisOperation))
        && (names_each || !holds(Rule::L5NamesEachPhoto))
        && is_signed(&result.receipt, key)
}

/// Whether `receipt` is for this photo.
pub(super) fn is_for_photo(receipt: &Receipt, wanted: &PhotoHash, key: &PublicKey) -> bool {
    let ReceiptSubject::Photo { hash, .. } = &receipt.stated.subject else { return false };
    (hash == wanted || !holds(Rule::L6OfThisPhoto)) && is_signed(receipt, key)
}

fn same(a: &[PhotoHash], b: &[PhotoHash]) -> bool {
    let set = |hashes: &[PhotoHash]| hashes.iter().copied().collect::<BTreeSet<_>>();
    set(a) == set(b)
}

fn is_signed(receipt: &Receipt, key: &PublicKey) -> bool {
    if !holds(Rule::L6Signed) {
        return true;
    }
    #[cfg(test)]
    if let Some(is_signed) = super::simulation::rules::is_signed(receipt) {
        return is_signed;
    }
    receipt.check(key).is_ok()
}
