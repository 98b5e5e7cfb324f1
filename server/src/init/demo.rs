//! The demo district, carried inside the program: sample data, marked as such.

/// The password of every demo account. Public on purpose: it is printed at every start.
pub const PASSWORD: &str = "xunjie-demo";

/// The demo's accounts as CSV: `user,person,name,role,unit`.
pub const ACCOUNTS: &str = include_str!("../../demo/accounts.csv");

// PACK: names and bytes of the folder's files, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/demo_pack.rs"));
