//! Photos in parts, and beside each other.

use std::ops::Range;

use super::*;
use crate::sync::PartialPhoto;

const MIB: u64 = 1024 * 1024;

const KIB: u64 = 1024;

/// An outbox whose records are settled and whose photos, of these lengths, are missing.
fn with_missing(lengths: &[u64], parts: &[(usize, u64)]) -> (Outbox, Vec<PhotoHash>, Vec<Effect>) {
    let names: Vec<String> = (0..lengths.len()).map(|n| format!("photo {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let photos: Vec<PhotoRow> = names
        .iter()
        .zip(lengths)
        .map(|(name, length)| PhotoRow { length: *length, ..photo(name) })
        .collect();
    let mut settled = row(1, 1, "lin", &names);
    settled.answer = Some(Answer { result: accepted(&settled), answered_in: Epoch(1) });
    let (mut outbox, effects) = outbox(&[settled], &photos, true);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::AskMissing(_))), "{effects:?}");
    let hashes: Vec<PhotoHash> = photos.iter().map(|photo| photo.hash).collect();
    let partial = parts
        .iter()
        .map(|(at, offset)| PartialPhoto { hash: hashes[*at], offset: *offset })
        .collect();
    let answer = MissingAnswer { missing: hashes.clone(), partial, held: vec![] };
    let effects = outbox.handle(Event::MissingAnswered(answer), NOW, 7);
    (outbox, hashes, effects)
}

