//! Questions about cases: lists, counts, one case.

mod answer;
pub(super) mod count_cases;
pub(super) mod find_near;
pub(super) mod list_cases;
mod query;
pub(super) mod show_case;
pub(super) mod show_tile;
