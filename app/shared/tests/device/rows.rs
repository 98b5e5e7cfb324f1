//! What is written is there afterwards, as it was written, and all of it or nothing.

use app_shared::device::{hash::sha256, store};
use domain::{PhotoHash, Sha256Hash, sync::outbox::Tries};
use js_sys::Uint8Array;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    case_story::pack,
    raw,
    records::{accepted, changes, new_photo, now, pack_at_start, photo_receipt, save, try_to_save},
};

#[wasm_bindgen_test]
async fn saved_record_is_read_back_with_the_bytes_of_its_photos() {
    raw::new_phone().await;
    let photo = new_photo("#001").await;
    let content = Uint8Array::new(&photo.1).to_vec();
    let row = save(std::slice::from_ref(&photo)).await;
    let rows = store::all_rows().await.expect("readable");
    assert_eq!(rows.operations, [row]);
    assert_eq!(rows.photos.iter().collect::<Vec<_>>(), [&photo.0]);
    let bytes = store::photo_bytes(photo.0.hash).await.expect("readable").expect("there");
    assert_eq!(Uint8Array::new(&bytes).to_vec(), content);
    assert_eq!(sha256(&bytes).await, photo.0.hash);
}

#[wasm_bindgen_test]
async fn records_stand_in_one_chain_without_a_gap() {
    raw::new_phone().await;
    let rows = [save(&[]).await, save(&[]).await, save(&[]).await];
    assert_eq!(rows.each_ref().map(|row| row.sequence), [1, 2, 3]);
    let links = rows.each_ref().map(|row| row.sealed.open().expect("sealed here").link);
    assert_eq!(links[0].previous, None);
    assert_eq!(links[1].previous, Some(rows[0].sealed.digest));
    assert_eq!(links[2].previous, Some(rows[1].sealed.digest));
    let next = store::read_meta().await.expect("readable").chain.expect("begun");
    assert_eq!((next.sequence, next.previous), (4, Some(rows[2].sealed.digest)));
}

#[wasm_bindgen_test]
async fn save_is_flushed_to_the_device_and_what_can_be_fetched_again_is_not() {
    raw::new_phone().await;
    let saved = raw::durability_of(async { drop(save(&[]).await) }).await;
    assert_eq!(saved, ["strict"]);
    let fetched = raw::durability_of(async {
        store::put_changes(&changes(&[1], &[], 5)).await.expect("there is room");
    })
    .await;
    assert_eq!(fetched, ["relaxed"]);
}

#[wasm_bindgen_test]
async fn save_that_fails_in_its_middle_leaves_nothing_of_it() {
    raw::new_phone().await;
    save(&[]).await;
    store::put_draft("report", &"typed").await.expect("there is room");
    let (whole, gone) = (new_photo("#002").await, new_photo("#003").await);
    raw::hand_over(&gone.1);
    let saved = try_to_save(&[whole.clone(), gone], Some("report"), None).await;
    assert!(saved.is_err());
    assert_eq!(raw::count("operations").await, 1);
    assert_eq!(raw::count("photos").await, 0);
    assert_eq!(raw::count("photo_bytes").await, 0);
    assert!(raw::has("drafts", "report").await, "the draft is still there");
    assert_eq!(save(&[whole]).await.sequence, 2, "the chain has no gap");
}

#[wasm_bindgen_test]
async fn save_ends_its_draft_and_settles_the_operation_that_it_stands_for() {
    raw::new_phone().await;
    save(&[]).await;
    for name in ["report", "other"] {
        store::put_draft(name, &"typed").await.expect("there is room");
    }
    try_to_save(&[], Some("report"), Some(1)).await.expect("there is room");
    let drafts = store::all_drafts().await.expect("readable");
    assert_eq!(drafts, [("other".to_owned(), "\"typed\"".to_owned())]);
    let rows = store::all_rows().await.expect("readable").operations;
    assert_eq!(rows.iter().map(|row| row.acknowledged).collect::<Vec<_>>(), [true, false]);
}

#[wasm_bindgen_test]
async fn answer_of_the_server_ends_the_tries_of_its_operation_alone() {
    raw::new_phone().await;
    let (first, _) = (save(&[]).await, save(&[]).await);
    let tries = Tries { count: 3, next: Some(now()), last: None };
    for sequence in [1, 2] {
        store::store_tries(sequence, &tries).await.expect("there is room");
    }
    store::store_answers(&[(1, accepted(&first))]).await.expect("there is room");
    let rows = store::all_rows().await.expect("readable").operations;
    assert_eq!(rows[0].answer, Some(accepted(&first)));
    assert_eq!(rows[0].tries, Tries::default());
    assert_eq!((rows[1].answer.is_none(), &rows[1].tries), (true, &tries));
    assert_eq!(rows[0].sealed, first.sealed, "what was done is never written again");
}

#[wasm_bindgen_test]
async fn operation_that_the_server_lost_waits_again_and_keeps_its_old_answer() {
    raw::new_phone().await;
    let row = save(&[]).await;
    store::store_answers(&[(1, accepted(&row))]).await.expect("there is room");
    store::store_lacked(1).await.expect("there is room");
    let rows = store::all_rows().await.expect("readable").operations;
    assert!(!rows[0].is_answered());
    assert_eq!(rows[0].answer, Some(accepted(&row)));
}

