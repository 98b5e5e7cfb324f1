//! The second copy in the cache storage, and a store that is put back from it.

use app_shared::device::{hash::sha256, store};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    raw,
    records::{accepted, changes, covered, new_photo, now, photo_receipt, save},
};

#[wasm_bindgen_test]
async fn everything_of_a_save_lies_in_the_cache_storage_when_it_returns() {
    raw::new_phone().await;
    let photo = new_photo("#200").await;
    save(std::slice::from_ref(&photo)).await;
    let hash = photo.0.hash;
    let all = ["meta/state", "operations/1"].map(str::to_owned);
    let photos = ["photo_bytes", "photos"].map(|table| format!("{table}/{hash}"));
    assert_eq!(raw::copies().await, [all, photos].concat());
    assert_eq!(raw::copy("operations/1").await, raw::text("operations", raw::sequence(1)).await);
}

#[wasm_bindgen_test]
async fn cases_have_no_copy_since_they_are_fetched_again() {
    raw::new_phone().await;
    store::put_changes(&changes(&[1, 2], &[], 5)).await.expect("there is room");
    assert_eq!(raw::count("cases").await, 2);
    assert_eq!(raw::copies().await, ["meta/state"]);
}

#[wasm_bindgen_test]
async fn copy_follows_a_row_that_changes_and_leaves_nothing_beside_it() {
    raw::new_phone().await;
    let row = save(&[]).await;
    store::store_answers(&[(1, accepted(&row))]).await.expect("there is room");
    assert_eq!(raw::copy("operations/1").await, raw::text("operations", raw::sequence(1)).await);
    assert!(raw::copy("operations/1").await.is_some_and(|copy| copy.contains("answer")));
    assert!(raw::copies().await.iter().all(|copy| !copy.contains('?')));
}

#[wasm_bindgen_test]
async fn copy_of_bytes_goes_when_the_server_has_them_and_the_bytes_stay() {
    raw::new_phone().await;
    let photo = new_photo("#201").await;
    let hash = photo.0.hash;
    save(std::slice::from_ref(&photo)).await;
    store::store_photo_answer(hash, &photo_receipt(&photo.0)).await.expect("there is room");
    assert!(!raw::copies().await.contains(&format!("photo_bytes/{hash}")));
    assert!(raw::has("photo_bytes", hash.to_string()).await);
}

#[wasm_bindgen_test]
async fn store_that_the_browser_threw_away_is_put_back_and_goes_on() {
    raw::new_phone().await;
    let device = store::device_of(now()).await.expect("there is room");
    let photo = new_photo("#202").await;
    let rows = [save(std::slice::from_ref(&photo)).await, save(&[]).await];
    store::put_draft("report", &"typed").await.expect("there is room");
    raw::throw_away().await;
    assert_eq!(store::read_meta().await.expect("opens").device, None);
    assert_eq!(store::put_back().await.expect("there is room"), Some(2));
    assert_eq!(store::all_rows().await.expect("readable").operations, rows);
    let bytes = store::photo_bytes(photo.0.hash).await.expect("readable").expect("there");
    assert_eq!(sha256(&bytes).await, photo.0.hash);
    assert_eq!(store::read_meta().await.expect("readable").device, Some(device));
    assert_eq!(store::all_drafts().await.expect("readable").len(), 1);
    assert_eq!(save(&[]).await.sequence, 3, "the chain goes on");
}

#[wasm_bindgen_test]
async fn photo_that_was_given_up_is_put_back_as_given_up() {
    raw::new_phone().await;
    store::device_of(now()).await.expect("there is room");
    let photo = new_photo("#203").await;
    let row = save(std::slice::from_ref(&photo)).await;
    store::store_answers(&[(1, accepted(&row))]).await.expect("there is room");
    store::store_photo_answer(photo.0.hash, &photo_receipt(&photo.0)).await.expect("room");
    raw::throw_away().await;
    store::put_back().await.expect("there is room");
    assert!(store::is_evicted(photo.0.hash).await.expect("readable"), "the server has it");
}

