//! My records: the reports of the person signed in, with the true state of each
//! photo and operation, read from stored rows.

use std::sync::Arc;

use domain::{
    CaseId, DeviceTime, OperationId, Timestamp,
    case::{CaseState, Command, Refusal, Report},
    evidence::{Receipt, Shot},
    place::Place,
    sync::{QuarantineReason, outbox::Failure},
};

use super::{
    CaseEntry, Cases,
    state::{self, StoredOperation},
};

/// A report by the person signed in, newest first in
/// [`Model::records`](super::Model::records).
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub case: CaseId,
    /// The number people say; `None` until the server gave one.
    pub number: Option<String>,
    pub report: Report,
    /// As understood when it was saved, or by the server since.
    pub place: Place,
    /// When it was saved; as [`Case::captured`](domain::case::Case::captured).
    pub captured: DeviceTime,
    /// Where the case stands. `None` while there is none: the report was refused or
    /// quarantined, or nothing on this phone tells yet what becomes of it.
    pub case_state: Option<CaseState>,
    pub operation: OperationState,
    /// Something was wrong with it, and the person has settled it.
    pub acknowledged: bool,
    pub photos: Vec<RecordPhoto>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RecordPhoto {
    pub shot: Shot,
    pub state: PhotoState,
}

/// What has become of one operation.
#[derive(Clone, Debug, PartialEq)]
pub enum OperationState {
    /// On this phone only.
    Waiting {
        /// `None`: as soon as there is a network, or after sign-in.
        next_try: Option<Timestamp>,
        tries: u32,
        last_failure: Option<Failure>,
    },
    Sending,
    /// The server holds it and carried it out. `None`: it was made on another device.
    Arrived {
        receipt: Option<Arc<Receipt>>,
    },
    /// The server holds it and did not carry it out.
    Refused {
        refusal: Refusal,
        receipt: Arc<Receipt>,
    },
    /// The server holds it for a human to look at.
    Quarantined {
        reason: QuarantineReason,
        receipt: Arc<Receipt>,
    },
}

/// What has become of one photo.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoState {
    /// On a phone only: this one, or the one it was made on.
    OnPhone,
    /// Being sent now; bytes of bytes.
    Arriving { sent: u64, of: u64 },
    /// `None`: known from the case's log; the receipt is on another device.
    Arrived { receipt: Option<Arc<Receipt>> },
    /// The server does not take it; the bytes stay on this phone.
    Rejected { code: String },
    /// A proxy or a firewall on the way lets it not through; the bytes stay on this phone.
    Blocked,
    /// The bytes on this phone are gone or are no longer those that were taken.
    Damaged,
    /// The server holds the bytes, and they are no picture.
    Undecodable,
}

/// An operation of the person signed in that is not in its case's log yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    pub id: OperationId,
    pub command: Command,
    pub done: DeviceTime,
    /// Revision of the case that its author saw.
    pub base: u32,
    pub state: OperationState,
    /// Refused or quarantined, and the person has settled it.
    pub acknowledged: bool,
    /// What the server will say as far as this phone knows; `None`: it fits.
    pub predicted: Option<Refusal>,
}

/// The record of a report made here; `None` for any other operation.
pub(super) fn record(
    state: &state::PhoneState,
    row: &StoredOperation,
    cases: &Cases,
) -> Option<Record> {
    let Command::Report(report) = &row.operation.command else { return None };
    let entry = cases.get(&row.kept.case);
    let place = match entry {
        Some(entry) => entry.case.routing.place.clone(),
        None => state
            .district
            .as_ref()
            .map(|district| report.place(district, row.operation.done.claimed))
            .unwrap_or_default(),
    };
    let state_of = |shot: &Shot| {
        let case = entry.map(|entry| &entry.case);
        if case.is_some_and(|case| case.undecodable.contains(&shot.hash)) {
            return PhotoState::Undecodable;
        }
        let has_arrived = case.is_some_and(|case| case.arrived.contains(&shot.hash));
        state.photo_state(shot.hash, has_arrived)
    };
    Some(Record {
        case: row.kept.case,
        number: entry.and_then(|entry| entry.number.clone()),
        report: report.as_ref().clone(),
        place,
        captured: row.operation.done,
        case_state: entry.map(|entry| entry.case.state),
        operation: state.operation_state(&row.kept),
        acknowledged: row.kept.acknowledged,
        photos: report
            .photos
            .iter()
            .map(|shot| RecordPhoto { shot: shot.clone(), state: state_of(shot) })
            .collect(),
    })
}

/// The record of a report that this person made on another device.
pub(super) fn from_elsewhere(entry: &CaseEntry) -> Record {
    let case = &entry.case;
    let state_of = |shot: &Shot| {
        if case.undecodable.contains(&shot.hash) {
            PhotoState::Undecodable
        } else if case.arrived.contains(&shot.hash) {
            PhotoState::Arrived { receipt: None }
        } else {
            PhotoState::OnPhone
        }
    };
    Record {
        case: entry.id,
        number: entry.number.clone(),
        report: case.report.clone(),
        place: case.routing.place.clone(),
        captured: case.captured,
        case_state: Some(case.state),
        operation: OperationState::Arrived { receipt: None },
        acknowledged: false,
        photos: case
            .report
            .photos
            .iter()
            .map(|shot| RecordPhoto { shot: shot.clone(), state: state_of(shot) })
            .collect(),
    }
}

impl OperationState {
    /// The server has answered for good.
    pub const fn is_answered(&self) -> bool {
        !matches!(self, Self::Waiting { .. } | Self::Sending)
    }

    /// The server has answered, and not carried it out.
    pub const fn is_not_carried_out(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Quarantined { .. })
    }
}
