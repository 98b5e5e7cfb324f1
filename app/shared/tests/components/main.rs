//! The components in a real browser: what is shown, in which order, what a click does, where
//! the focus is and what is said to those who do not see it.
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

mod chips;
mod lists;
mod messages;
mod photos;
mod sheet;
mod toasts;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
