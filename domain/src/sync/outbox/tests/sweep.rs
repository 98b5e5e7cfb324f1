//! Asking the server whether it still has what it gave receipts for.

use super::*;
use crate::sync::HoldingsAnswer;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Two answered records, one photo; `answered_in` that life of the server.
fn settled(answered_in: Epoch) -> (Vec<OperationRow>, PhotoRow) {
    let mut rows = vec![row(1, 1, "lin", &["a"]), row(2, 1, "lin", &[])];
    for row in &mut rows {
        row.answer = Some(Answer { result: accepted(row), answered_in });
    }
    let mut photo = photo("a");
    let receipt = photo_answer(photo.hash).receipt;
    photo.answer = Some(PhotoReceipt { receipt, answered_in, heard: None });
    (rows, photo)
}

fn verify(effects: &[Effect]) -> Option<(usize, usize)> {
    effects.iter().find_map(|effect| match effect {
        Effect::AskVerify(held) => Some((held.operations.len(), held.photos.len())),
        _ => None,
    })
}

fn begun(
    rows: &[OperationRow],
    photo: &PhotoRow,
    last: Option<Timestamp>,
) -> (Outbox, Vec<Effect>) {
    let device = DeviceId::new(NOW, [0; 10]);
    let mut outbox = Outbox::new(device, "test", Some(Epoch(1)), rows, [photo]).verified_at(last);
    let user = UserName::new("lin");
    let _begun = outbox.handle(Event::SignedIn { user, key: PublicKey::of(&key()) }, NOW, 7);
    let _asked = outbox.handle(Event::Visible(true), NOW, 7);
    let effects = outbox.handle(hello(2), NOW, 7);
    (outbox, effects)
}

#[test]
fn once_a_day_and_by_any_clock() {
    let (rows, photo) = settled(Epoch(1));
    for (last, asks) in [
        (None, true),
        (Some(0), false),
        (Some(DAY - 1), false),
        (Some(DAY), true),
        // It was set back by years: the sweep does not wait for them.
        (Some(-900 * DAY), true),
    ] {
        let last = last.map(|ago| NOW.plus_millis(-ago));
        let (_, effects) = begun(&rows, &photo, last);
        assert_eq!(verify(&effects), asks.then_some((2, 1)), "{last:?}");
    }
}

#[test]
fn what_it_lacks_is_offered_again_and_what_is_nowhere_is_shown() {
    for evicted in [false, true] {
        let (rows, photo) = settled(Epoch(1));
        let photo = PhotoRow { evicted, ..photo };
        let (mut outbox, _) = begun(&rows, &photo, None);
        let (operations, photos) = (vec![rows[0].sealed.id], vec![photo.hash]);
        let answer = HoldingsAnswer { epoch: Epoch(1), operations, photos };
        let effects = outbox.handle(Event::VerifyAnswered(answer), NOW, 7);
        assert!(effects.contains(&Effect::StoreLacked { sequence: 1 }));
        let (hash, is_damaged) = (photo.hash, true);
        let lost = effects.contains(&Effect::StorePhotoDamaged { hash, is_damaged });
        assert_eq!(lost, evicted);
        assert_eq!(effects.contains(&Effect::StorePhotoLacked { hash }), !evicted);
        assert_eq!(batches(&effects), [[1]], "the old answer is no answer now");
    }
}

#[test]
fn a_lost_photo_that_came_back_is_not_lost() {
    let (rows, photo) = settled(Epoch(1));
    let photo = PhotoRow { evicted: true, damaged: true, ..photo };
    let (mut outbox, _) = begun(&rows, &photo, None);
    let answer = HoldingsAnswer { epoch: Epoch(1), operations: vec![], photos: vec![] };
    let effects = outbox.handle(Event::VerifyAnswered(answer), NOW, 7);
    let hash = photo.hash;
    assert!(effects.contains(&Effect::StorePhotoDamaged { hash, is_damaged: false }));
    assert!(effects.contains(&Effect::StoreVerified(NOW)), "{effects:?}");
}

