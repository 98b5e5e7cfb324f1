//! Reading a district pack: a good one, one fault at a time, twenty at once, and
//! whatever else a file may hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod anything;
mod cases_map;
mod cases_tables;
mod good;
mod rules;
mod sample;
mod single;
mod sweep;
mod twenty;
