//! Single decisions, each with the effects it must have.

mod sweep;
mod upload;

use ed25519_dalek::SigningKey;

use super::*;
use crate::{
    CaseId, DeviceId, DeviceTime, OperationId, PhotoHash, Sha256Hash, Timestamp, UserName,
    case::Command,
    evidence::{Epoch, Link, PhotoFormat, PublicKey, ReceiptSubject, Shot, ShotOrigin, Unsigned},
    sync::{
        BatchAnswer, HelloAnswer, Limits, MissingAnswer, OPERATION_FORMAT, Operation,
        OperationResult, PROTOCOL, PhotoAnswer, QuarantineReason, Verdict,
    },
};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

fn key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

fn row(sequence: u64, case: u8, author: &str, photos: &[&str]) -> OperationRow {
    let done = DeviceTime { claimed: NOW, offset_ms: None };
    let shots = photos.iter().map(|name| Shot {
        hash: Sha256Hash::of(name.as_bytes()),
        length: 1,
        format: PhotoFormat::Jpeg,
        width: 1,
        height: 1,
        taken: done,
        origin: ShotOrigin::Camera,
    });
    let operation = Operation {
        format: OPERATION_FORMAT,
        id: OperationId::new(NOW, [u8::try_from(sequence).unwrap(); 10]),
        case: CaseId::new(NOW, [case; 10]),
        device: DeviceId::new(NOW, [0; 10]),
        link: Link { sequence, previous: None },
        author: UserName::new(author),
        done,
        base: 0,
        command: Command::Rectify { photos: shots.collect(), note: String::new() },
    };
    OperationRow::new(&operation).unwrap()
}

fn photo(name: &str) -> PhotoRow {
    PhotoRow {
        format: ROW_FORMAT,
        hash: Sha256Hash::of(name.as_bytes()),
        length: 1,
        kind: PhotoFormat::Jpeg,
        kept_at: NOW,
        answer: None,
        tries: Tries::default(),
        evicted: false,
        damaged: false,
        lacked: false,
    }
}

fn accepted(row: &OperationRow) -> OperationResult {
    let subject = ReceiptSubject::Operation {
        id: row.sealed.id,
        digest: row.sealed.digest,
        photos: row.photos.clone(),
    };
    let receipt = Unsigned { subject, at: NOW, epoch: Epoch(1) }.sign(&key());
    OperationResult { id: row.sealed.id, receipt, verdict: Verdict::Accepted }
}

fn photo_answer(hash: PhotoHash) -> PhotoAnswer {
    let subject = ReceiptSubject::Photo { hash, length: 1 };
    PhotoAnswer { receipt: Unsigned { subject, at: NOW, epoch: Epoch(1) }.sign(&key()) }
}

fn hello(highest: u64) -> Event {
    Event::HelloAnswered(Box::new(hello_answer(highest)))
}

fn hello_answer(highest: u64) -> HelloAnswer {
    HelloAnswer {
        protocol: PROTOCOL,
        epoch: Epoch(1),
        now: NOW,
        limits: Limits { batch_operations: 3, photo_bytes: 1 << 20 },
        gaps: vec![],
        highest,
        pack: "1".into(),
        backed_up: None,
    }
}

/// Another hello, whose answer tells of this backup.
fn greet(outbox: &mut Outbox, backed_up: Option<Timestamp>, now: Timestamp) -> Vec<Effect> {
    let asked = [Event::Visible(true), Event::TryNow].map(|event| outbox.handle(event, now, 7));
    assert!(asked.iter().flatten().any(|effect| matches!(effect, Effect::SendHello(_))));
    let answer = HelloAnswer { backed_up, ..hello_answer(99) };
    outbox.handle(Event::HelloAnswered(Box::new(answer)), now, 7)
}

fn evicted(effects: &[Effect]) -> Vec<PhotoHash> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::FreePhoto { hash, .. } => Some(*hash),
            _ => None,
        })
        .collect()
}

/// An outbox with these rows, after sign-in as "lin" and, when `open`, a hello.
fn outbox(rows: &[OperationRow], photos: &[PhotoRow], open: bool) -> (Outbox, Vec<Effect>) {
    let device = DeviceId::new(NOW, [0; 10]);
    let mut outbox =
        Outbox::new(device, "test", Some(Epoch(1)), rows, photos).verified_at(Some(NOW));
    let signed_in = Event::SignedIn { user: UserName::new("lin"), key: PublicKey::of(&key()) };
    let mut effects = outbox.handle(signed_in, NOW, 7);
    if open {
        effects = outbox.handle(hello(99), NOW, 7);
    }
    (outbox, effects)
}

fn batches(effects: &[Effect]) -> Vec<&[u64]> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SendBatch { sequences, .. } => Some(sequences.as_slice()),
            _ => None,
        })
        .collect()
}

