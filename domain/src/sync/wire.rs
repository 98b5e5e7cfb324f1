//! What is said between phone and server, under `/api/v1`.

use serde::{Deserialize, Serialize};

use super::Sealed;
use crate::{
    CaseId, DeviceId, OperationId, PhotoHash, Sha256Hash, Timestamp,
    case::{Recorded, Refusal},
    evidence::{Epoch, Receipt},
    later_variant,
};

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;

/// `POST /sync/hello`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hello {
    pub protocol: u32,
    pub device: DeviceId,
    /// Version of the app, for the server's log.
    pub client: String,
    /// The last sequence number this device used; 0 for none.
    pub sequence: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelloAnswer {
    pub protocol: u32,
    pub epoch: Epoch,
    pub now: Timestamp,
    pub limits: Limits,
    /// Operations of this device that the server does not hold.
    pub gaps: Vec<Gap>,
    /// The highest sequence number the server holds of this device.
    pub highest: u64,
    /// Version of the pack in force.
    pub pack: String,
    /// What the server had on disk before this moment, by its clock, lies in a backup
    /// that was read back and found whole. `None`: there is no backup yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backed_up: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// Operations in one batch.
    pub batch_operations: u32,
    /// Bytes of one photo.
    pub photo_bytes: u64,
}

/// Sequence numbers that never came, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gap {
    pub from: u64,
    pub until: u64,
}

/// `POST /sync/operations`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    pub device: DeviceId,
    /// The server's life that the last hello told of. A server of another life refuses
    /// the batch (409 `epoch`): what came before these may be missing there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    pub operations: Vec<Sealed>,
}

/// One result for each operation, in the order they were sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchAnswer {
    pub results: Vec<OperationResult>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationResult {
    pub id: OperationId,
    /// The server holds the operation, whatever the verdict. Same id and same
    /// content: the same receipt for ever.
    pub receipt: Receipt,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accepted,
    /// Kept and not carried out.
    Refused {
        #[serde(deserialize_with = "later_variant::deserialize")]
        refusal: Refusal,
    },
    /// Kept with its bytes, for a human to look at.
    Quarantined {
        reason: QuarantineReason,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuarantineReason {
    Digest,
    Unreadable,
    NewerFormat,
    /// Author or device is not who sent it.
    NotTheSender,
    /// An operation under this id with other content is held already.
    Branch,
}

/// `POST /photos/missing`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingQuery {
    pub photos: Vec<PhotoHash>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingAnswer {
    pub missing: Vec<PhotoHash>,
    pub partial: Vec<PartialPhoto>,
    /// Receipts of those the server holds.
    pub held: Vec<Receipt>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartialPhoto {
    pub hash: PhotoHash,
    pub offset: u64,
}

/// `POST /sync/verify`: what this device holds a receipt for. Asked once a day, and
/// when the server's [`Epoch`] is another than the one known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holdings {
    pub device: DeviceId,
    pub operations: Vec<HeldOperation>,
    pub photos: Vec<PhotoHash>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldOperation {
    pub id: OperationId,
    pub digest: Sha256Hash,
}

/// What of it the server does not have; all of that wants sending again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldingsAnswer {
    pub epoch: Epoch,
    pub operations: Vec<OperationId>,
    pub photos: Vec<PhotoHash>,
}

/// `POST /photos/{sha256}/parts?offset=…&length=…` with the bytes from `offset` on. What it needs
/// stands in its address and its body, and what it says in the body of a 200: proxies of offices
/// forbid other methods than `GET` and `POST`, strip headers that they do not know, and put pages
/// of their own in the place of errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartAnswer {
    /// So many bytes of it are on disk, whatever `offset` said: the next part begins there.
    Held(u64),
    Whole(PhotoAnswer),
}

/// `PUT /photos/{sha256}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoAnswer {
    pub receipt: Receipt,
}

/// `GET /sync/changes?after=N`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changes {
    /// Whole logs of the cases that changed, oldest change first, of those that this person's
    /// phone keeps.
    pub cases: Vec<CaseLog>,
    /// Cases that their phone no longer keeps.
    pub gone: Vec<CaseId>,
    /// Ask `after` this next time.
    pub next: u64,
    /// There is more right now.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseLog {
    pub case: CaseId,
    /// The number people say: year and running number, given by the server.
    pub number: String,
    /// The change that brought it.
    pub seq: u64,
    pub events: Vec<Recorded>,
}

/// The data of an event of `GET /live`: what changed last. Never what it changed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LatestChange {
    pub seq: u64,
    /// The cases that changed since the event before, of those that this person sees, each once.
    /// `None`: more than [`LatestChange::MAX_CASES`], or not known, as at the beginning of a
    /// stream. Whoever shows cases then asks for all of them anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<Vec<CaseId>>,
}

impl LatestChange {
    /// Whoever is told of more asks for lists anew and not for each case.
    pub const MAX_CASES: usize = 200;
}

/// `application/problem+json` (RFC 9457). `title` is for people, in their language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Stable, for programs.
    pub code: String,
    pub status: u16,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
