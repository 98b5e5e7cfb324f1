//! Tests of `state`, as tables.

use domain::{Lang, Timestamp, sync::outbox::Failure};

use super::*;
use crate::model::Progress;

const ALL: [SyncSummary; 7] = [
    SyncSummary::Paused,
    SyncSummary::Attention(2),
    SyncSummary::Sending(2),
    SyncSummary::Offline(2),
    SyncSummary::Waiting(2),
    SyncSummary::Done,
    SyncSummary::Starting,
];

fn connected() -> SyncStatus {
    SyncStatus { link: Link::Connected, ..SyncStatus::default() }
}

fn unreachable() -> SyncStatus {
    let link = Link::Unreachable {
        since: Timestamp::from_millis(0),
        next_try: None,
        why: Failure::Unreachable,
    };
    SyncStatus { link, ..SyncStatus::default() }
}

#[test]
fn ended_session_pauses_whatever_else_is_the_case() {
    for status in [
        connected(),
        unreachable(),
        SyncStatus { refused: 3, ..connected() },
        SyncStatus { operations_here: 5, operations_sending: 1, ..connected() },
    ] {
        assert_eq!(SyncSummary::of(&status, true), SyncSummary::Paused);
    }
}

#[test]
fn link_that_needs_a_sign_in_pauses() {
    let status = SyncStatus { link: Link::NeedsSignIn, refused: 1, ..SyncStatus::default() };
    assert_eq!(SyncSummary::of(&status, false), SyncSummary::Paused);
}

#[test]
fn refused_quarantined_and_photos_in_need_are_counted_together() {
    for (refused, quarantined, photos_in_need, all) in
        [(1, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1), (1, 2, 3, 6)]
    {
        let status = SyncStatus { refused, quarantined, photos_in_need, ..connected() };
        assert_eq!(SyncSummary::of(&status, false), SyncSummary::Attention(all));
    }
}

#[test]
fn what_is_to_be_looked_at_comes_before_sending_and_offline() {
    for status in [
        SyncStatus { refused: 1, operations_sending: 1, operations_here: 1, ..connected() },
        SyncStatus { refused: 1, operations_here: 4, ..unreachable() },
    ] {
        assert_eq!(SyncSummary::of(&status, false), SyncSummary::Attention(1));
    }
}

#[test]
fn sending_counts_all_that_is_here_and_at_least_one() {
    let photo = Some(Progress { sent: 1, of: 2 });
    for (status, count) in [
        (SyncStatus { operations_sending: 1, operations_here: 3, ..connected() }, 3),
        (SyncStatus { operations_sending: 1, ..connected() }, 1),
        (SyncStatus { photo_sending: photo, photos_here: 2, ..connected() }, 1),
        (SyncStatus { photo_sending: photo, ..connected() }, 1),
    ] {
        assert_eq!(SyncSummary::of(&status, false), SyncSummary::Sending(count));
    }
}

#[test]
fn unreachable_server_is_offline_with_the_count_of_what_is_here() {
    for (operations_here, photos_here, count) in [(0, 0, 0), (0, 4, 1), (3, 9, 3)] {
        let status = SyncStatus { operations_here, photos_here, ..unreachable() };
        assert_eq!(SyncSummary::of(&status, false), SyncSummary::Offline(count));
    }
}

#[test]
fn what_is_here_waits_while_the_link_is_open_or_being_tried() {
    for link in [Link::Connected, Link::Trying, Link::Starting] {
        let status = SyncStatus { link, operations_here: 2, ..SyncStatus::default() };
        assert_eq!(SyncSummary::of(&status, false), SyncSummary::Waiting(2));
    }
}

#[test]
fn photo_without_its_record_waits_as_one() {
    let status = SyncStatus { photos_here: 7, ..connected() };
    assert_eq!(SyncSummary::of(&status, false), SyncSummary::Waiting(1));
}

#[test]
fn start_is_not_called_done_before_the_link_is_known() {
    assert_eq!(SyncSummary::of(&SyncStatus::default(), false), SyncSummary::Starting);
}

