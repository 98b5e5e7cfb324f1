//! Records for the tests of this screen.

use std::sync::Arc;

use app_shared::model::{OperationState, PhotoState, Record, RecordPhoto};
use domain::{
    CaseId, DeviceTime, Timestamp,
    case::{CaseState, Refusal},
    evidence::{Epoch, Receipt, ReceiptSubject, Unsigned},
    place::Place,
    sync::QuarantineReason,
};

use crate::case_story::{report, shot};

pub const ARRIVED: OperationState = OperationState::Arrived { receipt: None };
pub const PHOTO_ARRIVED: PhotoState = PhotoState::Arrived { receipt: None };

pub fn record(
    operation: OperationState,
    case_state: Option<CaseState>,
    photo: PhotoState,
) -> Record {
    Record {
        case: CaseId::new(Timestamp::from_millis(1), [1; 10]),
        number: None,
        report: report("0401", 32.705, 109.101),
        place: Place::default(),
        captured: DeviceTime { claimed: Timestamp::from_millis(1), offset_ms: None },
        case_state,
        operation,
        acknowledged: false,
        photos: vec![RecordPhoto { shot: shot("before"), state: photo }],
    }
}

fn receipt() -> Arc<Receipt> {
    let shot = shot("before");
    let subject = ReceiptSubject::Photo { hash: shot.hash, length: shot.length };
    let stated = Unsigned { subject, at: Timestamp::from_millis(1), epoch: Epoch(1) };
    Arc::new(Receipt { stated, signature: String::new() })
}

pub fn waiting() -> OperationState {
    OperationState::Waiting { next_try: None, tries: 0, last_failure: None }
}

pub fn refused() -> OperationState {
    OperationState::Refused { refusal: Refusal::NotYours, receipt: receipt() }
}

pub fn quarantined(reason: QuarantineReason) -> OperationState {
    OperationState::Quarantined { reason, receipt: receipt() }
}
