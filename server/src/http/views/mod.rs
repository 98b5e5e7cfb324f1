//! Filters of the board that a person keeps: theirs alone, on each of their devices.

pub(super) mod list_views;
pub(super) mod remove_view;
pub(super) mod save_view;

use domain::ViewId;

use crate::http::problem::ApiError;

/// The id in an address.
fn view_id(text: &str) -> Result<ViewId, ApiError> {
    text.parse().map_err(|_| ApiError::Malformed("a view's id is a UUID".into()))
}