#[test]
fn empty_phone_with_an_answering_server_is_done() {
    assert_eq!(SyncSummary::of(&connected(), false), SyncSummary::Done);
}

#[test]
fn photos_kept_until_a_backup_do_not_hold_up_done() {
    let status = SyncStatus { held_photos: 12, held_bytes: 9_000_000, ..connected() };
    assert_eq!(SyncSummary::of(&status, false), SyncSummary::Done);
}

#[test]
fn records_of_other_people_do_not_hold_up_done() {
    let status = SyncStatus { of_others: 3, ..connected() };
    assert_eq!(SyncSummary::of(&status, false), SyncSummary::Done);
}

#[test]
fn word_of_each_summary_in_each_language() {
    for (summary, hans, hant, en) in [
        (SyncSummary::Paused, "已暂停，请登录", "已暫停，請登入", "Paused: sign in"),
        (SyncSummary::Attention(2), "2 条要您看", "2 條要您看", "2 to look at"),
        (SyncSummary::Sending(2), "正在发 2 条", "正在傳 2 條", "Sending 2"),
        (SyncSummary::Offline(0), "离线", "離線", "Offline"),
        (SyncSummary::Offline(2), "离线 · 2 条在本机", "離線 · 2 條在本機", "Offline · 2 here"),
        (SyncSummary::Waiting(2), "2 条待发", "2 條待傳", "2 waiting"),
        (SyncSummary::Done, "全部已到达", "全部已到達", "All arrived"),
    ] {
        for (lang, expected) in [(Lang::Hans, hans), (Lang::Hant, hant), (Lang::En, en)] {
            assert_eq!(summary.word(Words::of(lang)), expected);
        }
    }
}

#[test]
fn words_of_two_summaries_differ_in_each_language() {
    for lang in Lang::ALL {
        let mut words: Vec<String> = ALL.map(|it| it.word(Words::of(lang))).to_vec();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), ALL.len(), "{lang:?}");
    }
}

#[test]
fn codes_of_two_summaries_differ() {
    let mut codes = ALL.map(SyncSummary::code).to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ALL.len());
}

#[test]
fn sentence_of_each_summary_is_its_own_except_waiting_and_sending() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let sentence_of = |summary: SyncSummary| summary.sentence(words, 0);
        assert_eq!(sentence_of(SyncSummary::Waiting(1)), sentence_of(SyncSummary::Sending(1)));
        let mut sentences: Vec<&str> = ALL.map(sentence_of).to_vec();
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), ALL.len() - 1, "{lang:?}");
    }
}

#[test]
fn sentence_speaks_of_photos_only_when_all_that_needs_attention_is_photos() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (all, photos, is_of_photos) in [(2, 2, true), (2, 1, false), (1, 0, false)] {
            let sentence_of = SyncSummary::Attention(all).sentence(words, photos);
            let expected =
                if is_of_photos { words.photos_in_need() } else { words.sync_attention_text };
            assert_eq!(sentence_of, expected, "{photos} photos of {all}");
        }
    }
}

#[test]
fn sentence_asks_for_a_sign_in_when_paused_and_promises_safety_offline() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        assert_eq!(SyncSummary::Paused.sentence(words, 0), words.sign_in_needed);
        assert_eq!(SyncSummary::Offline(4).sentence(words, 0), words.sync_offline_text);
    }
}

#[test]
fn shape_alone_tells_good_waiting_offline_and_wrong_apart() {
    let shapes = [
        SyncSummary::Done.shape(),
        SyncSummary::Waiting(1).shape(),
        SyncSummary::Offline(1).shape(),
        SyncSummary::Paused.shape(),
    ];
    for (index, shape) in shapes.iter().enumerate() {
        assert!(!shapes[..index].contains(shape), "{shape}");
    }
}

#[test]
fn colour_and_shape_change_together() {
    for one in ALL {
        for other in ALL {
            let same_shape = one.shape() == other.shape();
            assert_eq!(same_shape, one.lamp() == other.lamp(), "{one:?} {other:?}");
        }
    }
}
