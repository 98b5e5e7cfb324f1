//! What phone and server agree on: pure functions and wire types of street
//! inspection. Start at [`case`] for the life of a case, at [`duty`] for who must
//! fix it, at [`sync`] for how it travels.
//!
//! Never here: a clock, randomness, async, files, HTTP, a database, the DOM. `now`
//! and ids are handed in. The crate compiles to native and to WASM without a
//! feature flag, and no input makes it panic.

pub mod access;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod district;
pub mod duty;
pub mod evidence;
mod id;
mod lang;
mod later_variant;
pub mod pack;
mod person_name;
pub mod place;
pub mod search;
pub mod summary;
pub mod sync;
mod text_form;
mod time;

pub use district::District;
pub use id::{
    BadId, CaseId, CategoryCode, CitationCode, ConditionCode, DeviceId, OperationId, PersonCode,
    PhotoHash, PointCode, RuleCode, SectionCode, Sha256Hash, StallCode, UnitCode, UserName, ViewId,
    ZoneCode,
};
pub use lang::{Lang, Names, lower};
pub use person_name::person_name;
pub use time::{DeviceTime, Timestamp};
