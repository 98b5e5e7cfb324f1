//! The filters of the list of records, one chip each.
//!
//! Adding one: a variant here, its place in [`Filter::ALL`], and its word `filter_…` in
//! `app/shared/src/text` (`keys.rs` and the three languages). The compiler names whatever is
//! missing, the tests here and in [`records`](super) what they expect; the screen itself needs
//! no change.

use super::problem::needs_person;
use app_shared::{
    model::{PhotoState, Record},
    text::Words,
};
use domain::case::CaseState;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    /// Something is wrong with it, and the person has not settled that yet.
    NeedsYou,
    /// The record or one of its photos has not arrived.
    Waiting,
    /// Its case goes on.
    Open,
    /// Its case is closed or void.
    Done,
    /// Refused or quarantined: the server did not carry it out.
    Refused,
}

impl Filter {
    /// In the order of the chips.
    pub const ALL: [Self; 6] =
        [Self::All, Self::NeedsYou, Self::Waiting, Self::Open, Self::Done, Self::Refused];

    /// The stable name by which tests find the chip.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NeedsYou => "needs-you",
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::All => words.filter_all,
            Self::NeedsYou => words.filter_needs_you,
            Self::Waiting => words.filter_waiting,
            Self::Open => words.filter_open,
            Self::Done => words.filter_done,
            Self::Refused => words.filter_refused,
        }
    }

    /// Whether the record is in the list while this chip is chosen.
    pub fn includes(self, record: &Record) -> bool {
        let is_refused = record.operation.is_not_carried_out();
        let case_is_open = record.case_state.map(CaseState::is_open);
        match self {
            Self::All => true,
            Self::NeedsYou => needs_person(record),
            Self::Waiting => !record.operation.is_answered() || has_photo_to_send(record),
            Self::Open => case_is_open == Some(true) && !is_refused,
            Self::Done => case_is_open == Some(false) && !is_refused,
            Self::Refused => is_refused,
        }
    }
}

fn has_photo_to_send(record: &Record) -> bool {
    record.photos.iter().any(|photo| match photo.state {
        PhotoState::OnPhone
        | PhotoState::Arriving { .. }
        | PhotoState::Rejected { .. }
        | PhotoState::Blocked => true,
        PhotoState::Arrived { .. } | PhotoState::Undecodable => false,
        // It will not come, and the person knows.
        PhotoState::Damaged => !record.acknowledged,
    })
}

#[cfg(test)]
mod tests {
    use app_shared::model::OperationState;
    use domain::{Lang, sync::QuarantineReason};

    use super::{
        super::test_records::{ARRIVED, PHOTO_ARRIVED, quarantined, record, refused, waiting},
        *,
    };

    fn filters_of(record: &Record) -> Vec<Filter> {
        Filter::ALL.into_iter().filter(|filter| filter.includes(record)).collect()
    }

    #[test]
    fn record_is_under_the_filters_of_what_has_become_of_it() {
        use Filter::{All, Done, NeedsYou, Open, Refused, Waiting};
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
            ("refused", record(refused(), None, PHOTO_ARRIVED), vec![All, NeedsYou, Refused]),
            (
                "quarantined",
                record(quarantined(QuarantineReason::NewerFormat), None, PHOTO_ARRIVED),
                vec![All, NeedsYou, Refused],
            ),
            (
                "with a photo that broke, not settled",
                record(ARRIVED, assigned, PhotoState::Damaged),
                vec![All, NeedsYou, Waiting, Open],
            ),
        ] {
            assert_eq!(filters_of(&record), expected, "{name}");
        }
    }

    #[test]
    fn refused_record_needs_the_person_no_more_once_it_is_acknowledged() {
        let record = Record { acknowledged: true, ..record(refused(), None, PHOTO_ARRIVED) };
        assert_eq!(filters_of(&record), [Filter::All, Filter::Refused]);
    }

    #[test]
    fn photo_that_will_not_come_waits_no_more_once_the_person_knows() {
        let mut record = record(ARRIVED, Some(CaseState::Assigned), PhotoState::Damaged);
        record.acknowledged = true;
        assert!(!Filter::Waiting.includes(&record));
    }

    #[test]
    fn photo_that_the_server_does_not_take_keeps_its_record_waiting() {
        let state = PhotoState::Rejected { code: "photo_damaged".into() };
        assert!(Filter::Waiting.includes(&record(ARRIVED, Some(CaseState::Assigned), state)));
    }

    #[test]
    fn every_record_is_under_all() {
        for operation in [waiting(), OperationState::Sending, ARRIVED, refused()] {
            for state in [None, Some(CaseState::Unassigned), Some(CaseState::Closed)] {
                assert!(Filter::All.includes(&record(operation.clone(), state, PHOTO_ARRIVED)));
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
