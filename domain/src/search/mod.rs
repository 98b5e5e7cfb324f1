//! Finding a thing of the district by what somebody types with a thumb: Chinese in either
//! script, English, pinyin, its initials, everyday words, with a letter wrong. One way of
//! comparing for categories, places, units, people and cases.
//!
//! Never: IO, and never synonyms in code; everyday words are data of the district pack.

mod district_index;
mod entry;
mod fold;
mod grams;
mod pinyin_key;
mod query;
mod spelling;
mod term;

pub use district_index::{DistrictIndex, FoundPlace, PlaceKey, Target};
pub use entry::{Entry, Rank, find};
pub use fold::fold;
pub use grams::{index_grams, query_grams};
pub use query::Query;
pub use term::{Field, Fit, Term};
