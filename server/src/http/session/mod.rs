//! Signing in and out, and who is signed in.

mod cookie;
mod profile;
pub(super) mod show_profile;
pub(super) mod sign_in;
pub(super) mod sign_out;
