//! The rescue bundle (救援包): all that a phone holds, in one file that any device or
//! the server can take in, twice without harm.
//!
//! ```text
//! xunjie rescue 1
//! {"kind":"bundle","device":"…","made":…,"client":"…"}
//! {"kind":"operation","sealed":{…}}
//! {"kind":"photo","hash":"…","length":3141}
//! <3141 bytes, then a line feed>
//! {"kind":"end","operations":1,"photos":1}
//! ```
//!
//! One item a line, so that whoever reads it needs memory for one photo, and a bundle
//! that was cut short still gives what came before the cut.

use serde::{Deserialize, Serialize};

use super::Sealed;
use crate::{DeviceId, PhotoHash, Timestamp};

/// The first line, without its line feed.
pub const RESCUE_MAGIC: &str = "xunjie rescue 1";

/// A line after the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RescueLine {
    /// Whose it is; always the first of them.
    Bundle {
        device: DeviceId,
        /// By the phone's clock.
        made: Timestamp,
        client: String,
    },
    Operation {
        sealed: Sealed,
    },
    /// Followed by just `length` bytes and a line feed.
    Photo {
        hash: PhotoHash,
        length: u64,
    },
    /// Nothing is missing when it is there and its counts are right.
    End {
        operations: u64,
        photos: u64,
    },
}

/// What became of a bundle: `POST /sync/rescue`, `xunjie rescue FILE`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RescueReport {
    /// New to the server and carried out, refused or quarantined.
    pub operations_taken: u64,
    /// Held already.
    pub operations_known: u64,
    pub photos_taken: u64,
    pub photos_known: u64,
    /// Photos whose bytes in the bundle are not those of their hash, and lines that
    /// cannot be read.
    pub damaged: u64,
    /// The end was there and its counts are right.
    pub whole: bool,
}
