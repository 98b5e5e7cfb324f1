//! The trials behind `docs/RELIABILITY.md`. Each is one function of a plan: a test runs
//! it small, `cargo xtask soak` runs it long.
//!
//! Every trial prints its seed. Who is where when something is cut is up to the
//! machine, so a seed gives the same moments, not the same run to the last byte.

pub mod browser_kills;
pub mod chaos;
pub mod derivatives;
pub mod expected;
pub mod faults;
pub mod figures;
pub mod intermediaries;
pub mod kills;
pub mod restores;
pub mod tabs;
pub mod updates;
pub mod week;

pub use figures::Figures;