#[test]
fn hello_comes_first_and_only_when_there_is_something_to_say() {
    let (_, effects) = outbox(&[row(1, 1, "lin", &[])], &[], false);
    assert!(matches!(effects.as_slice(), [Effect::SendHello(hello)] if hello.sequence == 1));
    let (mut idle, effects) = outbox(&[], &[], false);
    assert_eq!(effects, []);
    let effects = idle.handle(Event::Visible(true), NOW, 7);
    assert!(matches!(effects.as_slice(), [Effect::SendHello(_)]));
}

#[test]
fn only_the_person_signed_in_is_sent() {
    let rows = [row(1, 1, "wang", &["a"]), row(2, 2, "lin", &[])];
    let (_, effects) = outbox(&rows, &[photo("a")], true);
    assert_eq!(batches(&effects), [[2]]);
}

#[test]
fn the_servers_limit_cuts_a_batch() {
    let rows: Vec<_> = (1..=5).map(|n| row(n, u8::try_from(n).unwrap(), "lin", &[])).collect();
    let (mut outbox, effects) = outbox(&rows, &[], true);
    assert_eq!(batches(&effects), [[1, 2, 3]]);
    let results = rows[..3].iter().map(accepted).collect();
    let effects = outbox.handle(Event::BatchAnswered(BatchAnswer { results }), NOW, 7);
    assert_eq!(batches(&effects), [[4, 5]]);
}

#[test]
fn text_goes_before_photos_and_bytes_go_after_both_receipts() {
    let rows = [row(1, 1, "lin", &["a"])];
    let hash = photo("a").hash;
    let (mut outbox, effects) = outbox(&rows, &[photo("a")], true);
    assert_eq!(batches(&effects), [[1]]);
    let whole = Effect::SendPhoto { hash, part: Some(0..photo("a").length) };
    assert!(!effects.contains(&whole));

    let answer = BatchAnswer { results: vec![accepted(&rows[0])] };
    let effects = outbox.handle(Event::BatchAnswered(answer), NOW, 7);
    assert!(effects.contains(&Effect::AskMissing(vec![hash])));
    let answer = MissingAnswer { missing: vec![hash], partial: vec![], held: vec![] };
    let effects = outbox.handle(Event::MissingAnswered(answer), NOW, 7);
    assert!(effects.contains(&whole));
    let answer = photo_answer(hash);
    let effects = outbox.handle(Event::PhotoAnswered { hash, answer }, NOW, 7);
    assert!(matches!(effects.as_slice(), [Effect::StorePhotoAnswer { .. }]), "{effects:?}");
    assert_eq!(outbox.status().held_photos, 1);

    assert_eq!(evicted(&greet(&mut outbox, Some(NOW), NOW)), [], "on disk after that backup");
    let later = NOW.plus_millis(1);
    assert_eq!(evicted(&greet(&mut outbox, Some(later), NOW)), [hash]);
    assert_eq!(outbox.status().held_photos, 0);
}

#[test]
fn without_a_backup_bytes_are_held_fourteen_days_by_both_clocks() {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    let rows = [row(1, 1, "lin", &["a"])];
    let hash = photo("a").hash;
    for (phone, server, goes) in
        [(14, 14, true), (14, 13, false), (13, 14, false), (0, 90, false), (-3, 14, false)]
    {
        let (mut outbox, _) = outbox(&rows, &[photo("a")], true);
        let answer = BatchAnswer { results: vec![accepted(&rows[0])] };
        let _asked = outbox.handle(Event::BatchAnswered(answer), NOW, 7);
        let held = vec![photo_answer(hash).receipt];
        let answer = MissingAnswer { missing: vec![], partial: vec![], held };
        let _held = outbox.handle(Event::MissingAnswered(answer), NOW, 7);
        let _again = outbox.handle(Event::Visible(true), NOW.plus_millis(phone * DAY), 7);
        let mut answer = hello_answer(99);
        answer.now = NOW.plus_millis(server * DAY);
        let event = Event::HelloAnswered(Box::new(answer));
        let _again = outbox.handle(Event::TryNow, NOW.plus_millis(phone * DAY), 7);
        let effects = outbox.handle(event, NOW.plus_millis(phone * DAY), 7);
        assert_eq!(!evicted(&effects).is_empty(), goes, "{phone} {server}");
    }
}

#[test]
fn a_photo_two_records_share_waits_for_both() {
    let rows = [row(1, 1, "lin", &["a"]), row(2, 2, "wang", &["a"])];
    let hash = photo("a").hash;
    let (mut outbox, _) = outbox(&rows, &[photo("a")], true);
    let answer = BatchAnswer { results: vec![accepted(&rows[0])] };
    let _asked = outbox.handle(Event::BatchAnswered(answer), NOW, 7);
    let held =
        MissingAnswer { missing: vec![], partial: vec![], held: vec![photo_answer(hash).receipt] };
    let effects = outbox.handle(Event::MissingAnswered(held), NOW, 7);
    assert!(matches!(effects.as_slice(), [Effect::StorePhotoAnswer { .. }]), "{effects:?}");
}

