//! Appends events to the log of a case.

use domain::{
    CaseId, PhotoHash, Timestamp,
    access::Actor,
    case::{Case, Event, Recorded},
    sync::Operation,
};

use super::DecisionContext;
use crate::store::{StoreError, Transaction, cases, changes, photos};

/// Appends the events of an operation that was accepted, and the arrival of those of its
/// photos that came before it.
pub(super) fn append_operation(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    actor: &Actor,
    operation: &Operation,
    case: Option<Case>,
    events: Vec<Event>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let change = changes::next(transaction)?;
    let mut log = CaseLog::new(operation.case, case, now);
    for event in events {
        log.push(|number| Recorded {
            number,
            at: now,
            done: Some(operation.done),
            by: Some(actor.into()),
            operation: Some(operation.id),
            event,
        });
    }
    if log.is_new {
        let year = year(now, decision_context.district.pack().utc_offset_minutes);
        cases::open(transaction, log.case()?, year, change)?;
    }
    for shot in operation.command.photos() {
        photos::link_to_case(transaction, operation.case, shot.hash)?;
    }
    for hash in photos::mark_arrived_at_case(transaction, operation.case)? {
        log.photo_arrived(hash);
    }
    cases::append(transaction, log.case()?, &log.added, change)
}

/// Appends the arrival of a photo at a case that names it.
pub(super) fn append_arrival(
    transaction: &mut dyn Transaction,
    id: CaseId,
    hash: PhotoHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    let log = cases::log(transaction, id)?;
    let log: Vec<_> = log.into_iter().map(|logged| logged.recorded).collect();
    let change = changes::next(transaction)?;
    let mut log = CaseLog::new(id, Case::fold(id, &log), now);
    log.photo_arrived(hash);
    cases::append(transaction, log.case()?, &log.added, change)
}

/// A case to which events are being appended: `case` is always the fold that includes them.
struct CaseLog {
    id: CaseId,
    case: Option<Case>,
    is_new: bool,
    added: Vec<Recorded>,
    now: Timestamp,
}

impl CaseLog {
    const fn new(id: CaseId, case: Option<Case>, now: Timestamp) -> Self {
        let is_new = case.is_none();
        Self { id, case, is_new, added: Vec::new(), now }
    }

    fn push(&mut self, recorded: impl FnOnce(u32) -> Recorded) {
        let last = self.case.as_ref().map_or(0, |case| case.events);
        let recorded = recorded(last.saturating_add(1));
        match &mut self.case {
            Some(case) => case.apply(&recorded),
            None => self.case = Case::fold(self.id, std::slice::from_ref(&recorded)),
        }
        self.added.push(recorded);
    }

    /// The server itself found this out, so the event has no author.
    fn photo_arrived(&mut self, hash: PhotoHash) {
        let at = self.now;
        let event = Event::PhotoArrived { hash };
        self.push(|number| Recorded { number, at, done: None, by: None, operation: None, event });
    }

    fn case(&self) -> Result<&Case, StoreError> {
        self.case.as_ref().ok_or(StoreError::Missing("report of a case"))
    }
}

/// The year in the district, which the number of a case begins with.
fn year(now: Timestamp, utc_offset_minutes: i16) -> i16 {
    let there = now.plus_millis(i64::from(utc_offset_minutes) * 60_000).millis();
    let there = jiff::Timestamp::from_millisecond(there).unwrap_or_default();
    jiff::tz::Offset::UTC.to_datetime(there).year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_case_number_is_that_of_the_district_not_of_utc() {
        let new_year_there = Timestamp::from_millis(1_798_732_800_000); // 2026-12-31T16:00:00Z
        assert_eq!(year(new_year_there, 480), 2027);
        assert_eq!(year(new_year_there.plus_millis(-1), 480), 2026);
        assert_eq!(year(new_year_there, 0), 2026);
    }
}
