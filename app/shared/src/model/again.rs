//! A report that was not taken, or of which a photo cannot be sent, made into a draft
//! once more: what is good of it is taken over, and saving the new one settles the old.
//!
//! Never: changes the old record before that, or moves its photos (they are shared by
//! their hash); writes over a draft that has something in it.

use domain::case::Refusal;
use leptos::prelude::*;

use super::{Draft, DraftPhoto, Model, OperationState, PhotoState, Record, RecordPhoto};

/// What came of asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is the draft that capture shows now.
    IsTheDraft,
    /// Another draft is not saved yet, and stays as it is.
    AnotherIsOpen,
}

impl Model {
    /// Makes [`Self::draft`] of this record: note, source, place, the photos that can be
    /// sent, and the type when the district still has it. It is kept on this phone
    /// before this returns.
    pub async fn draft_again(&self, record: &Record) -> Again {
        if self.draft.with_untracked(|open| open.again == Some(record.case)) {
            return Again::IsTheDraft;
        }
        // Made already, and set aside: a second one would become a second report.
        let mut made = self.inner.own_drafts().await;
        made.retain(|draft| draft.again == Some(record.case));
        if !self.draft.with_untracked(Draft::may_be_replaced) {
            return Again::AnotherIsOpen;
        }
        if !made.is_empty() {
            let is_open = self.inner.open_first(made).await;
            return if is_open { Again::IsTheDraft } else { Again::AnotherIsOpen };
        }
        let has_type = self.has_type(record);
        self.inner.begin_draft();
        self.draft.update(|draft| *draft = filled_in(draft.clone(), record, has_type));
        self.keep_drafts_now().await;
        Again::IsTheDraft
    }

    /// Whether a report of this type would be taken: by the server's word, which is
    /// newer than the pack on this phone may be, and by that pack.
    fn has_type(&self, record: &Record) -> bool {
        let is_denied = matches!(refusal(&record.operation), Some(Refusal::UnknownCategory { .. }));
        let Some(district) = self.district.get_untracked() else { return false };
        let day = self.today(&district);
        let known = district.category(&record.report.category);
        !is_denied && known.is_some_and(|category| category.force.on(day))
    }
}

/// `draft` with what is good of the record. `has_type`: a report of its type would be taken.
fn filled_in(draft: Draft, record: &Record, has_type: bool) -> Draft {
    let report = record.report.clone();
    let is_condition_denied =
        matches!(refusal(&record.operation), Some(Refusal::UnknownCondition { .. }));
    Draft {
        photos: record.photos.iter().filter_map(RecordPhoto::for_a_draft).collect(),
        category: has_type.then_some(report.category),
        condition: (has_type && !is_condition_denied).then_some(report.condition),
        position: report.position,
        chosen: report.chosen,
        source: report.source,
        note: report.note,
        again: Some(record.case),
        ..draft
    }
}

impl RecordPhoto {
    /// `None`: its bytes are gone, or the server said no to just these.
    fn for_a_draft(&self) -> Option<DraftPhoto> {
        match self.state {
            PhotoState::Damaged | PhotoState::Undecodable | PhotoState::Rejected { .. } => None,
            PhotoState::OnPhone
            | PhotoState::Arriving { .. }
            | PhotoState::Arrived { .. }
            | PhotoState::Blocked => Some(DraftPhoto { shot: self.shot.clone() }),
        }
    }
}

const fn refusal(operation: &OperationState) -> Option<&Refusal> {
    match operation {
        OperationState::Refused { refusal, .. } => Some(refusal),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{
        CaseId, DeviceTime, Timestamp,
        evidence::{Epoch, Receipt, ReceiptSubject, Unsigned},
        place::Place,
    };

    use super::*;
    use crate::case_story::{report, shot};

    const BEGUN: Timestamp = Timestamp::from_millis(1);

    fn id(byte: u8) -> CaseId {
        CaseId::new(BEGUN, [byte; 10])
    }

    fn refused(refusal: Refusal) -> OperationState {
        let shot = shot("before");
        let subject = ReceiptSubject::Photo { hash: shot.hash, length: shot.length };
        let stated = Unsigned { subject, at: BEGUN, epoch: Epoch(1) };
        let receipt = Arc::new(Receipt { stated, signature: String::new() });
        OperationState::Refused { refusal, receipt }
    }

    fn record(operation: OperationState, photos: Vec<PhotoState>) -> Record {
        let shots = ["a", "b", "c", "d", "e", "f"].into_iter().map(shot);
        Record {
            case: id(1),
            number: None,
            report: report("0401", 32.705, 109.101),
            place: Place::default(),
            captured: DeviceTime { claimed: BEGUN, offset_ms: None },
            case_state: None,
            operation,
            acknowledged: false,
            photos: shots.zip(photos).map(|(shot, state)| RecordPhoto { shot, state }).collect(),
        }
    }

    #[test]
    fn report_made_again_keeps_its_own_id_and_names_the_one_it_stands_for() {
        let draft = Draft { author: Some("li".into()), ..Draft::empty(id(2), BEGUN) };
        let record = record(refused(Refusal::NotYours), Vec::new());
        let filled = filled_in(draft, &record, true);
        assert_eq!((filled.id, filled.again), (id(2), Some(id(1))));
        assert_eq!(filled.author, Some("li".into()));
        assert_eq!(filled.position, record.report.position);
    }

    #[test]
    fn only_photos_that_can_be_sent_are_taken_over() {
        let states = vec![
            PhotoState::OnPhone,
            PhotoState::Damaged,
            PhotoState::Undecodable,
            PhotoState::Arriving { sent: 1, of: 2 },
            PhotoState::Rejected { code: "torn".into() },
            PhotoState::Arrived { receipt: None },
        ];
        let record = record(refused(Refusal::NotYours), states);
        let filled = filled_in(Draft::empty(id(2), BEGUN), &record, true);
        let kept: Vec<_> = filled.photos.into_iter().map(|photo| photo.shot).collect();
        assert_eq!(kept, ["a", "d", "f"].map(shot));
    }

    #[test]
    fn category_and_condition_are_taken_over_while_they_would_be_taken() {
        let unknown =
            || Refusal::UnknownCondition { category: "0401".into(), condition: "1".into() };
        for (refusal, has_type, has_category, has_condition) in [
            (Refusal::NotYours, true, true, true),
            (unknown(), true, true, false),
            (Refusal::NotYours, false, false, false),
            (unknown(), false, false, false),
        ] {
            let record = record(refused(refusal), Vec::new());
            let filled = filled_in(Draft::empty(id(2), BEGUN), &record, has_type);
            let has = (filled.category.is_some(), filled.condition.is_some());
            assert_eq!(has, (has_category, has_condition), "{:?} {has_type}", record.operation);
        }
    }
}