#[wasm_bindgen_test]
async fn copy_is_ahead_exactly_when_the_store_lost_its_end() {
    raw::new_phone().await;
    store::device_of(now()).await.expect("there is room");
    save(&[]).await;
    let before = store::read_meta().await.expect("readable");
    let second = save(&[]).await;
    let after = store::read_meta().await.expect("readable");
    assert!(!store::is_ahead(after.chain).await);
    // As a store that came back without its last write.
    raw::delete("operations", raw::sequence(2)).await;
    let text = serde_json::to_string(&before).expect("JSON");
    raw::put("meta", "state", &text).await;
    assert!(store::is_ahead(before.chain).await);
    store::put_back().await.expect("there is room");
    assert_eq!(store::all_rows().await.expect("readable").operations.last(), Some(&second));
    assert_eq!(store::read_meta().await.expect("readable").chain, after.chain);
}

#[wasm_bindgen_test]
async fn bytes_that_the_browser_evicted_are_put_back_from_their_copy() {
    raw::new_phone().await;
    store::device_of(now()).await.expect("there is room");
    let photo = new_photo("#204").await;
    let hash = photo.0.hash;
    save(std::slice::from_ref(&photo)).await;
    raw::delete("photo_bytes", hash.to_string()).await;
    store::put_back().await.expect("there is room");
    let bytes = store::photo_bytes(hash).await.expect("readable").expect("there again");
    assert_eq!(sha256(&bytes).await, hash);
}

#[wasm_bindgen_test]
async fn phone_with_nothing_to_put_back_says_so() {
    raw::new_phone().await;
    assert_eq!(store::put_back().await.expect("readable"), None);
}

#[wasm_bindgen_test]
async fn row_that_was_on_its_way_into_its_place_is_put_back_from_beside_it() {
    raw::new_phone().await;
    save(&[]).await;
    let text = raw::copy("operations/1").await.expect("copied");
    raw::new_phone().await;
    // The browser was killed after the old entry was gone and before the new one stood.
    raw::put_copy("operations/1?new", &text).await;
    assert_eq!(store::put_back().await.expect("there is room"), Some(1));
    assert_eq!(raw::text("operations", raw::sequence(1)).await, Some(text));
}

#[wasm_bindgen_test]
async fn start_copies_what_has_no_copy_yet() {
    raw::new_phone().await;
    save(&[]).await;
    store::put_draft("report", &"typed").await.expect("there is room");
    raw::clear_copies().await;
    store::catch_up().await.expect("readable");
    assert_eq!(raw::copies().await, ["drafts/report", "meta/state", "operations/1"]);
}

#[wasm_bindgen_test]
async fn start_brings_a_copy_up_to_date_that_lags_behind_its_row() {
    raw::new_phone().await;
    store::put_draft("report", &"new").await.expect("there is room");
    raw::put_copy("drafts/report", "\"old\"").await;
    store::catch_up().await.expect("readable");
    assert_eq!(raw::copy("drafts/report").await.as_deref(), Some("\"new\""));
}

#[wasm_bindgen_test]
async fn start_gives_up_copies_of_what_is_gone_unless_an_operation_was_lost() {
    for (lost, copies) in [(false, 0), (true, 2)] {
        raw::new_phone().await;
        raw::put_copy("drafts/old", "\"typed\"").await;
        if lost {
            raw::put_copy("operations/1", "{}").await;
        }
        store::catch_up().await.expect("readable");
        assert_eq!(raw::copies().await.len(), copies, "lost: {lost}");
    }
}

#[wasm_bindgen_test]
async fn copy_of_freed_bytes_does_not_come_back_at_the_next_start() {
    raw::new_phone().await;
    let photo = new_photo("#205").await;
    let row = save(std::slice::from_ref(&photo)).await;
    store::store_answers(&[(1, accepted(&row))]).await.expect("there is room");
    store::store_photo_answer(photo.0.hash, &photo_receipt(&photo.0)).await.expect("room");
    store::catch_up().await.expect("readable");
    store::evict_photos(&covered(photo.0.hash)).await.expect("there is room");
    store::catch_up().await.expect("readable");
    assert!(!raw::copies().await.contains(&format!("photo_bytes/{}", photo.0.hash)));
}
