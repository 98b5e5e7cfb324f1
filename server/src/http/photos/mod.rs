//! Photos in and out.

mod arrival;
pub(super) mod find_missing;
pub(super) mod upload;
pub(super) mod upload_part;
pub(super) mod view;
