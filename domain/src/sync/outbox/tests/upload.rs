//! Photos in parts, and beside each other.

use super::*;
use crate::sync::PartialPhoto;

const MIB: u64 = 1024 * 1024;

/// The most that still goes in one call.
const SMALL: u64 = 64 * 1024;

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

fn sent(effects: &[Effect]) -> Vec<Option<u64>> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SendPhoto { from, .. } => Some(*from),
            _ => None,
        })
        .collect()
}

#[test]
fn a_large_photo_goes_on_from_where_the_server_stands() {
    for (length, part, from) in [
        (SMALL, None, None),
        (SMALL, Some(7), None),
        (SMALL + 1, None, Some(0)),
        (3 * MIB, Some(MIB), Some(MIB)),
        // All of it is there: an empty part brings the receipt.
        (3 * MIB, Some(3 * MIB), Some(3 * MIB)),
        // Nonsense.
        (3 * MIB, Some(3 * MIB + 1), None),
    ] {
        let parts: Vec<(usize, u64)> = part.map(|offset| (0, offset)).into_iter().collect();
        let (_, _, effects) = with_missing(&[length], &parts);
        assert_eq!(sent(&effects), [from], "{length} {part:?}");
    }
}

#[test]
fn another_offset_is_taken_at_once_and_not_for_ever() {
    let (mut outbox, hashes, effects) = with_missing(&[3 * MIB], &[(0, MIB)]);
    assert_eq!(sent(&effects), [Some(MIB)]);
    let hash = hashes[0];
    for offset in [2 * MIB, 5, 6, 3, 2] {
        let effects = outbox.handle(Event::PhotoOffset { hash, offset }, NOW, 7);
        assert_eq!(sent(&effects), [Some(offset)]);
    }
    let effects = outbox.handle(Event::PhotoOffset { hash, offset: 1 }, NOW, 7);
    assert_eq!(sent(&effects), [], "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StorePhotoTries { .. })));
    let effects = outbox.handle(Event::Timer, NOW.plus_millis(30 * 60_000), 7);
    assert_eq!(sent(&effects), [None], "whole, then");
}

#[test]
fn after_two_failures_of_the_way_a_small_photo_goes_in_parts_too() {
    let (mut outbox, hashes, effects) = with_missing(&[1_000], &[]);
    assert_eq!(sent(&effects), [None]);
    let mut now = NOW;
    for expected in [None, Some(400)] {
        let failure = Failure::Unreachable;
        let failed = outbox.handle(Event::PhotoFailed { hash: hashes[0], failure }, now, 7);
        assert_eq!(sent(&failed), []);
        now = now.plus_millis(60_000);
        let _hello = outbox.handle(Event::Timer, now, 7);
        let _asked = outbox.handle(hello(99), now, 7);
        let partial = vec![PartialPhoto { hash: hashes[0], offset: 400 }];
        let answer = MissingAnswer { missing: hashes.clone(), partial, held: vec![] };
        let effects = outbox.handle(Event::MissingAnswered(answer), now, 7);
        assert_eq!(sent(&effects), [expected]);
    }
}

#[test]
fn a_server_that_knows_no_parts_gets_it_whole() {
    for status in [404, 405, 501] {
        let (mut outbox, hashes, effects) = with_missing(&[3 * MIB], &[]);
        assert_eq!(sent(&effects), [Some(0)]);
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
    assert!(effects.contains(&Effect::AskOffset(large.hash)), "{effects:?}");
    let event = Event::PhotoOffset { hash: large.hash, offset: 12 };
    assert_eq!(sent(&outbox.handle(event, NOW, 7)), [Some(12)]);
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
    assert_eq!(sent(&outbox.handle(Event::BatchAnswered(answer), NOW, 7)), [None]);
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
