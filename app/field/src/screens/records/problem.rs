//! What is wrong with a record, and the ways out of it.
//!
//! Never: views. They are in [`record_problems`](super::record_problems).

use app_shared::{
    components::message::Tone,
    model::{OperationState, PhotoState, Record, RecordPhoto},
    text::Words,
};
use domain::sync::QuarantineReason;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub tone: Tone,
    pub text: String,
    /// The stable name by which tests find it.
    pub hook: &'static str,
}

/// What a person can do about a record with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    OpenCase,
    /// Makes a draft of it, to be reported anew.
    ReportAgain,
    /// To where the rescue file is saved.
    RescueFile,
    /// Read and understood: it asks no more.
    Acknowledge,
}

/// What the server did not do, then what broke on this phone, then what nobody can open, then what
/// is held back on the way.
pub fn problems(record: &Record, words: Words) -> Vec<Problem> {
    let refusal = match &record.operation {
        OperationState::Refused { refusal, .. } => Some((Tone::Bad, refusal.sentence(words.lang))),
        OperationState::Quarantined { reason, .. } => {
            Some((Tone::Warn, words.quarantine(*reason).into()))
        }
        _ => None,
    };
    let refusal = refusal.map(|(tone, text)| Problem { tone, text, hook: "record-refusal" });
    // Acknowledged: the marks go on saying which photo it is.
    let damage = words.damaged_photos_text(record).filter(|_| !record.acknowledged);
    let damage = damage.map(|text| Problem { tone: Tone::Bad, text, hook: "record-harm" });
    let undecodable = words.undecodable_photos_text(record).filter(|_| !record.acknowledged);
    let undecodable =
        undecodable.map(|text| Problem { tone: Tone::Bad, text, hook: "record-undecodable" });
    let blocked = words.blocked_photos_text(record).filter(|_| !record.acknowledged);
    let blocked = blocked.map(|text| Problem { tone: Tone::Warn, text, hook: "record-blocked" });
    refusal.into_iter().chain(damage).chain(undecodable).chain(blocked).collect()
}

/// Whether it has a problem that the person has not settled yet.
pub fn needs_person(record: &Record) -> bool {
    (is_lost_in_part(record) || is_blocked(record)) && !record.acknowledged
}

/// Whether something of it will never be where it belongs.
fn is_lost_in_part(record: &Record) -> bool {
    let is_lost =
        |photo: &RecordPhoto| matches!(photo.state, PhotoState::Damaged | PhotoState::Undecodable);
    record.operation.is_not_carried_out() || record.photos.iter().any(is_lost)
}

fn is_blocked(record: &Record) -> bool {
    record.photos.iter().any(|photo| photo.state == PhotoState::Blocked)
}

/// In the order of the buttons.
pub fn ways_out(record: &Record) -> Vec<WayOut> {
    let has_case = record.case_state.is_some();
    let asks = !record.acknowledged;
    [
        (WayOut::OpenCase, has_case),
        (WayOut::ReportAgain, asks && is_lost_in_part(record) && may_be_reported_again(record)),
        (WayOut::RescueFile, asks && is_blocked(record)),
        (WayOut::Acknowledge, asks),
    ]
    .into_iter()
    .filter_map(|(way_out, is_offered)| is_offered.then_some(way_out))
    .collect()
}

/// What an older server could not read yet it will carry out after its update: another
/// one would then be there twice.
const fn may_be_reported_again(record: &Record) -> bool {
    !matches!(
        record.operation,
        OperationState::Quarantined { reason: QuarantineReason::NewerFormat, .. }
    )
}

#[cfg(test)]
mod tests {
    use domain::{Lang, case::CaseState};

    use super::{
        super::test_records::{ARRIVED, PHOTO_ARRIVED, quarantined, record, refused, waiting},
        *,
    };

    const HELD_BY_NEWER: QuarantineReason = QuarantineReason::NewerFormat;
    const NO_PROBLEMS: [&str; 0] = [];

