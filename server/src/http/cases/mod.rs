//! Questions about cases: lists, counts, one case.

pub(super) mod count_cases;
pub(super) mod list_cases;
mod query;
pub(super) mod show_case;
