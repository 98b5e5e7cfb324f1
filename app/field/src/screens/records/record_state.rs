//! Where a record stands: its way to the server first, then its case.

use app_shared::{
    model::{OperationState, Record},
    screens::sync::waiting::operation_text,
    text::Words,
};
use domain::Timestamp;

/// In words; `now` is for the time of the next try.
pub fn state_text(record: &Record, words: Words, now: Timestamp) -> String {
    match (&record.operation, record.case_state) {
        (OperationState::Arrived { .. }, Some(state)) => words.state(state).into(),
        // Why is said below it, as its problem.
        (OperationState::Refused { .. }, _) => words.state_refused.into(),
        (OperationState::Quarantined { .. }, _) => words.state_quarantined.into(),
        // On its way, or arrived and nothing here tells yet what becomes of it.
        (operation, _) => operation_text(operation, words, now),
    }
}

/// The stable name by which tests find it.
pub fn state_code(record: &Record) -> &'static str {
    match &record.operation {
        OperationState::Waiting { .. } => "waiting",
        OperationState::Sending => "sending",
        OperationState::Refused { .. } => "refused",
        OperationState::Quarantined { .. } => "quarantined",
        OperationState::Arrived { .. } => record.case_state.map_or("arrived", |state| state.code()),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Lang, case::CaseState, sync::QuarantineReason};

    use super::{
        super::test_records::{ARRIVED, PHOTO_ARRIVED, quarantined, record, refused, waiting},
        *,
    };

    const NOW: Timestamp = Timestamp::from_millis(1);

    #[test]
    fn record_says_its_way_to_the_server_until_it_has_arrived_and_its_case_then() {
        let closed = Some(CaseState::Closed);
        let on_phone = ["在本机，等待发送", "在本機，等待傳送", "On this phone, waiting"];
        let held = ["已留存待人工查看", "已留存待人工查看", "Held for a person to look at"];
        for (operation, case, code, texts) in [
            (waiting(), closed, "waiting", on_phone),
            (OperationState::Sending, closed, "sending", ["正在发送", "正在傳送", "Being sent"]),
            (ARRIVED, closed, "closed", ["已结案", "已結案", "Closed"]),
            (ARRIVED, None, "arrived", ["已到达", "已到達", "arrived"]),
            (refused(), closed, "refused", ["未被接受", "未被接受", "Not accepted"]),
            (quarantined(QuarantineReason::NewerFormat), None, "quarantined", held),
        ] {
            let record = record(operation, case, PHOTO_ARRIVED);
            assert_eq!(state_code(&record), code);
            for (lang, text) in Lang::ALL.into_iter().zip(texts) {
                assert_eq!(state_text(&record, Words::of(lang), NOW), text, "{code} {lang:?}");
            }
        }
    }
}
