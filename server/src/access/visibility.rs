//! Whether a person sees a case, asked of a log as it was at some moment.

use domain::{
    CaseId, District,
    access::Actor,
    case::{self, Case},
};

use crate::store::cases::LoggedEvent;

/// Whether `actor` sees the case as it is after these events.
pub(super) fn is_visible<'a>(
    district: &District,
    actor: &Actor,
    id: CaseId,
    log: impl Iterator<Item = &'a LoggedEvent>,
) -> bool {
    let log: Vec<_> = log.map(|logged| logged.recorded.clone()).collect();
    Case::fold(id, &log).is_some_and(|case| case::sees(actor, &case, district))
}
