//! Appends events to the log of a case, and brings its summary to them.

use domain::{
    CaseId, District, PhotoHash, Timestamp,
    access::Actor,
    case::{Case, Event, Recorded},
    summary::{CaseSummary, CaseTerms},
    sync::Operation,
};

use super::DecisionContext;
use crate::store::{
    StoreError, Transaction, case_terms, cases, changes,
    derivatives::{self, DerivativeState},
    photos,
};

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
    let district = &decision_context.district;
    let mut log = CaseLog::new(operation.case, case, district, now);
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
    if log.before.is_none() {
        // A case number begins with the year in the district, not with that of UTC.
        let year = district.calendar().local(now).year();
        cases::open(transaction, &log.summary(district)?, year, change)?;
    }
    for shot in operation.command.photos() {
        photos::link_to_case(transaction, operation.case, shot.hash)?;
    }
    for hash in photos::mark_arrived_at_case(transaction, operation.case)? {
        log.push_of_server(Event::PhotoArrived { hash });
        if derivatives::state(transaction, hash)? == Some(DerivativeState::Undecodable) {
            log.push_of_server(Event::PhotoUndecodable { hash });
        }
    }
    log.write(transaction, district, change)
}

/// Whether the case is known to name a photo that is no picture.
pub(super) fn is_undecodable_in(
    transaction: &mut dyn Transaction,
    id: CaseId,
    hash: PhotoHash,
) -> Result<bool, StoreError> {
    Ok(fold(transaction, id)?.is_some_and(|case| case.undecodable.contains(&hash)))
}

fn fold(transaction: &mut dyn Transaction, id: CaseId) -> Result<Option<Case>, StoreError> {
    let log = cases::log(transaction, id)?;
    let log: Vec<_> = log.into_iter().map(|logged| logged.recorded).collect();
    Ok(Case::fold(id, &log))
}

/// Appends what the server itself found out about a case.
pub(super) fn append_of_server(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    id: CaseId,
    event: Event,
    now: Timestamp,
) -> Result<(), StoreError> {
    let case = fold(transaction, id)?;
    let change = changes::next(transaction)?;
    let district = &decision_context.district;
    let mut log = CaseLog::new(id, case, district, now);
    log.push_of_server(event);
    log.write(transaction, district, change)
}

/// A case to which events are being appended: `case` is always the fold that includes them.
struct CaseLog {
    id: CaseId,
    case: Option<Case>,
    /// Without what is being appended; `None` for a new case.
    before: Option<(CaseSummary, CaseTerms)>,
    added: Vec<Recorded>,
    now: Timestamp,
}

impl CaseLog {
    fn new(id: CaseId, case: Option<Case>, district: &District, now: Timestamp) -> Self {
        let before = case.as_ref().map(|case| {
            let summary = CaseSummary::of(case, district);
            let terms = CaseTerms::of(case, &summary, "", district.calendar());
            (summary, terms)
        });
        Self { id, case, before, added: Vec::new(), now }
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
    fn push_of_server(&mut self, event: Event) {
        let at = self.now;
        self.push(|number| Recorded { number, at, done: None, by: None, operation: None, event });
    }

    fn case(&self) -> Result<&Case, StoreError> {
        self.case.as_ref().ok_or(StoreError::Missing("report of a case"))
    }

    fn summary(&self, district: &District) -> Result<CaseSummary, StoreError> {
        Ok(CaseSummary::of(self.case()?, district))
    }

    /// Writes what was appended, and the summary and the terms that come of it.
    fn write(
        &self,
        transaction: &mut dyn Transaction,
        district: &District,
        change: u64,
    ) -> Result<(), StoreError> {
        cases::append(transaction, self.id, &self.added, change)?;
        let case = self.case()?;
        let summary = CaseSummary::of(case, district);
        let before = self.before.as_ref().map_or(&summary, |(before, _)| before);
        cases::update(transaction, before, &summary, change)?;
        let terms = |number: &str| CaseTerms::of(case, &summary, number, district.calendar());
        // Its number never changes.
        if self.before.as_ref().is_some_and(|(_, before)| *before == terms("")) {
            return Ok(());
        }
        case_terms::write(transaction, self.id, terms)
    }
}