    fn hooks(record: &Record) -> Vec<&'static str> {
        problems(record, Words::of(Lang::En)).into_iter().map(|it| it.hook).collect()
    }

    #[test]
    fn record_has_a_problem_when_it_was_not_taken_or_a_photo_broke() {
        for (operation, photo, expected) in [
            (waiting(), PhotoState::OnPhone, &NO_PROBLEMS[..]),
            (ARRIVED, PHOTO_ARRIVED, &NO_PROBLEMS),
            (ARRIVED, PhotoState::Rejected { code: "photo_torn".into() }, &NO_PROBLEMS),
            (ARRIVED, PhotoState::Blocked, &["record-blocked"]),
            (waiting(), PhotoState::Damaged, &["record-harm"]),
            (ARRIVED, PhotoState::Undecodable, &["record-undecodable"]),
            (refused(), PHOTO_ARRIVED, &["record-refusal"]),
            (quarantined(HELD_BY_NEWER), PHOTO_ARRIVED, &["record-refusal"]),
            (refused(), PhotoState::Damaged, &["record-refusal", "record-harm"]),
        ] {
            let record = record(operation, None, photo);
            assert_eq!(hooks(&record), expected, "{record:?}");
        }
    }

    #[test]
    fn acknowledged_record_keeps_the_refusal_and_drops_the_damage() {
        let mut record = record(refused(), None, PhotoState::Damaged);
        record.acknowledged = true;
        assert_eq!(hooks(&record), ["record-refusal"]);
    }

    #[test]
    fn record_needs_the_person_while_it_has_a_problem_that_is_not_acknowledged() {
        for operation in [waiting(), ARRIVED, refused(), quarantined(HELD_BY_NEWER)] {
            for photo in [
                PhotoState::OnPhone,
                PHOTO_ARRIVED,
                PhotoState::Blocked,
                PhotoState::Damaged,
                PhotoState::Undecodable,
            ] {
                let mut record = record(operation.clone(), None, photo);
                assert_eq!(needs_person(&record), !hooks(&record).is_empty(), "{record:?}");
                record.acknowledged = true;
                assert!(!needs_person(&record), "{record:?}");
            }
        }
    }

    #[test]
    fn quarantine_is_no_alarm_and_refusal_is() {
        for (operation, tone) in [(refused(), Tone::Bad), (quarantined(HELD_BY_NEWER), Tone::Warn)]
        {
            let record = record(operation, None, PHOTO_ARRIVED);
            let tones: Vec<Tone> =
                problems(&record, Words::of(Lang::Hans)).into_iter().map(|it| it.tone).collect();
            assert_eq!(tones, [tone]);
        }
    }

    #[test]
    fn problem_is_said_in_each_language() {
        for record in [
            record(refused(), None, PHOTO_ARRIVED),
            record(quarantined(HELD_BY_NEWER), None, PHOTO_ARRIVED),
            record(ARRIVED, None, PhotoState::Damaged),
            record(ARRIVED, None, PhotoState::Undecodable),
            record(ARRIVED, None, PhotoState::Blocked),
        ] {
            let mut texts = Lang::ALL.map(|lang| problems(&record, Words::of(lang))).concat();
            texts.dedup();
            assert_eq!(texts.len(), 3, "{texts:?}");
        }
    }

    #[test]
    fn ways_out_depend_on_the_case_and_on_what_was_acknowledged() {
        use WayOut::{Acknowledge, OpenCase, ReportAgain};
        let open = Some(CaseState::Assigned);
        for (operation, case, acknowledged, expected) in [
            (refused(), None, false, &[ReportAgain, Acknowledge][..]),
            (refused(), open, false, &[OpenCase, ReportAgain, Acknowledge]),
            (refused(), open, true, &[OpenCase]),
            (refused(), None, true, &[]),
            (quarantined(HELD_BY_NEWER), None, false, &[Acknowledge]),
            (ARRIVED, open, false, &[OpenCase, ReportAgain, Acknowledge]),
        ] {
            let record = Record { acknowledged, ..record(operation, case, PhotoState::Damaged) };
            assert_eq!(ways_out(&record), expected, "{record:?}");
        }
    }

    #[test]
    fn photo_that_is_held_back_on_the_way_is_not_reported_again_and_may_go_by_file() {
        use WayOut::{Acknowledge, OpenCase, RescueFile};
        let record = record(ARRIVED, Some(CaseState::Assigned), PhotoState::Blocked);
        assert_eq!(ways_out(&record), [OpenCase, RescueFile, Acknowledge]);
    }
}
