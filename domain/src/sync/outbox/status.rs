//! How it stands between this phone and the server, for the screen.

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::{PhotoHash, Timestamp};

/// One tab runs the engine and tells the others; nothing of this is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxStatus {
    pub link: LinkState,
    /// Nothing is sent until the person signs in again.
    pub is_paused: bool,
    /// When the server last answered, by this phone's clock.
    pub last_answer: Option<Timestamp>,
    /// Sequence numbers that are on their way.
    pub sending: Vec<u64>,
    #[serde(default)]
    pub sending_photos: Vec<PhotoHash>,
    /// Photos whose bytes are at the server, verified, and held here until a backup
    /// has them or fourteen days have passed; and how many bytes that is.
    #[serde(default)]
    pub held_photos: u32,
    #[serde(default)]
    pub held_bytes: u64,
    /// What the server had before this moment, by its clock, lies in a backup. `None`:
    /// it has not said so since this app began.
    #[serde(default)]
    pub backed_up: Option<Timestamp>,
    /// When the server was last asked about everything held here.
    #[serde(default)]
    pub verified: Option<Timestamp>,
}

/// The way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// No try has ended yet.
    Unknown,
    Open,
    Closed {
        since: Timestamp,
        next_try: Timestamp,
        tries: u32,
        why: Failure,
    },
}
