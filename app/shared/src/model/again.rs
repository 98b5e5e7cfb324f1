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
        let open = self.draft.get_untracked();
        if open.again == Some(record.case) {
            return Again::IsTheDraft;
        }
        if !open.is_empty() || open.camera_opened.is_some() {
            return Again::AnotherIsOpen;
        }
        let has_type = self.has_type(record);
        let report = record.report.clone();
        let refused = refusal(&record.operation);
        let has_condition = has_type && !matches!(refused, Some(Refusal::UnknownCondition { .. }));
        self.inner.begin_draft();
        self.draft.update(|draft| {
            *draft = Draft {
                photos: record.photos.iter().filter_map(RecordPhoto::for_a_draft).collect(),
                category: has_type.then_some(report.category),
                condition: has_condition.then_some(report.condition),
                position: report.position,
                chosen: report.chosen,
                source: report.source,
                note: report.note,
                again: Some(record.case),
                ..draft.clone()
            };
        });
        self.keep_drafts_now().await;
        Again::IsTheDraft
    }

    /// Whether a report of this type would be taken: by the server's word, which is
    /// newer than the pack on this phone may be, and by that pack.
    fn has_type(&self, record: &Record) -> bool {
        let is_denied = matches!(refusal(&record.operation), Some(Refusal::UnknownCategory { .. }));
        let Some(district) = self.district.get_untracked() else { return false };
        let day = district.calendar().local(self.inner.estimate()).date();
        let known = district.category(&record.report.category);
        !is_denied && known.is_some_and(|category| category.force.on(day))
    }
}

impl RecordPhoto {
    /// `None`: its bytes are gone, or the server said no to just these.
    fn for_a_draft(&self) -> Option<DraftPhoto> {
        match self.state {
            PhotoState::Damaged | PhotoState::Rejected { .. } => None,
            PhotoState::OnPhone | PhotoState::Arriving { .. } | PhotoState::Arrived { .. } => {
                Some(DraftPhoto { shot: self.shot.clone() })
            }
        }
    }
}

const fn refusal(operation: &OperationState) -> Option<&Refusal> {
    match operation {
        OperationState::Refused { refusal, .. } => Some(refusal),
        _ => None,
    }
}
