//! The demo district, carried inside the program: sample data, marked as such.

/// Of every demo account. Public by intent.
pub const PASSWORD: &str = "xunjie-demo";

/// `user,person,name,role,unit`
pub const ACCOUNTS: &str = include_str!("../demo/accounts.csv");

// PACK: names and bytes of the folder's files, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/demo_pack.rs"));
