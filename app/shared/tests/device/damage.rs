//! Rows that cannot be read, and bytes that are given up or missing.

use app_shared::device::store::{self, StoreError};
use domain::PhotoHash;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    raw,
    records::{Photo, accepted, covered, new_photo, now, pack_at_start, photo_receipt, save},
};

/// What a later version of the app might have written.
const UNREADABLE: &str = r#"{"format":99,"sealed":"otherwise"}"#;

#[wasm_bindgen_test]
async fn unreadable_operation_hides_none_of_the_others_and_stays_where_it_is() {
    raw::new_phone().await;
    let (first, _, third) = (save(&[]).await, save(&[]).await, save(&[]).await);
    raw::put("operations", raw::sequence(2), UNREADABLE).await;
    let rows = store::all_rows().await.expect("readable");
    assert_eq!(rows.operations, [first, third]);
    assert_eq!(raw::text("operations", raw::sequence(2)).await.as_deref(), Some(UNREADABLE));
    assert_eq!(save(&[]).await.sequence, 4);
}

#[wasm_bindgen_test]
async fn answers_of_a_batch_are_stored_around_an_unreadable_row() {
    raw::new_phone().await;
    let rows = [save(&[]).await, save(&[]).await, save(&[]).await];
    raw::put("operations", raw::sequence(2), UNREADABLE).await;
    let answers = [0, 1, 2].map(|at| (rows[at].sequence, accepted(&rows[at])));
    store::store_answers(&answers).await.expect("there is room");
    let stored = store::all_rows().await.expect("readable").operations;
    assert_eq!(stored.iter().map(|row| row.is_answered()).collect::<Vec<_>>(), [true, true]);
    assert_eq!(raw::text("operations", raw::sequence(2)).await.as_deref(), Some(UNREADABLE));
}

#[wasm_bindgen_test]
async fn row_asked_for_by_its_number_is_said_to_be_damaged() {
    raw::new_phone().await;
    save(&[]).await;
    raw::put("operations", raw::sequence(1), UNREADABLE).await;
    assert_eq!(store::sealed_of(&[1]).await, Err(StoreError::Damaged));
}

#[wasm_bindgen_test]
async fn unreadable_pack_is_said_to_be_damaged_and_another_can_be_taken() {
    raw::new_phone().await;
    store::put_pack("1", "{}").await.expect("there is room");
    assert_eq!(pack_at_start().await.err(), Some(StoreError::Damaged));
    let text = serde_json::to_string(&crate::case_story::pack()).expect("JSON");
    store::put_pack("2", &text).await.expect("there is room");
    assert!(pack_at_start().await.expect("readable").is_some());
}

