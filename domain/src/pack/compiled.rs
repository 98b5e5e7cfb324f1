//! The pack as one JSON document: what the server keeps and the phone carries.

use std::fmt;

use super::{DistrictPack, PACK_FORMAT};
use crate::json::{self, Bad, Read as _};

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
        let document = json::parse(json).map_err(unreadable)?;
        let unread = |bad: Bad| unreadable(bad.into());
        let found = document.object().and_then(|pack| pack.field("format")).map_err(unread)?;
        if found > PACK_FORMAT {
            return Err(BadPack::Newer { found });
        }
        Self::read(&document).map_err(unread)
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
