//! Who must fix it: rules in three tiers (law, document, order), the roster that
//! turns a unit into a person, and the one function that applies them.
//!
//! Source of the three tiers: "where law provides, follow the law; where law is
//! silent, follow the document; where documents are silent, headquarters assigns"
//! (法律→文件→任务交办).
//!
//! Never: guesses. What no tier resolves goes to headquarters, and says so.

mod assign;
mod assignment;
mod context;
mod facts;
mod index;
mod reason;
mod resolve;
mod roster;
mod rules;
mod scope;

pub use assign::{assign, assign_by_order};
pub use assignment::{
    Assignment, Basis, Destination, Due, Lost, LostBecause, PermittedStall, PersonRef, Routing,
    UnitRef, Via, Why,
};
pub use facts::Facts;
pub use index::Index;
pub use roster::{Absence, Owner, Patch, PatchOf, Person, Unit, Warden, WardenKind};
pub use rules::{Citation, Lead, Rule, Scope, Specificity, Tier, What, Where};
