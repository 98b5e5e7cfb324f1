//! What lists, counts, map and week ask of a case, so that nobody folds its log for them; and
//! how they ask.
//!
//! Never: a truth of its own. All of it comes from the case and the district, and is made
//! again when either changes.

mod case_query;
mod case_summary;
mod case_tile;
mod near;
mod pages;
mod queue;
mod saved_view;
mod search;
mod search_text;
mod sight;
mod term_filter;
mod terms;

pub use case_query::{CaseQuery, Sort};
pub use case_summary::{AssignmentSummary, CaseSummary, PlaceSummary};
pub use case_tile::{CaseTile, TileCell};
pub use near::{NearQuery, NearbyCase, NearbyCases};
pub use pages::{CasePage, CaseRow, Cursor, QueueCount, QueueCounts};
pub use queue::{Moment, Queue};
pub use saved_view::{BadViewName, SavedView, SavedViews, UnreadableView, ViewName};
pub use search::search;
pub use search_text::{SearchText, SearchTooLong, SearchWord};
pub use sight::{is_kept_on_phone, sees};
pub use term_filter::{AnyOf, TermFilter};
pub use terms::{CaseTerms, Term};
