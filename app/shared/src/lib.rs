//! What the two entry points of the app share: the phone's store and outbox driver
//! ([`device`], [`sync`]), what screens may ask and do ([`model`]), the texts, the components,
//! and the screens that both have. The entry points are the crates `app-field` and `app-desk`.
//!
//! Never: a rule of the field. Those stand in `domain`.

pub mod components;
pub mod device;
pub mod entry;
pub mod model;
pub mod route;
pub mod screens;
pub mod sync;
pub mod text;

/// The small district and the story of a case that the tests of `domain` tell.
#[cfg(test)]
#[path = "../../../domain/tests/common/mod.rs"]
mod case_story;
