//! How a call to the server can fail, as far as the outbox cares. What it means is
//! decided here and not where the browser speaks HTTP.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// No answer: no network, no server, or no progress for a minute.
    Unreachable,
    /// Somebody else answered: a captive portal, a proxy, a 2xx without a valid
    /// receipt.
    NotTheServer,
    /// The server asks for patience (429, 502, 503, 504).
    Busy {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u32>,
    },
    /// The session has ended (401). Nothing is sent and nothing deleted until the
    /// person signs in again.
    SignedOut,
    /// The server understood and said no to this one request. `code` is that of the
    /// [`Problem`](crate::sync::Problem).
    Rejected { status: u16, code: String },
}

impl Failure {
    /// The server does not know this kind of call, or not this address of it.
    pub(super) const fn is_unknown_call(&self) -> bool {
        matches!(self, Self::Rejected { status: 404 | 405 | 501, .. })
    }

    /// The server is in another life than the one that was sent to.
    pub(super) fn is_other_life(&self) -> bool {
        matches!(self, Self::Rejected { status: 409, code } if code == "epoch")
    }

    /// Whether the way to the server is at fault, and not what was sent.
    #[must_use]
    pub const fn is_of_the_way(&self) -> bool {
        matches!(self, Self::Unreachable | Self::NotTheServer | Self::Busy { .. })
    }
}
