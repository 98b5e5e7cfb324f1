//! One case with its log.

use domain::{CaseId, access::Actor, case, summary, sync::CaseLog};

use crate::store::{StoreError, Transaction, cases};

/// The case as `actor` may read it; `None` where they do not see it, or there is none.
///
/// # Errors
/// Those of the database.
pub fn case_log(
    transaction: &mut dyn Transaction,
    actor: &Actor,
    id: CaseId,
) -> Result<Option<CaseLog>, StoreError> {
    let Some(found) = cases::find(transaction, id)? else { return Ok(None) };
    let summary = cases::summary(transaction, id)?;
    if !summary.is_some_and(|summary| summary::sees(actor, &summary)) {
        return Ok(None);
    }
    let log = cases::log(transaction, id)?;
    let events = log.into_iter().map(|logged| logged.recorded).collect();
    Ok(Some(CaseLog {
        case: id,
        number: found.number,
        seq: found.change,
        events: case::redact(events, actor.role),
    }))
}