fn sent(effects: &[Effect]) -> Vec<Option<Range<u64>>> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SendPhoto { part, .. } => Some(part.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_photo_goes_in_parts_from_where_the_server_stands() {
    for (length, held, part) in [
        (1_000, None, Some(0..1_000)),
        (1_000, Some(7), Some(7..1_000)),
        // What nginx takes without being told.
        (900 * KIB, None, Some(0..900 * KIB)),
        (900 * KIB + 1, None, Some(0..256 * KIB)),
        (3 * MIB, Some(MIB), Some(MIB..MIB + 256 * KIB)),
        (3 * MIB, Some(3 * MIB - 5), Some(3 * MIB - 5..3 * MIB)),
        // All of it is there: an empty part brings the receipt.
        (3 * MIB, Some(3 * MIB), Some(3 * MIB..3 * MIB)),
        // Nonsense.
        (3 * MIB, Some(3 * MIB + 1), None),
    ] {
        let parts: Vec<(usize, u64)> = held.map(|offset| (0, offset)).into_iter().collect();
        let (_, _, effects) = with_missing(&[length], &parts);
        assert_eq!(sent(&effects), [part], "{length} {held:?}");
    }
}

#[test]
fn the_next_part_follows_the_answer_to_the_last() {
    let (mut outbox, hashes, mut effects) = with_missing(&[MIB], &[]);
    let mut from = 0;
    while from < MIB {
        assert_eq!(sent(&effects), [Some(from..from + 256 * KIB)]);
        from += 256 * KIB;
        effects = outbox.handle(Event::PhotoOffset { hash: hashes[0], offset: from }, NOW, 7);
    }
    assert_eq!(sent(&effects), [Some(MIB..MIB)], "the receipt is still to come");
}

#[test]
fn a_part_that_is_too_large_for_the_way_is_halved_until_it_passes() {
    let (mut outbox, hashes, effects) = with_missing(&[800 * KIB, 2 * MIB], &[]);
    assert_eq!(sent(&effects), [Some(0..800 * KIB)]);
    let too_large =
        Event::PhotoFailed { hash: hashes[0], failure: Failure::Blocked { status: 413 } };
    for size in [256, 128, 64, 32, 16] {
        let effects = outbox.handle(too_large.clone(), NOW, 7);
        assert_eq!(sent(&effects), [Some(0..size * KIB)], "at once");
    }
    assert_eq!(outbox.status().link, LinkState::Open);
    // The way lets no photo through: this one waits alone, and says why.
    let effects = outbox.handle(too_large, NOW, 7);
    let tries = effects.iter().find_map(|effect| match effect {
        Effect::StorePhotoTries { tries, .. } => Some(tries.clone()),
        _ => None,
    });
    assert_eq!(tries.unwrap().last, Some(Failure::Blocked { status: 413 }));
    assert_eq!(outbox.status().link, LinkState::Open);
    // The other one begins as small as this one became.
    assert_eq!(sent(&effects), [Some(0..16 * KIB)]);
    assert_eq!(outbox.status().sending_photos, [hashes[1]]);
}

#[test]
fn a_photo_that_a_firewall_forbids_holds_up_no_record_and_no_other_photo() {
    let (mut outbox, hashes, _) = with_missing(&[MIB, 1_000], &[]);
    let failure = Failure::Blocked { status: 403 };
    let effects = outbox.handle(Event::PhotoFailed { hash: hashes[0], failure }, NOW, 7);
    assert_eq!(sent(&effects), [Some(0..1_000)], "the other one");
    assert_eq!(outbox.status().link, LinkState::Open);
    let added = row(2, 2, "lin", &[]);
    let event = Event::Added { operation: Box::new(added), photos: vec![] };
    assert_eq!(batches(&outbox.handle(event, NOW, 7)), [[2]]);
}

#[test]
fn another_offset_is_taken_at_once_and_not_for_ever() {
    let (mut outbox, hashes, effects) = with_missing(&[3 * MIB], &[(0, MIB)]);
    assert_eq!(sent(&effects), [Some(MIB..MIB + 256 * KIB)]);
    let hash = hashes[0];
    for offset in [2 * MIB, 5, 6, 3, 2] {
        let effects = outbox.handle(Event::PhotoOffset { hash, offset }, NOW, 7);
        assert_eq!(sent(&effects), [Some(offset..offset + 256 * KIB)]);
    }
    let effects = outbox.handle(Event::PhotoOffset { hash, offset: 1 }, NOW, 7);
    assert_eq!(sent(&effects), [], "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StorePhotoTries { .. })));
    let effects = outbox.handle(Event::Timer, NOW.plus_millis(30 * 60_000), 7);
    assert_eq!(sent(&effects), [None], "whole, then");
}

#[test]
fn parts_get_smaller_where_the_way_breaks_under_them() {
    let (mut outbox, hashes, effects) = with_missing(&[800 * KIB], &[]);
    assert_eq!(sent(&effects), [Some(0..800 * KIB)]);
    let mut now = NOW;
    for size in [800, 128, 128, 64, 64, 64, 64] {
        let failure = Failure::Unreachable;
        let failed = outbox.handle(Event::PhotoFailed { hash: hashes[0], failure }, now, 7);
        assert_eq!(sent(&failed), []);
        now = now.plus_millis(60_000);
        let _hello = outbox.handle(Event::Timer, now, 7);
        let _asked = outbox.handle(hello(99), now, 7);
        let answer = MissingAnswer { missing: hashes.clone(), partial: vec![], held: vec![] };
        let effects = outbox.handle(Event::MissingAnswered(answer), now, 7);
        assert_eq!(sent(&effects), [Some(0..size * KIB)]);
    }
}

#[test]
fn a_server_that_knows_no_parts_gets_it_whole() {
    for status in [404, 405, 501] {
        let (mut outbox, hashes, effects) = with_missing(&[3 * MIB], &[]);
        assert_eq!(sent(&effects), [Some(0..256 * KIB)]);
        let failure = Failure::Rejected { status, code: "method_not_allowed".into() };
        let effects = outbox.handle(Event::PhotoFailed { hash: hashes[0], failure }, NOW, 7);
        assert_eq!(sent(&effects), [None], "at once");
    }
}

#[test]
fn when_the_question_fails_the_offset_is_asked_for() {
    let name = "large";
    let large = PhotoRow { length: 3 * MIB, ..photo(name) };
    let mut settled = row(1, 1, "lin", &[name]);
    settled.answer = Some(Answer { result: accepted(&settled), answered_in: Epoch(1) });
    let (mut outbox, _) = outbox(&[settled], std::slice::from_ref(&large), true);
    let failure = Failure::Rejected { status: 500, code: "internal".into() };
    let effects = outbox.handle(Event::TextFailed(failure), NOW, 7);
    assert_eq!(sent(&effects), [Some(3 * MIB..3 * MIB)], "a part without bytes");
    let event = Event::PhotoOffset { hash: large.hash, offset: 12 };
    assert_eq!(sent(&outbox.handle(event, NOW, 7)), [Some(12..12 + 256 * KIB)]);
}

#[test]
fn several_go_at_once_on_a_good_line_only() {
    let (mut outbox, hashes, effects) = with_missing(&[100_000; 6], &[]);
    assert_eq!(sent(&effects).len(), 1, "one, until the line is known");
    let mut on_the_way = 1;
    for (index, (bytes, millis, at_once)) in
        [(100_000, 100, 3), (1_000, 100_000, 3), (100_000, 2_000, 1)].into_iter().enumerate()
    {
        let effects = outbox.handle(Event::Measured { bytes, millis }, NOW, 7);
        on_the_way += sent(&effects).len();
        let sending = outbox.status().sending_photos;
        let hash = *sending.first().unwrap();
        assert!(hashes.contains(&hash));
        let length_1 = photo_answer(hash);
        let effects = outbox.handle(Event::PhotoAnswered { hash, answer: length_1 }, NOW, 7);
        on_the_way = on_the_way - 1 + sent(&effects).len();
        let most = if index == 2 { 2 } else { at_once };
        assert_eq!(on_the_way, most, "{bytes} in {millis}");
    }
    assert_eq!(outbox.status().sending_photos.len(), 2, "those on their way stay");
}

#[test]
fn no_photo_begins_while_records_are_on_their_way() {
    let (mut outbox, hashes, _) = with_missing(&[1_000, 1_000], &[]);
    let added = row(2, 2, "lin", &[]);
    let event = Event::Added { operation: Box::new(added.clone()), photos: vec![] };
    assert_eq!(batches(&outbox.handle(event, NOW, 7)), [[2]]);
    let hash = outbox.status().sending_photos[0];
    assert!(hashes.contains(&hash));
    let answer = photo_answer(hash);
    let effects = outbox.handle(Event::PhotoAnswered { hash, answer }, NOW, 7);
    assert_eq!(sent(&effects), []);
    let answer = BatchAnswer { results: vec![accepted(&added)] };
    assert_eq!(sent(&outbox.handle(Event::BatchAnswered(answer), NOW, 7)), [Some(0..1_000)]);
}

#[test]
fn a_photo_another_tab_gave_up_is_not_called_lost() {
    let (mut outbox, hashes, _) = with_missing(&[1_000], &[]);
    let row = PhotoRow { evicted: true, ..photo("photo 0") };
    assert_eq!(row.hash, hashes[0]);
    let effects = outbox.handle(Event::PhotoRow(Box::new(row)), NOW, 7);
    assert!(!effects.iter().any(|it| matches!(it, Effect::StorePhotoDamaged { .. })));
    assert_eq!(outbox.status().sending_photos, []);
    // Unless the server still lacks it: asked again, not at the next connection.
    assert!(effects.contains(&Effect::AskMissing(hashes.clone())), "{effects:?}");
    let answer = MissingAnswer { missing: hashes.clone(), partial: vec![], held: vec![] };
    let effects = outbox.handle(Event::MissingAnswered(answer), NOW, 7);
    let lost = Effect::StorePhotoDamaged { hash: hashes[0], is_damaged: true };
    assert!(effects.contains(&lost), "{effects:?}");
}

#[test]
fn the_same_photo_again_brings_back_what_was_lost() {
    for (evicted, damaged) in [(true, true), (false, true)] {
        let lost = PhotoRow { evicted, damaged, ..photo("a") };
        let rows = [row(1, 1, "lin", &["a"])];
        let (mut outbox, _) = outbox(&rows, &[lost], true);
        let answer = BatchAnswer { results: vec![accepted(&rows[0])] };
        let effects = outbox.handle(Event::BatchAnswered(answer), NOW, 7);
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::AskMissing(_))));
        let again = row(2, 2, "lin", &["a"]);
        let event = Event::Added { operation: Box::new(again), photos: vec![photo("a")] };
        let effects = outbox.handle(event, NOW, 7);
        assert_eq!(batches(&effects), [[2]]);
        let failure = Failure::Rejected { status: 500, code: "internal".into() };
        let effects = outbox.handle(Event::TextFailed(failure), NOW, 7);
        assert!(effects.contains(&Effect::AskMissing(vec![photo("a").hash])), "{effects:?}");
    }
}