#[test]
fn a_yes_without_a_receipt_is_a_no() {
    let rows = [row(1, 1, "lin", &["a"])];
    let good = accepted(&rows[0]);
    let mut forged = good.clone();
    forged.receipt.signature = "0".repeat(128);
    let mut fewer = rows[0].clone();
    fewer.photos.clear();
    let mut other_body = rows[0].clone();
    other_body.sealed.digest = Sha256Hash::of(b"other");
    let aside = |row: &OperationRow, reason| {
        let mut unread = row.clone();
        unread.photos.clear();
        OperationResult { verdict: Verdict::Quarantined { reason }, ..accepted(&unread) }
    };
    for (results, settles) in [
        (vec![], false),
        (vec![forged], false),
        (vec![accepted(&fewer)], false),
        (vec![accepted(&other_body)], false),
        (vec![accepted(&row(2, 1, "lin", &["a"]))], false),
        // Damaged on the way: what is whole is still here alone.
        (vec![aside(&other_body, QuarantineReason::Digest)], false),
        (vec![aside(&rows[0], QuarantineReason::NewerFormat)], true),
        (vec![good], true),
    ] {
        let (mut outbox, _) = outbox(&rows, &[photo("a")], true);
        let effects = outbox.handle(Event::BatchAnswered(BatchAnswer { results }), NOW, 7);
        let stored = effects.iter().any(|effect| matches!(effect, Effect::StoreAnswer { .. }));
        assert_eq!(stored, settles, "{effects:?}");
    }
}

#[test]
fn a_record_that_breaks_the_call_waits_alone() {
    let rows = [row(1, 1, "lin", &[]), row(2, 2, "lin", &[]), row(3, 1, "lin", &[])];
    let (mut outbox, effects) = outbox(&rows, &[], true);
    assert_eq!(batches(&effects), [[1, 2, 3]]);
    let broken = || Event::TextFailed(Failure::Rejected { status: 500, code: "internal".into() });
    let effects = outbox.handle(broken(), NOW, 7);
    assert_eq!(batches(&effects), [[1]], "each alone");
    let effects = outbox.handle(broken(), NOW, 7);
    assert_eq!(batches(&effects), [[2]], "lane 1 waits, lane 2 does not");
    let answer = BatchAnswer { results: vec![accepted(&rows[1])] };
    let effects = outbox.handle(Event::BatchAnswered(answer), NOW, 7);
    assert_eq!(batches(&effects), Vec::<&[u64]>::new(), "3 stays behind 1");
    let new = row(4, 4, "lin", &[]);
    let added = Event::Added { operation: Box::new(new), photos: vec![] };
    assert_eq!(batches(&outbox.handle(added, NOW, 7)), [[4]]);
}

#[test]
fn an_ended_session_pauses_and_deletes_nothing() {
    let rows = [row(1, 1, "lin", &[])];
    let (mut outbox, _) = outbox(&rows, &[], true);
    let effects = outbox.handle(Event::TextFailed(Failure::SignedOut), NOW, 7);
    assert_eq!(effects, [Effect::SessionEnded]);
    assert!(outbox.status().is_paused);
    assert_eq!(outbox.handle(Event::TryNow, NOW, 7), []);
    let user = UserName::new("lin");
    let again = Event::SignedIn { user, key: PublicKey::of(&key()) };
    let effects = outbox.handle(again, NOW, 7);
    assert!(matches!(effects.as_slice(), [Effect::SendHello(_)]));
}

#[test]
fn what_a_hello_calls_missing_is_offered_again() {
    let mut rows = [row(1, 1, "lin", &[]), row(2, 2, "lin", &[])];
    for row in &mut rows {
        row.answer = Some(Answer { result: accepted(row), answered_in: Epoch(1) });
    }
    let (mut outbox, effects) = outbox(&rows, &[], false);
    assert_eq!(effects, []);
    let _asked = outbox.handle(Event::Visible(true), NOW, 7);
    let effects = outbox.handle(hello(1), NOW, 7);
    assert_eq!(batches(&effects), [[2]]);
    assert!(effects.contains(&Effect::StoreLacked { sequence: 2 }));
}

#[test]
fn a_failing_way_is_tried_again_and_again() {
    let rows = [row(1, 1, "lin", &[])];
    let (mut outbox, _) = outbox(&rows, &[], false);
    let mut now = NOW;
    for tries in 1..200 {
        let effects = outbox.handle(Event::TextFailed(Failure::Unreachable), now, u64::MAX);
        let [Effect::Wait(Some(until))] = effects.as_slice() else { panic!("{effects:?}") };
        assert!(until.since(now) <= 60_000);
        let LinkState::Closed { since, tries: counted, .. } = outbox.status().link else {
            panic!()
        };
        assert_eq!((since, counted), (NOW, tries));
        assert_eq!(outbox.handle(Event::Timer, now, 7), [Effect::Wait(Some(*until))], "too early");
        now = *until;
        let effects = outbox.handle(Event::Timer, now, 7);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::SendHello(_))));
    }
}