#[wasm_bindgen_test]
async fn rescue_holds_operations_of_any_format_and_every_photo_that_is_here() {
    raw::new_phone().await;
    let (kept, lost) = (new_photo("#100").await, new_photo("#101").await);
    let row = save(&[kept.clone(), lost.clone()]).await;
    raw::delete("photo_bytes", lost.0.hash.to_string()).await;
    // A row whose other fields this version does not know.
    let sealed = serde_json::to_string(&row.sealed).expect("JSON");
    raw::put("operations", raw::sequence(2), &format!(r#"{{"sealed":{sealed},"new":1}}"#)).await;
    let (operations, photos) = store::rescue_rows().await.expect("readable");
    assert_eq!(operations, [row.sealed.clone(), row.sealed]);
    assert_eq!(photos, [kept.0.hash]);
}

/// A record with one photo, for both of which the server has given its receipts.
async fn answered(colour: &str) -> Photo {
    raw::new_phone().await;
    let photo = new_photo(colour).await;
    let row = save(std::slice::from_ref(&photo)).await;
    store::store_answers(&[(row.sequence, accepted(&row))]).await.expect("there is room");
    let receipt = photo_receipt(&photo.0);
    store::store_photo_answer(photo.0.hash, &receipt).await.expect("there is room");
    photo
}

async fn has_bytes(photo: PhotoHash) -> bool {
    raw::has("photo_bytes", photo.to_string()).await
}

#[wasm_bindgen_test]
async fn bytes_that_are_in_the_servers_backup_are_given_up_and_known_to_be() {
    let photo = answered("#102").await.0.hash;
    assert!(!store::is_evicted(photo).await.expect("readable"));
    store::evict_photos(&covered(photo)).await.expect("there is room");
    assert!(!has_bytes(photo).await);
    assert!(store::is_evicted(photo).await.expect("readable"));
    assert!(store::photo_row(photo).await.expect("readable").is_some(), "its receipt stays");
}

#[wasm_bindgen_test]
async fn bytes_stay_until_a_backup_is_newer_than_their_receipts() {
    let photo = answered("#103").await.0.hash;
    store::evict_photos(&[(photo, now())]).await.expect("there is room");
    assert!(has_bytes(photo).await);
}

#[wasm_bindgen_test]
async fn bytes_stay_while_a_draft_an_unanswered_or_an_unreadable_operation_may_need_them() {
    for (number, need) in ["draft", "unanswered", "unreadable"].into_iter().enumerate() {
        let photo = answered(&format!("#11{number}")).await;
        let hash = photo.0.hash;
        match need {
            "draft" => {
                store::put_draft("report", &hash.to_string()).await.expect("there is room");
            }
            "unanswered" => drop(save(&[photo]).await),
            _ => raw::put("operations", raw::sequence(2), UNREADABLE).await,
        }
        store::evict_photos(&covered(hash)).await.expect("there is room");
        assert!(has_bytes(hash).await, "{need}");
    }
}

#[wasm_bindgen_test]
async fn photo_taken_again_after_it_was_given_up_has_its_bytes_again() {
    let photo = answered("#104").await;
    let hash = photo.0.hash;
    store::evict_photos(&covered(hash)).await.expect("there is room");
    let new = store::NewPhoto { kept: &photo.0, bytes: &photo.1, thumb: None };
    store::put_photo(new).await.expect("there is room");
    assert!(has_bytes(hash).await);
    assert!(!store::is_evicted(hash).await.expect("readable"));
    let row = store::photo_row(hash).await.expect("readable").expect("there");
    assert!(row.is_answered(), "what the server said stays true");
}

#[wasm_bindgen_test]
async fn photo_whose_bytes_the_browser_lost_is_marked_and_is_not_called_given_up() {
    let photo = answered("#105").await.0.hash;
    raw::delete("photo_bytes", photo.to_string()).await;
    store::store_photo_damaged(photo, true).await.expect("there is room");
    assert!(store::photo_bytes(photo).await.expect("readable").is_none());
    assert!(!store::is_evicted(photo).await.expect("readable"));
    assert!(store::photo_row(photo).await.expect("readable").expect("there").damaged);
}

/// A photo that no operation names, taken so long before `now`.
async fn unnamed(colour: &str, age_h: i64) -> PhotoHash {
    let (mut kept, bytes) = new_photo(colour).await;
    kept.kept_at = now().plus_millis(-age_h * 3_600_000);
    let new = store::NewPhoto { kept: &kept, bytes: &bytes, thumb: Some(&bytes) };
    store::put_photo(new).await.expect("there is room");
    kept.hash
}

#[wasm_bindgen_test]
async fn photo_that_nothing_names_is_cleared_out_a_day_later_and_no_other() {
    raw::new_phone().await;
    let [old, young, drafted] =
        [unnamed("#106", 25).await, unnamed("#107", 23).await, unnamed("#108", 25).await];
    store::put_draft("report", &drafted.to_string()).await.expect("there is room");
    store::sweep_photos(now()).await.expect("there is room");
    for (photo, stays) in [(old, false), (young, true), (drafted, true)] {
        for table in ["photos", "photo_bytes", "photo_thumbs"] {
            assert_eq!(raw::has(table, photo.to_string()).await, stays, "{table}");
        }
    }
}

#[wasm_bindgen_test]
async fn photo_taken_long_ago_stays_for_a_day_after_it_left_its_draft() {
    raw::new_phone().await;
    let photo = unnamed("#10a", 25).await;
    let left = now();
    store::photos_left_draft(&[photo], left).await.expect("there is room");
    for (hours, stays) in [(0, true), (23, true), (25, false)] {
        store::sweep_photos(left.plus_millis(hours * 3_600_000)).await.expect("there is room");
        assert_eq!(has_bytes(photo).await, stays, "{hours} h");
    }
}

#[wasm_bindgen_test]
async fn nothing_is_cleared_out_while_an_operation_is_unreadable() {
    raw::new_phone().await;
    let old = unnamed("#109", 25).await;
    raw::put("operations", raw::sequence(1), UNREADABLE).await;
    store::sweep_photos(now()).await.expect("there is room");
    assert!(has_bytes(old).await, "the operation may name it");
}
