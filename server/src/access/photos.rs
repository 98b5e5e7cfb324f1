//! Who may see a photo.

use domain::{PhotoHash, access::Actor, summary};

use crate::store::{StoreError, Transaction, cases, photos};

/// How much of a photo somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoAccess {
    Denied,
    /// The small pictures, which carry no metadata.
    Pictures,
    /// Also the bytes as they came. What a camera writes into them can show whose phone
    /// it was, so this is for roles that are shown who reported.
    Original,
}

/// What `actor` may see of a photo: of those of cases they see, and of those they sent.
///
/// # Errors
/// Those of the database.
pub fn photo_access(
    transaction: &mut dyn Transaction,
    actor: &Actor,
    hash: PhotoHash,
) -> Result<PhotoAccess, StoreError> {
    if photos::uploader(transaction, hash)?.is_some_and(|uploader| uploader == actor.user) {
        return Ok(PhotoAccess::Original);
    }
    for id in photos::cases(transaction, hash)? {
        let summary = cases::summary(transaction, id)?;
        if summary.is_some_and(|summary| summary::sees(actor, &summary)) {
            return Ok(if actor.role.sees_reporter() {
                PhotoAccess::Original
            } else {
                PhotoAccess::Pictures
            });
        }
    }
    Ok(PhotoAccess::Denied)
}
