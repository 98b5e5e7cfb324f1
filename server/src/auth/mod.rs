//! Passwords: how they are hashed and checked, and how guessing them is slowed down.
//!
//! Never: sessions and accounts, which are rows of `store`, or who may do what, which is
//! `domain::access`.

pub mod password;
pub mod throttle;
