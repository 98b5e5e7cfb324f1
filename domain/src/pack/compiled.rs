//! The pack as one JSON document: what the server keeps and the phone carries.

use serde::Deserialize;
use std::fmt;

use super::{DistrictPack, PACK_FORMAT};

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

/// Why a document is not a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPack {
    /// Written by a newer program; nothing is wrong with the document.
    Newer {
        found: u32,
    },
    Unreadable(Box<str>),
}

impl DistrictPack {
    /// # Errors
    /// Never for a pack that was read: all its keys are text.
    pub fn to_json(&self) -> Result<String, BadPack> {
        serde_json::to_string(self).map_err(unreadable)
    }

    /// Accepts every format up to [`PACK_FORMAT`].
    ///
    /// # Errors
    /// When a newer program wrote it, or when it is not a pack at all.
    pub fn from_json(json: &str) -> Result<Self, BadPack> {
        // The format first: what a newer program wrote need not have today's fields.
        let FormatOnly { format: found } = serde_json::from_str(json).map_err(unreadable)?;
        if found > PACK_FORMAT {
            return Err(BadPack::Newer { found });
        }
        serde_json::from_str(json).map_err(unreadable)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unreadable(error: serde_json::Error) -> BadPack {
    BadPack::Unreadable(error.to_string().into())
}

impl fmt::Display for BadPack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { found } => write!(
                f,
                "the district pack has format {found}, this program reads up to {PACK_FORMAT}: \
                 update the program"
            ),
            Self::Unreadable(detail) => write!(f, "not a compiled district pack: {detail}"),
        }
    }
}

impl std::error::Error for BadPack {}
