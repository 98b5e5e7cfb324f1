//! What the phone does, in a real browser: its store with the second copy, hashes, and the way of
//! a photo through its worker.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../../../../domain/tests/common/mod.rs"]
mod case_story;
#[path = "../page/mod.rs"]
mod page;

mod damage;
mod mirror;
mod photo_table;
mod photo_worker;
mod raw;
mod records;
mod rows;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
