//! One case with its log.

use domain::{CaseId, District, access::Actor, case, sync::CaseLog};

use super::visibility::is_visible;
use crate::store::{StoreError, Transaction, cases};

/// The case as `actor` may read it; `None` where they do not see it, or there is none.
///
/// # Errors
/// Those of the database.
pub fn case_log(
    transaction: &mut dyn Transaction,
    district: &District,
    actor: &Actor,
    id: CaseId,
) -> Result<Option<CaseLog>, StoreError> {
    let Some(found) = cases::find(transaction, id)? else { return Ok(None) };
    let log = cases::log(transaction, id)?;
    if !is_visible(district, actor, id, log.iter()) {
        return Ok(None);
    }
    let events = log.into_iter().map(|logged| logged.recorded).collect();
    Ok(Some(CaseLog {
        case: id,
        number: found.number,
        seq: found.change,
        events: case::redact(events, actor.role),
    }))
}
