//! A case as this phone understands it: the server's log, and on top of it what
//! this person did here and has not arrived yet, by the same functions the server
//! will apply.

use domain::{
    CaseId, District, Timestamp,
    access::Actor,
    case::{ActorStamp, Case, Context, Recorded, decide},
    sync::{CaseLog, outbox::OperationRow},
};

use super::{
    record::{OperationState, Pending},
    state::StoredOperation,
};

#[derive(Clone, Debug, PartialEq)]
pub struct CaseEntry {
    pub id: CaseId,
    /// The number people say; `None` while it is on this phone only.
    pub number: Option<String>,
    /// The server's log, then what is predicted.
    pub log: Vec<Recorded>,
    /// The change that the server's log ends with; 0 for a case that is only on this phone.
    pub seq: u64,
    /// How many of `log` the server has said; 0 for a case that is only on this phone.
    pub confirmed: usize,
    /// The fold of `log`.
    pub case: Case,
    /// Own operations that the log does not hold yet, in the order they were done.
    pub pending: Vec<Pending>,
}

/// What foreseeing depends on.
pub(super) struct PredictionContext<'a> {
    pub actor: Option<&'a Actor>,
    pub district: Option<&'a District>,
    pub now: Timestamp,
}

/// `None` when there is nothing to show: a report that was refused, or a log that
/// does not begin with one.
pub(super) fn entry<'a>(
    id: CaseId,
    log: Option<&CaseLog>,
    own: impl Iterator<Item = &'a StoredOperation>,
    predicted: &PredictionContext<'_>,
    state: impl Fn(&OperationRow) -> OperationState,
) -> Option<CaseEntry> {
    let mut events = log.map(|log| log.events.clone()).unwrap_or_default();
    let confirmed = events.len();
    let mut case = Case::fold(id, &events);
    let mut pending = Vec::new();
    for row in own {
        let is_in_log = events.iter().any(|event| event.operation == Some(row.operation.id));
        let state = state(&row.kept);
        if is_in_log {
            continue;
        }
        let refusal = if state.is_not_carried_out() {
            None
        } else {
            match predict(case.as_ref(), row, predicted, events.len()) {
                Some(Ok(further)) => {
                    events.extend(further);
                    case = Case::fold(id, &events);
                    None
                }
                Some(Err(refusal)) => Some(refusal),
                None => None,
            }
        };
        pending.push(Pending {
            id: row.operation.id,
            command: row.operation.command.clone(),
            done: row.operation.done,
            base: row.operation.base,
            state,
            acknowledged: row.kept.acknowledged,
            predicted: refusal,
        });
    }
    Some(CaseEntry {
        id,
        number: log.map(|log| log.number.clone()),
        seq: log.map_or(0, |log| log.seq),
        log: events,
        confirmed,
        case: case?,
        pending,
    })
}

/// The events that the operation will have; `None` while the pack is not here.
fn predict(
    case: Option<&Case>,
    row: &StoredOperation,
    predicted: &PredictionContext<'_>,
    events: usize,
) -> Option<Result<Vec<Recorded>, domain::case::Refusal>> {
    let (actor, district) = (predicted.actor?, predicted.district?);
    let operation = &row.operation;
    let at = match &row.kept.answer {
        Some(answer) => answer.result.receipt.stated.at,
        None => operation.done.estimate(),
    };
    let context = Context {
        actor,
        district,
        now: at.min(predicted.now),
        done: operation.done,
        base: operation.base,
    };
    let decided = decide(case, &operation.command, &context);
    Some(decided.map(|further| {
        let record = |(index, event)| Recorded {
            number: u32::try_from(events.saturating_add(index).saturating_add(1))
                .unwrap_or(u32::MAX),
            at,
            done: Some(operation.done),
            by: Some(ActorStamp::from(actor)),
            operation: Some(operation.id),
            event,
        };
        further.into_iter().enumerate().map(record).collect()
    }))
}