#[wasm_bindgen_test]
async fn sealed_bytes_are_given_in_the_order_asked_for() {
    raw::new_phone().await;
    let rows = [save(&[]).await, save(&[]).await, save(&[]).await];
    let sealed = store::sealed_of(&[3, 1, 9]).await.expect("readable");
    assert_eq!(sealed, [rows[2].sealed.clone(), rows[0].sealed.clone()]);
}

#[wasm_bindgen_test]
async fn photo_of_a_second_record_keeps_what_the_server_said_about_it() {
    raw::new_phone().await;
    let photo = new_photo("#004").await;
    save(std::slice::from_ref(&photo)).await;
    let receipt = photo_receipt(&photo.0);
    store::store_photo_answer(photo.0.hash, &receipt).await.expect("there is room");
    save(std::slice::from_ref(&photo)).await;
    let row = store::photo_row(photo.0.hash).await.expect("readable").expect("there");
    assert_eq!(row.answer, Some(receipt));
}

#[wasm_bindgen_test]
async fn thumbnail_and_bytes_are_rows_of_their_own() {
    raw::new_phone().await;
    let (photo, thumb) = (new_photo("#005").await, new_photo("#006").await);
    let new = store::NewPhoto { kept: &photo.0, bytes: &photo.1, thumb: Some(&thumb.1) };
    store::put_photo(new).await.expect("there is room");
    let read = store::photo_thumb(photo.0.hash).await.expect("readable").expect("there");
    assert_eq!(sha256(&read).await, thumb.0.hash);
    let unknown = PhotoHash::of(b"of another phone");
    assert!(store::photo_thumb(unknown).await.expect("readable").is_none());
    assert!(store::photo_bytes(unknown).await.expect("readable").is_none());
}

#[wasm_bindgen_test]
async fn draft_is_replaced_by_the_newer_one_of_its_name_and_deleted_alone() {
    raw::new_phone().await;
    for (name, text) in [("a", "1"), ("b", "2"), ("a", "3")] {
        store::put_draft(name, &text).await.expect("there is room");
    }
    let all = [("a", "\"3\""), ("b", "\"2\"")].map(|(name, text)| (name.into(), text.into()));
    assert_eq!(store::all_drafts().await.expect("readable"), all);
    store::delete_draft("a").await.expect("there is room");
    assert_eq!(store::all_drafts().await.expect("readable"), all[1..]);
}

#[wasm_bindgen_test]
async fn newest_pack_is_the_only_one_on_the_phone() {
    raw::new_phone().await;
    assert_eq!(pack_at_start().await.expect("readable"), None);
    let text = serde_json::to_string(&pack()).expect("JSON");
    store::put_pack("0", &text).await.expect("there is room");
    store::put_pack("1", &text).await.expect("there is room");
    assert_eq!(pack_at_start().await.expect("readable"), Some(pack()));
    assert_eq!(
        store::pack_length().await.expect("readable"),
        u64::try_from(text.len()).expect("small")
    );
    assert_eq!(raw::count("packs").await, 1);
}

#[wasm_bindgen_test]
async fn cases_and_the_place_to_go_on_are_stored_together_and_forgotten_together() {
    raw::new_phone().await;
    for (changed, gone, next, left) in [
        (&[1, 2][..], &[][..], 7, &["2026-1", "2026-2"][..]),
        (&[3], &[1], 9, &["2026-2", "2026-3"]),
    ] {
        store::put_changes(&changes(changed, gone, next)).await.expect("there is room");
        let cases = store::all_cases().await.expect("readable");
        assert_eq!(cases.iter().map(|log| log.number.as_str()).collect::<Vec<_>>(), left);
        assert_eq!(store::read_meta().await.expect("readable").changes_after, next);
    }
    store::forget_cases().await.expect("there is room");
    assert_eq!(store::all_cases().await.expect("readable"), []);
    assert_eq!(store::read_meta().await.expect("readable").changes_after, 0);
}

#[wasm_bindgen_test]
async fn phone_keeps_the_id_that_it_drew_first() {
    raw::new_phone().await;
    let first = store::device_of(now()).await.expect("there is room");
    let later = store::device_of(now().plus_millis(1)).await.expect("there is room");
    assert_eq!(first, later);
}

#[wasm_bindgen_test]
async fn self_test_passes_and_leaves_nothing_behind() {
    raw::new_phone().await;
    store::self_test().await.expect("the store keeps what it is given");
    assert_eq!(raw::count("meta").await, 0);
    assert_eq!(raw::copies().await, [""; 0]);
}

#[wasm_bindgen_test]
async fn connection_that_the_browser_took_away_is_opened_again() {
    raw::new_phone().await;
    save(&[]).await;
    // Everybody who has the store open is asked to close it.
    raw::throw_away().await;
    assert_eq!(store::all_rows().await.expect("it opens again").operations, []);
    assert_eq!(save(&[]).await.sequence, 1);
}

#[wasm_bindgen_test]
async fn browser_and_our_own_code_hash_alike() {
    for content in [&b""[..], b"abc", &[0xff; 1_000]] {
        let bytes = Uint8Array::from(content).buffer();
        assert_eq!(sha256(&bytes).await, Sha256Hash::of(content));
    }
}
