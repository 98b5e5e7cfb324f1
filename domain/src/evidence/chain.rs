//! Every operation of a device carries the next number of a gap-free sequence and
//! the digest of the one before it, so that the server can name what never came and
//! show that nothing was slipped in.

use serde::{Deserialize, Serialize};

use crate::Sha256Hash;

/// An operation's place in its device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Link {
    /// 1, 2, 3 … without a gap, counted from the installation of the app.
    pub sequence: u64,
    /// Digest of the operation before it; `None` for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Sha256Hash>,
}

impl Link {
    pub const FIRST: Self = Self { sequence: 1, previous: None };

    /// The link of the operation that follows one with this link and `digest`.
    #[must_use]
    pub const fn next(self, digest: Sha256Hash) -> Self {
        Self { sequence: self.sequence.saturating_add(1), previous: Some(digest) }
    }
}

/// The digest of an operation: SHA-256 over the exact bytes of its stored body.
#[must_use]
pub fn chain_digest(body: &str) -> Sha256Hash {
    Sha256Hash::of(body.as_bytes())
}
