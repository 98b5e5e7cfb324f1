//! The device store: IndexedDB behind one thin wrapper. What lies in it is described
//! in `docs/FORMATS.md`, "Device store".
//!
//! A transaction is one closure: it issues its requests, awaits only their answers,
//! and what it wrote counts once the commit has come. A lost connection is opened
//! again and the whole closure runs once more, so it must not have effects of its own.
//!
//! Rows that cannot be fetched again lie in a [mirror] copy, too.
//!
//! Never: a `Blob` or a `File` (browsers lose them), and never a change of the schema
//! that takes something away.

mod cases;
mod drafts;
mod meta;
mod mirror;
mod open;
mod operations;
mod packs;
mod photos;
mod request;
mod rescue_rows;
mod schema;
mod self_test;
mod start;
mod transaction;

pub use self::{
    cases::{all_cases, delete_cases, forget_cases, put_case, put_changes, put_near, read_near},
    drafts::{all_drafts, delete_draft, put_draft},
    meta::{Meta, read_meta, write_meta},
    mirror::{catch_up, is_ahead, put_back},
    operations::{
        NewRecord, Rows, Touched, acknowledge, all_rows, device_of, rows_of, save_record,
        sealed_of, store_answers, store_lacked, store_tries,
    },
    packs::{pack_length, put_pack},
    photos::{
        NewPhoto, evict_photos, is_evicted, photo_bytes, photo_row, photo_thumb, photos_left_draft,
        put_photo, store_photo_answer, store_photo_damaged, store_photo_lacked, store_photo_tries,
        sweep_photos,
    },
    rescue_rows::rescue_rows,
    self_test::self_test,
    start::{StoredWork, read_work},
};

/// Why the store did not do it. Nothing of the transaction has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// No IndexedDB here, or it does not open.
    Unavailable,
    /// A tab with an older version of the app holds the store open.
    Blocked,
    Full,
    /// Something stored is not readable.
    Damaged,
    /// The connection was lost, and again after opening it anew.
    Lost,
}
