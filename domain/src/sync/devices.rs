//! What headquarters is told about devices: who used them, what they still owe, and what
//! of theirs could not be taken. `GET /api/v1/devices`.

use serde::{Deserialize, Serialize};

use super::{Gap, QuarantineReason};
use crate::{CaseId, DeviceId, DeviceTime, OperationId, Sha256Hash, Timestamp, UserName};

/// Those that spoke last come first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Devices {
    /// By the server's clock.
    pub now: Timestamp,
    pub devices: Vec<DeviceReport>,
    /// There are more than the answer holds.
    pub more: bool,
}

/// One installation of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceReport {
    pub device: DeviceId,
    /// Who used it last.
    pub user: UserName,
    /// Their name as others see it.
    pub name: String,
    /// Version of the app, as it said.
    pub client: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// The highest sequence number that is held; 0 for none.
    pub highest: u64,
    /// The last number that the device said it used.
    pub claimed: u64,
    /// Numbers that are neither held nor in quarantine, lowest first.
    pub owed: Vec<Owed>,
    /// Numbers that came twice, lowest first. An older server says nothing of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubled: Vec<Doubled>,
    /// What it sent and could not be taken, the latest first.
    pub quarantined: Vec<Quarantined>,
}

/// A gap, and the claims of its neighbours of when they were done: what is missing was
/// done between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Owed {
    pub gap: Gap,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<DeviceTime>,
    /// `None` for the last ones: they may simply not have been sent yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<DeviceTime>,
}

/// A number under which different operations came. One phone uses each number once: two
/// phones say that they are this device, because one is a copy of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Doubled {
    pub sequence: u64,
    /// When the later one came, by the server's clock.
    pub since: Timestamp,
}

/// Bytes that are kept and were not taken as an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quarantined {
    pub id: OperationId,
    /// Of the bytes that came.
    pub digest: Sha256Hash,
    pub reason: QuarantineReason,
    /// In a programmer's words.
    pub detail: String,
    /// Who was signed in.
    pub sender: UserName,
    pub received: Timestamp,
    /// Its place in the chain of the device that sent it, where that could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// Where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<DeviceTime>,
    /// Bytes of it.
    pub length: u64,
}
