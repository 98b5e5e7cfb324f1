//! What a person may read: the feed of changed cases, and photos.

use domain::{
    CaseId, District, PhotoHash, Timestamp,
    access::Actor,
    case::{self, Case},
    sync::{CaseLog, Changes},
};

use crate::store::{
    StoreError, Transaction,
    cases::{self, Changed, Logged},
    changes, photos,
};

/// Cases that ended longer ago are not sent to a device that never had them.
const CLOSED_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Events in one answer, after which it ends early. Bounds its size.
const MOST_EVENTS: usize = 5_000;

/// The cases that changed after `after`, as `actor` may read them.
///
/// # Errors
/// Those of the database.
pub fn changes(
    transaction: &mut dyn Transaction,
    district: &District,
    actor: &Actor,
    after: u64,
    most: u32,
    now: Timestamp,
) -> Result<Changes, StoreError> {
    let latest = changes::latest(transaction)?;
    // A number from the future is of another life of this store: begin anew.
    let after = if after > latest { 0 } else { after };
    let closed_since = now.plus_millis(-CLOSED_KEPT_MS);
    let changed = cases::changed(transaction, after, closed_since, most)?;
    let is_full = changed.len() >= usize::try_from(most).unwrap_or(usize::MAX);
    let mut answer = Changes { cases: Vec::new(), gone: Vec::new(), next: latest, more: false };
    let mut events = 0;
    let mut remaining = changed.into_iter().peekable();
    while let Some(changed) = remaining.next() {
        let log = cases::log(transaction, changed.id)?;
        events += log.len();
        let change = changed.change;
        tell(&mut answer, district, actor, after, changed, log);
        if remaining.peek().is_none() && is_full || events >= MOST_EVENTS {
            answer.next = change;
            answer.more = change < latest;
            break;
        }
    }
    Ok(answer)
}

/// How much of a photo somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoSight {
    Nothing,
    /// The small pictures, which carry no metadata.
    Pictures,
    /// Also the bytes as they came. What a camera writes into them can tell whose phone
    /// it was, so reporters stay shielded only without.
    Original,
}

/// What `actor` may see of a photo: of those of cases they see, and of those they brought.
///
/// # Errors
/// Those of the database.
pub fn photo_sight(
    transaction: &mut dyn Transaction,
    district: &District,
    actor: &Actor,
    hash: PhotoHash,
) -> Result<PhotoSight, StoreError> {
    if photos::uploader(transaction, hash)?.is_some_and(|uploader| uploader == actor.user) {
        return Ok(PhotoSight::Original);
    }
    for id in photos::cases(transaction, hash)? {
        let log = cases::log(transaction, id)?;
        if visible(district, actor, id, log.iter()) {
            let is_shielded = !actor.role.sees_reporter();
            return Ok(if is_shielded { PhotoSight::Pictures } else { PhotoSight::Original });
        }
    }
    Ok(PhotoSight::Nothing)
}

/// Adds a changed case to the answer: its log, or that it is gone, or, for one that
/// this person never saw, nothing.
fn tell(
    answer: &mut Changes,
    district: &District,
    actor: &Actor,
    after: u64,
    changed: Changed,
    log: Vec<Logged>,
) {
    if visible(district, actor, changed.id, log.iter()) {
        let log = log.into_iter().map(|logged| logged.recorded).collect();
        answer.cases.push(CaseLog {
            case: changed.id,
            number: changed.number,
            seq: changed.change,
            events: case::redact(log, actor.role),
        });
    } else if visible(
        district,
        actor,
        changed.id,
        log.iter().take_while(|logged| logged.change <= after),
    ) {
        answer.gone.push(changed.id);
    }
}

/// Whether `actor` sees the case as it is after these events.
fn visible<'a>(
    district: &District,
    actor: &Actor,
    id: CaseId,
    log: impl Iterator<Item = &'a Logged>,
) -> bool {
    let log: Vec<_> = log.map(|logged| logged.recorded.clone()).collect();
    Case::fold(id, &log).is_some_and(|case| case::sees(actor, &case, district))
}
