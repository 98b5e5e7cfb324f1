//! The feed of a phone, as its person may read it.

use domain::{
    CaseId, District, Timestamp,
    access::Actor,
    case::{self, Case},
    summary::{CaseSummary, is_kept_on_phone},
    sync::{CaseLog, Changes},
};

use crate::store::{
    StoreError, Transaction,
    cases::{self, LoggedEvent},
    changes,
    feed::{self, ChangedCase, Since},
};

/// Cases that ended longer ago are not sent to a device that never had them: 30 days, as
/// the description of the call says.
const CLOSED_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Events in one answer, after which it ends early. Bounds its size to some megabytes, also
/// where cases have long logs.
const MAX_EVENTS: usize = 5_000;

/// The cases that changed after `after` and that a phone of `actor` keeps, or kept until then; at
/// most `limit` cases are read.
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
    let since = Since { after, ended: now.plus_millis(-CLOSED_KEPT_MS) };
    let changed = feed::changed(transaction, actor, since, limit)?;
    let is_full = changed.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let mut answer = Changes { cases: Vec::new(), gone: Vec::new(), next: latest, more: false };
    let mut events = 0;
    let mut remaining = changed.into_iter().peekable();
    while let Some(changed) = remaining.next() {
        let change = changed.change;
        let is_kept = is_kept_on_phone(actor, &changed.summary);
        let log = cases::log(transaction, changed.id)?;
        events += log.len();
        if is_kept {
            answer.cases.push(case_log(changed, log, actor));
        } else if was_kept(district, actor, changed.id, after, log) {
            answer.gone.push(changed.id);
        }
        if remaining.peek().is_none() && is_full || events >= MAX_EVENTS {
            // Cases come in the order of their changes, so the next answer goes on here.
            answer.next = change;
            answer.more = change < latest;
            break;
        }
    }
    Ok(answer)
}

fn case_log(changed: ChangedCase, log: Vec<LoggedEvent>, actor: &Actor) -> CaseLog {
    let log = log.into_iter().map(|logged| logged.recorded).collect();
    CaseLog {
        case: changed.id,
        number: changed.number,
        seq: changed.change,
        events: case::redact(log, actor.role),
    }
}

/// Whether a phone of `actor` kept the case as it was at `after`.
fn was_kept(
    district: &District,
    actor: &Actor,
    id: CaseId,
    after: u64,
    log: Vec<LoggedEvent>,
) -> bool {
    let known = log.into_iter().take_while(|logged| logged.change <= after);
    let known: Vec<_> = known.map(|logged| logged.recorded).collect();
    Case::fold(id, &known)
        .is_some_and(|case| is_kept_on_phone(actor, &CaseSummary::of(&case, district)))
}