#[test]
fn another_life_is_asked_before_anything_is_sent() {
    let (mut rows, photo) = settled(Epoch(0));
    rows.push(row(3, 1, "lin", &[]));
    let (mut outbox, effects) = begun(&rows, &photo, Some(NOW));
    assert_eq!(verify(&effects), Some((2, 0)));
    assert_eq!(batches(&effects), Vec::<&[u64]>::new());
    let answer =
        HoldingsAnswer { epoch: Epoch(1), operations: vec![rows[1].sealed.id], photos: vec![] };
    let effects = outbox.handle(Event::VerifyAnswered(answer), NOW, 7);
    let kept = effects.iter().any(|effect| {
        matches!(effect, Effect::StoreAnswer { sequence: 1, answer } if answer.answered_in == Epoch(1))
    });
    assert!(kept, "{effects:?}");
    assert_eq!(batches(&effects), [[2, 3]], "in the order of the lane");
}

#[test]
fn a_photo_receipt_of_another_life_is_not_covered_by_the_backups_of_the_one_before() {
    let (mut rows, _) = settled(Epoch(1));
    rows.truncate(1);
    let hash = photo("a").hash;
    let (mut outbox, _) = outbox(&rows, &[photo("a")], false);
    let backed_up = Some(NOW.plus_millis(DAY));
    let answer = HelloAnswer { backed_up, ..hello_answer(99) };
    let effects = outbox.handle(Event::HelloAnswered(Box::new(answer)), NOW, 7);
    assert!(effects.contains(&Effect::AskMissing(vec![hash])), "{effects:?}");
    let answer = MissingAnswer { missing: vec![hash], partial: vec![], held: vec![] };
    let _sent = outbox.handle(Event::MissingAnswered(answer), NOW, 7);

    // The server was put back meanwhile to a backup of long ago, and its clock with it.
    let stated = Unsigned { epoch: Epoch(2), ..photo_answer(hash).receipt.stated };
    let answer = PhotoAnswer { receipt: stated.sign(&key()) };
    let effects = outbox.handle(Event::PhotoAnswered { hash, answer }, NOW, 7);
    assert_eq!(evicted(&effects), []);
    assert!(matches!(effects.last(), Some(Effect::SendHello(_))), "{effects:?}");

    let answer = HelloAnswer { epoch: Epoch(2), ..hello_answer(99) };
    let effects = outbox.handle(Event::HelloAnswered(Box::new(answer)), NOW, 7);
    assert_eq!(evicted(&effects), []);
    assert_eq!(outbox.status().held_photos, 1, "it has arrived, and no backup has it");
}

#[test]
fn a_server_that_does_not_know_the_question_stands_in_nobodys_way() {
    for failure in [
        Failure::NotTheServer,
        Failure::Rejected { status: 404, code: "not_found".into() },
        Failure::Unreachable,
    ] {
        let (rows, photo) = settled(Epoch(0));
        let (mut outbox, mut effects) = begun(&rows, &photo, Some(NOW));
        let (mut now, mut asked) = (NOW, 0);
        while batches(&effects).is_empty() {
            asked += usize::from(verify(&effects).is_some());
            assert!(asked <= 2, "{failure:?}");
            effects = outbox.handle(Event::TextFailed(failure.clone()), now, 7);
            if batches(&effects).is_empty() {
                now = now.plus_millis(60_000);
                let _hello = outbox.handle(Event::Timer, now, 7);
                effects = outbox.handle(hello(2), now, 7);
            }
        }
        assert_eq!(batches(&effects), [[1, 2]], "{failure:?}");
    }
}

#[test]
fn a_batch_for_another_life_is_not_a_failure_of_its_records() {
    let rows = [row(1, 1, "lin", &[])];
    let (mut outbox, _) = outbox(&rows, &[], true);
    let failure = Failure::Rejected { status: 409, code: "epoch".into() };
    let effects = outbox.handle(Event::TextFailed(failure), NOW, 7);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::StoreTries { .. })));
    let effects = outbox.handle(Event::Timer, NOW.plus_millis(60_000), 7);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SendHello(_))), "{effects:?}");
}

#[test]
fn a_server_that_asks_for_patience_is_not_asked_in_a_circle() {
    let rows = [row(1, 1, "lin", &[])];
    let (mut outbox, _) = outbox(&rows, &[], false);
    for wait in [0, 1_000, 120_000, u32::MAX] {
        let failure = Failure::Busy { retry_after_ms: Some(wait) };
        let effects = outbox.handle(Event::TextFailed(failure), NOW, 7);
        assert!(matches!(effects.as_slice(), [Effect::Wait(Some(_))]), "{wait}: {effects:?}");
        let _again = outbox.handle(Event::TryNow, NOW, 7);
    }
}
