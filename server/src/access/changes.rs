//! The feed of changed cases, as one person may read them.

use domain::{
    District, Timestamp,
    access::Actor,
    case,
    sync::{CaseLog, Changes},
};

use super::visibility::is_visible;
use crate::store::{
    StoreError, Transaction,
    cases::{self, ChangedCase, LoggedEvent},
    changes,
};

/// Cases that ended longer ago are not sent to a device that never had them: 30 days, as
/// the description of the call says.
const CLOSED_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Events in one answer, after which it ends early. Bounds its size to some megabytes, also
/// where cases have long logs.
const MAX_EVENTS: usize = 5_000;

/// The cases that changed after `after`, as `actor` may read them; at most `limit` cases are
/// read.
///
/// # Errors
/// Those of the database.
pub fn changes(
    transaction: &mut dyn Transaction,
    district: &District,
    actor: &Actor,
    after: u64,
    limit: u32,
    now: Timestamp,
) -> Result<Changes, StoreError> {
    let latest = changes::latest(transaction)?;
    // A number from the future was given before a restore: the device begins anew.
    let after = if after > latest { 0 } else { after };
    let ended_since = now.plus_millis(-CLOSED_KEPT_MS);
    let changed = cases::changed(transaction, after, ended_since, limit)?;
    let is_full = changed.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let mut answer = Changes { cases: Vec::new(), gone: Vec::new(), next: latest, more: false };
    let mut events = 0;
    let mut remaining = changed.into_iter().peekable();
    while let Some(changed) = remaining.next() {
        let log = cases::log(transaction, changed.id)?;
        events += log.len();
        let change = changed.change;
        add(&mut answer, district, actor, after, changed, log);
        if remaining.peek().is_none() && is_full || events >= MAX_EVENTS {
            // Cases come in the order of their changes, so the next answer goes on here.
            answer.next = change;
            answer.more = change < latest;
            break;
        }
    }
    Ok(answer)
}

/// Adds a changed case to the answer: its log, or that it is gone, or, for one that
/// this person never saw, nothing.
fn add(
    answer: &mut Changes,
    district: &District,
    actor: &Actor,
    after: u64,
    changed: ChangedCase,
    log: Vec<LoggedEvent>,
) {
    if is_visible(district, actor, changed.id, log.iter()) {
        let log = log.into_iter().map(|logged| logged.recorded).collect();
        answer.cases.push(CaseLog {
            case: changed.id,
            number: changed.number,
            seq: changed.change,
            events: case::redact(log, actor.role),
        });
        return;
    }
    // The device may have the case only if this person saw it as it was at `after`.
    let known = log.iter().take_while(|logged| logged.change <= after);
    if is_visible(district, actor, changed.id, known) {
        answer.gone.push(changed.id);
    }
}
