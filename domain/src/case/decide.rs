//! Whether a command may be carried out now, and what happens when it is.

use super::{Case, CaseState, Command, Event, OrderTo, Outcome, Refusal, Report};
use crate::{
    DeviceTime, District, Timestamp,
    access::Actor,
    duty::{Facts, Tier, assign, assign_by_order},
};

/// What a decision depends on besides the case and the command.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub actor: &'a Actor,
    pub district: &'a District,
    /// When it is decided: the server's clock, or the phone's for a preview. Due
    /// times run from here, for a unit cannot start before it is told.
    pub now: Timestamp,
    /// When it was done.
    pub done: DeviceTime,
    /// Revision of the case that the actor saw; 0 for a report.
    pub base: u32,
}

/// # Errors
/// The refusal that the person is shown. Nothing has happened to the case then.
pub fn decide(
    case: Option<&Case>,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !context.actor.role.may(command.act()) {
        return Err(Refusal::NotAllowed);
    }
    if command.text().chars().count() > Report::LONGEST_TEXT {
        return Err(Refusal::TextTooLong { most: count(Report::LONGEST_TEXT) });
    }
    if command.photos().len() > Report::MAX_PHOTOS {
        return Err(Refusal::TooManyPhotos { most: count(Report::MAX_PHOTOS) });
    }
    match (case, command) {
        (None, Command::Report(report)) => open(report, context),
        (Some(_), Command::Report(_)) => Err(Refusal::AlreadyReported),
        (None, _) => Err(Refusal::NoSuchCase),
        (Some(case), command) => go_on(case, command, context).map(|event| vec![event]),
    }
}

fn open(report: &Report, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    if report.photos.is_empty() {
        return Err(Refusal::PhotoNeeded);
    }
    let category = context
        .district
        .category(&report.category)
        .ok_or_else(|| Refusal::UnknownCategory { category: report.category.as_str().into() })?;
    if category.condition(&report.condition).is_none() {
        return Err(Refusal::UnknownCondition {
            category: report.category.as_str().into(),
            condition: report.condition.as_str().into(),
        });
    }
    let facts = Facts {
        category: report.category.clone(),
        condition: report.condition.clone(),
        place: report.place(context.district, context.done.claimed),
        captured: context.done.estimate(),
        now: context.now,
    };
    Ok(vec![Event::Reported {
        report: Box::new(report.clone()),
        routing: Box::new(assign(context.district, &facts)),
    }])
}

fn go_on(case: &Case, command: &Command, context: &Context<'_>) -> Result<Event, Refusal> {
    if let Command::Comment { text } = command {
        return Ok(Event::Commented { text: written(text)? });
    }
    if context.base < case.revision {
        return Err(Refusal::Moved { seen: context.base, now: case.revision });
    }
    match command {
        Command::Report(_) | Command::Comment { .. } => Err(Refusal::AlreadyReported),
        Command::Assign(order) => {
            expect_state(case, &[CaseState::Unassigned, CaseState::Assigned, CaseState::Claimed])?;
            give_order(case, order, context)
        }
        Command::Claim => {
            let unit = own_unit(case, context.actor)?;
            expect_state(case, &[CaseState::Assigned])?;
            Ok(Event::Claimed { unit: unit.clone() })
        }
        Command::Rectify { photos, note } => {
            own_unit(case, context.actor)?;
            expect_state(case, &[CaseState::Claimed])?;
            if photos.is_empty() {
                return Err(Refusal::PhotoNeeded);
            }
            Ok(Event::Rectified { photos: photos.clone(), note: note.clone() })
        }
        Command::Verify { outcome, photos, note } => {
            expect_state(case, &[CaseState::Rectified])?;
            photos_there(case)?;
            let note = match outcome {
                Outcome::Pass => note.clone(),
                Outcome::Rework => written(note)?,
            };
            Ok(Event::Verified { outcome: *outcome, photos: photos.clone(), note })
        }
        Command::Close { note } => {
            expect_state(case, &[CaseState::Verified])?;
            photos_there(case)?;
            Ok(Event::Closed { note: note.clone() })
        }
        Command::Void { reason } => {
            if !case.state.is_open() {
                return Err(Refusal::wrong_state(case.state));
            }
            Ok(Event::Voided { reason: written(reason)? })
        }
    }
}

fn give_order(case: &Case, order: &OrderTo, context: &Context<'_>) -> Result<Event, Refusal> {
    written(&order.reason)?;
    if case.assignment.as_ref().is_some_and(|current| current.tier < Tier::Order) {
        return Err(Refusal::HigherTierDecides);
    }
    let facts = Facts {
        category: case.report.category.clone(),
        condition: case.report.condition.clone(),
        place: case.routing.place.clone(),
        captured: case.captured.estimate(),
        now: context.now,
    };
    let assignment = assign_by_order(context.district, &facts, order)?;
    Ok(Event::Assigned { assignment: Box::new(assignment) })
}

/// The actor's unit, when the case is assigned to it as lead.
fn own_unit<'a>(case: &Case, actor: &'a Actor) -> Result<&'a crate::UnitCode, Refusal> {
    let assignment = case.assignment.as_ref().ok_or(Refusal::NotYours)?;
    actor.unit.as_ref().filter(|unit| **unit == assignment.unit.code).ok_or(Refusal::NotYours)
}

fn expect_state(case: &Case, states: &[CaseState]) -> Result<(), Refusal> {
    if states.contains(&case.state) { Ok(()) } else { Err(Refusal::wrong_state(case.state)) }
}

/// A case with photos on their way can be claimed, but not verified or closed.
fn photos_there(case: &Case) -> Result<(), Refusal> {
    match case.pending_photos().len() {
        0 => Ok(()),
        missing => Err(Refusal::PhotosPending { missing: count(missing) }),
    }
}

fn written(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::ReasonNeeded) } else { Ok(text.to_owned()) }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
