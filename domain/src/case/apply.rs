//! The next case from the last one and an event. Total: any event applies to any
//! case, for what is in the log has happened.

use super::{Case, CaseState, Event, Outcome, Recorded, Rectification, Verification};
use crate::{
    CaseId, DeviceTime, Timestamp,
    duty::{Assignment, Basis, Destination},
};

impl Case {
    pub(super) fn open(id: CaseId, first: &Recorded) -> Option<Self> {
        let Event::Reported { report, routing } = &first.event else { return None };
        let mut case = Self {
            id,
            state: CaseState::Unassigned,
            revision: 1,
            events: first.number,
            reported_at: first.at,
            captured: first.done.unwrap_or(DeviceTime { claimed: first.at, offset_ms: None }),
            reporter: first.by.as_ref().map(|stamp| stamp.user.clone()),
            report: report.as_ref().clone(),
            routing: routing.as_ref().clone(),
            assignment: None,
            assigned_at: None,
            claimed_at: None,
            rectifications: Vec::new(),
            verifications: Vec::new(),
            closed_at: None,
            remarks: Vec::new(),
            units: Default::default(),
            arrived: Default::default(),
            undecodable: Default::default(),
            last_mover: first.operation,
        };
        if let Destination::Unit(assignment) = &routing.destination {
            case.assign(assignment, first.at);
        }
        Some(case)
    }

    pub fn apply(&mut self, recorded: &Recorded) {
        self.events = recorded.number;
        if recorded.event.moves() {
            if recorded.operation.is_none() || recorded.operation != self.last_mover {
                self.revision = self.revision.saturating_add(1);
            }
            self.last_mover = recorded.operation;
        }
        match &recorded.event {
            Event::Reported { .. } | Event::Unknown => {}
            Event::Commented { text } => self.remark(text),
            Event::Assigned { assignment } => {
                self.claimed_at = None;
                if let Basis::Order { reason } = &assignment.basis {
                    self.remark(reason);
                }
                self.assign(assignment, recorded.at);
            }
            Event::Claimed { .. } => {
                self.claimed_at = Some(recorded.at);
                self.state = CaseState::Claimed;
            }
            Event::Rectified { photos, note } => {
                self.rectifications.push(Rectification {
                    at: recorded.at,
                    photos: photos.clone(),
                    note: note.clone(),
                });
                self.state = CaseState::Rectified;
            }
            Event::Verified { outcome, photos, note } => {
                self.verifications.push(Verification {
                    at: recorded.at,
                    outcome: *outcome,
                    photos: photos.clone(),
                    note: note.clone(),
                });
                self.state = match outcome {
                    Outcome::Pass => CaseState::Verified,
                    Outcome::Rework => CaseState::Claimed,
                };
            }
            Event::Closed { note } => {
                self.remark(note);
                self.closed_at = Some(recorded.at);
                self.state = CaseState::Closed;
            }
            Event::Voided { reason } => {
                self.remark(reason);
                self.closed_at = Some(recorded.at);
                self.state = CaseState::Void;
            }
            Event::PhotoArrived { hash } => {
                self.arrived.insert(*hash);
            }
            Event::PhotoUndecodable { hash } => {
                self.undecodable.insert(*hash);
            }
        }
    }

    fn remark(&mut self, text: &str) {
        if !text.is_empty() {
            self.remarks.push(text.into());
        }
    }

    fn assign(&mut self, assignment: &Assignment, at: Timestamp) {
        self.units.insert(assignment.unit.code.clone());
        self.units.extend(assignment.co_units.iter().map(|unit| unit.code.clone()));
        self.assignment = Some(assignment.clone());
        self.assigned_at = Some(at);
        self.state = CaseState::Assigned;
    }
}
