//! Tests of `waiting`, as tables.

use domain::{
    Lang, OperationId, Sha256Hash,
    case::Refusal,
    evidence::{Epoch, Receipt, ReceiptSubject, Unsigned},
    sync::{QuarantineReason, outbox::Failure},
};

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn waiting(next_try_ms: Option<i64>, tries: u32, last_failure: Option<Failure>) -> OperationState {
    let next_try = next_try_ms.map(|after| NOW.plus_millis(after));
    OperationState::Waiting { next_try, tries, last_failure }
}

fn receipt() -> Arc<Receipt> {
    let stated = Unsigned {
        subject: ReceiptSubject::Operation {
            id: OperationId::new(NOW, [1; 10]),
            digest: Sha256Hash::from_bytes([2; 32]),
            photos: Vec::new(),
        },
        at: NOW,
        epoch: Epoch(1),
    };
    Arc::new(Receipt { stated, signature: String::new() })
}

fn text_of(state: &OperationState, lang: Lang) -> String {
    operation_text(state, Words::of(lang), NOW)
}

#[test]
fn waiting_operation_says_only_that_it_is_on_this_phone_before_the_first_try() {
    for lang in Lang::ALL {
        assert_eq!(text_of(&waiting(None, 0, None), lang), Words::of(lang).state_on_phone);
    }
}

#[test]
fn waiting_operation_names_failure_tries_and_next_try_in_this_order() {
    let state = waiting(Some(40_000), 3, Some(Failure::Unreachable));
    for (lang, expected) in [
        (Lang::Hans, "在本机，等待发送 · 没有网络或服务器没应答 · 已试 3 次 · 下次尝试 40 秒后"),
        (Lang::Hant, "在本機，等待傳送 · 沒有網路或伺服器沒回應 · 已試 3 次 · 下次嘗試 40 秒後"),
        (
            Lang::En,
            "On this phone, waiting · no network, or no answer · tried 3 times · Next try in 40 s",
        ),
    ] {
        assert_eq!(text_of(&state, lang), expected);
    }
}

#[test]
fn each_part_of_what_keeps_an_operation_is_said_only_where_it_is_known() {
    for (state, expected) in [
        (waiting(None, 1, None), "On this phone, waiting · tried once"),
        (waiting(Some(120_000), 0, None), "On this phone, waiting · Next try in 2 min"),
        (waiting(None, 0, Some(Failure::SignedOut)), "On this phone, waiting · sign in again"),
        (
            waiting(None, 2, Some(Failure::Busy { retry_after_ms: None })),
            "On this phone, waiting · the server is busy · tried 2 times",
        ),
    ] {
        assert_eq!(text_of(&state, Lang::En), expected);
    }
}

#[test]
fn next_try_that_is_due_or_past_is_now() {
    for after in [0, -5_000, -86_400_000] {
        let text = text_of(&waiting(Some(after), 0, None), Lang::En);
        assert_eq!(text, "On this phone, waiting · Next try in 0 s", "{after}");
    }
}

#[test]
fn next_try_counts_down_as_now_moves() {
    let state = waiting(Some(90_000), 0, None);
    let words = Words::of(Lang::En);
    for (later, expected) in [(0, "in 1 min"), (31_000, "in 59 s"), (89_001, "in 1 s")] {
        let text = operation_text(&state, words, NOW.plus_millis(later));
        assert!(text.ends_with(expected), "{text}");
    }
}

#[test]
fn rejected_operation_shows_the_code_of_the_server() {
    let failure = Failure::Rejected { status: 409, code: "chain_broken".into() };
    for lang in Lang::ALL {
        let text = text_of(&waiting(None, 1, Some(failure.clone())), lang);
        assert!(text.contains("chain_broken"), "{text}");
    }
}

#[test]
fn refused_operation_says_the_refusal_in_the_language_of_the_person() {
    for refusal in [Refusal::NotYours, Refusal::ReasonNeeded, Refusal::NoSuchCase] {
        for lang in Lang::ALL {
            let state = OperationState::Refused { refusal: refusal.clone(), receipt: receipt() };
            assert_eq!(text_of(&state, lang), refusal.sentence(lang));
        }
    }
}

#[test]
fn quarantined_operation_says_the_reason() {
    for reason in [
        QuarantineReason::Branch,
        QuarantineReason::NotTheSender,
        QuarantineReason::NewerFormat,
        QuarantineReason::Unreadable,
    ] {
        for lang in Lang::ALL {
            let state = OperationState::Quarantined { reason, receipt: receipt() };
            assert_eq!(text_of(&state, lang), Words::of(lang).quarantine(reason));
        }
    }
}

#[test]
fn five_states_of_an_operation_have_five_texts_in_each_language() {
    let states = [
        waiting(None, 0, None),
        OperationState::Sending,
        OperationState::Arrived { receipt: Some(receipt()) },
        OperationState::Refused { refusal: Refusal::NotYours, receipt: receipt() },
        OperationState::Quarantined { reason: QuarantineReason::Branch, receipt: receipt() },
    ];
    for lang in Lang::ALL {
        let mut texts: Vec<String> = states.iter().map(|state| text_of(state, lang)).collect();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), states.len(), "{lang:?}");
    }
}

#[test]
fn arrived_operation_is_said_the_same_with_and_without_its_receipt() {
    for lang in Lang::ALL {
        let here = OperationState::Arrived { receipt: Some(receipt()) };
        let elsewhere = OperationState::Arrived { receipt: None };
        assert_eq!(text_of(&here, lang), text_of(&elsewhere, lang));
    }
}

#[test]
fn icon_of_what_was_not_accepted_warns() {
    let refused = OperationState::Refused { refusal: Refusal::NotYours, receipt: receipt() };
    let quarantined =
        OperationState::Quarantined { reason: QuarantineReason::Digest, receipt: receipt() };
    for state in [&refused, &quarantined] {
        assert_eq!(icon_of(state).data, icon::TRIANGLE_ALERT.data);
    }
    for state in [&waiting(None, 0, None), &OperationState::Sending] {
        assert_ne!(icon_of(state).data, icon::TRIANGLE_ALERT.data);
    }
}
