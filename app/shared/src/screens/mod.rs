//! The screens that both entry points have: one folder or file a task of a person. They read
//! and call the [`model`](crate::model) and nothing below it.

pub mod boot_error;
pub mod case;
pub mod frame;
pub mod not_found;
pub mod settings;
pub mod sign_in;
pub mod sync;
pub mod wiped;
