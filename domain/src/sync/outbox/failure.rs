//! How a call to the server can fail, as far as the outbox cares. What it means is
//! decided here and not where the browser speaks HTTP.

use serde::{Deserialize, Serialize};

use crate::sync::Problem;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// No answer: no network, no server, or no progress for a minute.
    Unreachable,
    /// Somebody else answered: a captive portal, a proxy, a 2xx without a valid
    /// receipt.
    NotTheServer,
    /// A proxy or a firewall on the way refused the request with this status (403, 405, 413, 501 …)
    /// and without a word of the server.
    Blocked { status: u16 },
    /// The server asks for patience (429, 502, 503, 504).
    Busy {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u32>,
    },
    /// The session has ended (401). Nothing is sent and nothing deleted until the
    /// person signs in again.
    SignedOut,
    /// The server understood and said no to this one request. `code` is that of the [`Problem`].
    Rejected { status: u16, code: String },
}

impl Failure {
    /// What an answer other than a success means. `problem` is the server's own word; without one
    /// somebody else answered.
    #[must_use]
    pub fn of_answer(status: u16, problem: Option<Problem>, retry_after_ms: Option<u32>) -> Self {
        match (problem, status) {
            (_, 429 | 502..=504) => Self::Busy { retry_after_ms },
            (Some(_), 401) => Self::SignedOut,
            // Signed in as another device: the store is new, or was copied.
            (Some(problem), _) if problem.code == "device_changed" => Self::SignedOut,
            (Some(problem), status) => Self::Rejected { status, code: problem.code },
            // A sign-in on the way, or another site.
            (None, 401 | 404 | 407) => Self::NotTheServer,
            (None, 400..=499 | 501) => Self::Blocked { status },
            (None, _) => Self::NotTheServer,
        }
    }

    /// The server does not know this kind of call, or not this address of it.
    pub(super) const fn is_unknown_call(&self) -> bool {
        matches!(self, Self::Rejected { status: 404 | 405 | 501, .. })
    }

    /// The request was larger than somebody on the way lets through (413, RFC 9110, 15.5.14).
    pub(super) const fn is_too_large(&self) -> bool {
        matches!(self, Self::Blocked { status: 413 })
    }

    /// The server is in another life than the one that was sent to.
    pub(super) fn is_other_life(&self) -> bool {
        matches!(self, Self::Rejected { status: 409, code } if code == "epoch")
    }

    /// Whether the way to the server is at fault, and not what was sent.
    #[must_use]
    pub const fn is_of_the_way(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::NotTheServer | Self::Blocked { .. } | Self::Busy { .. }
        )
    }
}
