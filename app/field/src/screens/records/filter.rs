//! The filters of the list of records, one chip each. Another one is another variant here and
//! a word of each language; nothing else needs to know.

use app_shared::{
    model::{OperationState, PhotoState, Record},
    text::Words,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    /// The record or one of its photos has not arrived.
    Waiting,
    Open,
    Done,
    Refused,
}

impl Filter {
    /// In the order of the chips.
    pub const ALL: [Self; 5] = [Self::All, Self::Waiting, Self::Open, Self::Done, Self::Refused];

    /// The stable name by which tests find the chip.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::All => words.filter_all,
            Self::Waiting => words.filter_waiting,
            Self::Open => words.filter_open,
            Self::Done => words.filter_done,
            Self::Refused => words.filter_refused,
        }
    }

    pub fn takes(self, record: &Record) -> bool {
        let refused = matches!(
            record.operation,
            OperationState::Refused { .. } | OperationState::Quarantined { .. }
        );
        let open = record.state.is_some_and(|state| state.is_open());
        match self {
            Self::All => true,
            Self::Waiting => {
                let photo_here = record.photos.iter().any(|photo| match photo.state {
                    PhotoState::Arrived { .. } => false,
                    // It will not come, and the person knows.
                    PhotoState::Damaged => !record.acknowledged,
                    _ => true,
                });
                !record.operation.is_settled() || photo_here
            }
            Self::Open => open && !refused,
            Self::Done => record.state.is_some() && !open && !refused,
            Self::Refused => refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use app_shared::model::RecordPhoto;
    use domain::{
        CaseId, DeviceTime, Lang, Timestamp,
        case::{CaseState, Refusal},
        evidence::{Epoch, Receipt, ReceiptSubject, Unsigned},
        place::Place,
    };

    use super::*;
    use crate::case_story::{report, shot};

    const ARRIVED: OperationState = OperationState::Arrived { receipt: None };
    const PHOTO_ARRIVED: PhotoState = PhotoState::Arrived { receipt: None };

    fn record(operation: OperationState, state: Option<CaseState>, photo: PhotoState) -> Record {
        Record {
            case: CaseId::new(Timestamp::from_millis(1), [1; 10]),
            number: None,
            report: report("0401", 32.705, 109.101),
            place: Place::default(),
            done: DeviceTime { claimed: Timestamp::from_millis(1), offset_ms: None },
            state,
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

    fn waiting() -> OperationState {
        OperationState::Waiting { next_try: None, tries: 0, last_failure: None }
    }

    fn refused() -> OperationState {
        OperationState::Refused { refusal: Refusal::NotYours, receipt: receipt() }
    }

    fn filters_of(record: &Record) -> Vec<Filter> {
        Filter::ALL.into_iter().filter(|filter| filter.takes(record)).collect()
    }

    #[test]
    fn record_is_under_the_filters_of_what_has_become_of_it() {
        use Filter::{All, Done, Open, Refused, Waiting};
        let assigned = Some(CaseState::Assigned);
        for (name, record, expected) in [
            (
                "on this phone only",
                record(waiting(), assigned, PhotoState::OnPhone),
                vec![All, Waiting, Open],
            ),
            (
                "being sent",
                record(OperationState::Sending, assigned, PhotoState::OnPhone),
                vec![All, Waiting, Open],
            ),
            (
                "arrived, its photo on the way",
                record(ARRIVED, assigned, PhotoState::Arriving { sent: 1, of: 2 }),
                vec![All, Waiting, Open],
            ),
            (
                "arrived whole",
                record(ARRIVED, Some(CaseState::Claimed), PHOTO_ARRIVED),
                vec![All, Open],
            ),
            ("closed", record(ARRIVED, Some(CaseState::Closed), PHOTO_ARRIVED), vec![All, Done]),
            ("void", record(ARRIVED, Some(CaseState::Void), PHOTO_ARRIVED), vec![All, Done]),
            ("refused", record(refused(), None, PHOTO_ARRIVED), vec![All, Refused]),
            (
                "with a photo that broke, not settled",
                record(ARRIVED, assigned, PhotoState::Damaged),
                vec![All, Waiting, Open],
            ),
        ] {
            assert_eq!(filters_of(&record), expected, "{name}");
        }
    }

    #[test]
    fn photo_that_will_not_come_waits_no_more_once_the_person_knows() {
        let mut record = record(ARRIVED, Some(CaseState::Assigned), PhotoState::Damaged);
        record.acknowledged = true;
        assert!(!Filter::Waiting.takes(&record));
    }

    #[test]
    fn photo_that_the_server_does_not_take_keeps_its_record_waiting() {
        let state = PhotoState::Rejected { code: "photo_damaged".into() };
        assert!(Filter::Waiting.takes(&record(ARRIVED, Some(CaseState::Assigned), state)));
    }

    #[test]
    fn every_record_is_under_all() {
        for operation in [waiting(), OperationState::Sending, ARRIVED, refused()] {
            for state in [None, Some(CaseState::Unassigned), Some(CaseState::Closed)] {
                assert!(Filter::All.takes(&record(operation.clone(), state, PHOTO_ARRIVED)));
            }
        }
    }

    #[test]
    fn chips_have_different_words_and_codes_in_each_language() {
        for lang in [Lang::Hans, Lang::Hant, Lang::En] {
            let mut words = Filter::ALL.map(|filter| filter.word(Words::of(lang))).to_vec();
            words.extend(Filter::ALL.map(Filter::code));
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), 2 * Filter::ALL.len(), "{words:?}");
        }
    }
}
