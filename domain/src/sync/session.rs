//! Signing in: `POST /api/v1/session`.

use serde::{Deserialize, Serialize};

use crate::{DeviceId, Timestamp, access::Actor, evidence::PublicKey};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    pub user: String,
    pub password: String,
    pub device: DeviceId,
    pub token: TokenKind,
}

/// How the token comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// As an `HttpOnly` cookie, out of reach of scripts: the app.
    Cookie,
    /// In the answer: other clients, which send it as `Authorization: Bearer`.
    Bearer,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    pub profile: Profile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// Who is signed in, and what the phone needs to check receipts offline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    pub actor: Actor,
    pub key: PublicKey,
    /// When the session ends unless it is used.
    pub until: Timestamp,
}
