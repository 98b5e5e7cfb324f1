//! The JSON of the protocol's types, for the document alone.

#![expect(dead_code, reason = "these types are read by their derived schema alone")]

use utoipa::ToSchema;

/// Errors of every call.
#[derive(ToSchema)]
pub struct Problem {
    /// Stable, for programs.
    code: String,
    status: u16,
    /// For people, in their language.
    title: String,
    detail: Option<String>,
}

#[derive(ToSchema)]
pub struct SignIn {
    user: String,
    password: String,
    #[schema(format = "uuid")]
    device: String,
    token: TokenKind,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum TokenKind {
    Cookie,
    Bearer,
}

#[derive(ToSchema)]
pub struct SignedIn {
    profile: Profile,
    /// With `bearer` only.
    token: Option<String>,
}

#[derive(ToSchema)]
pub struct Profile {
    actor: Actor,
    /// Ed25519 public key that receipts are checked with, 64 hexadecimal digits.
    key: String,
    /// When the session ends unless it is used.
    until: i64,
}

#[derive(ToSchema)]
struct Actor {
    user: String,
    name: String,
    role: Role,
    unit: Option<String>,
    person: Option<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum Role {
    Inspector,
    Reviewer,
    Handler,
    UnitLead,
    PatchLeader,
    Discipline,
    Administrator,
    City,
}

#[derive(ToSchema)]
pub struct Hello {
    protocol: u32,
    #[schema(format = "uuid")]
    device: String,
    /// Version of the app.
    client: String,
    /// The last sequence number this device used; 0 for none.
    sequence: u64,
    epoch: Option<u64>,
}

#[derive(ToSchema)]
pub struct HelloAnswer {
    protocol: u32,
    epoch: u64,
    now: i64,
    limits: Limits,
    gaps: Vec<Gap>,
    highest: u64,
    /// Version of the pack in force.
    pack: String,
    /// What was on disk before this moment lies in a verified backup.
    backed_up: Option<i64>,
}

#[derive(ToSchema)]
struct Limits {
    batch_operations: u32,
    photo_bytes: u64,
}

/// Sequence numbers that never came, both ends included.
#[derive(ToSchema)]
struct Gap {
    from: u64,
    until: u64,
}

#[derive(ToSchema)]
pub struct Batch {
    #[schema(format = "uuid")]
    device: String,
    /// The server's life that the last hello told of; another one refuses the batch.
    epoch: Option<u64>,
    #[schema(max_items = 200)]
    operations: Vec<Sealed>,
}

/// An operation in the bytes it was sealed with.
#[derive(ToSchema)]
struct Sealed {
    #[schema(format = "uuid")]
    id: String,
    /// SHA-256 of `body`.
    digest: String,
    /// The JSON of the operation.
    body: String,
}

#[derive(ToSchema)]
pub struct BatchAnswer {
    results: Vec<OperationResult>,
}

#[derive(ToSchema)]
struct OperationResult {
    #[schema(format = "uuid")]
    id: String,
    receipt: Receipt,
    verdict: VerdictKind,
    /// With `refused`: a `code` and its facts.
    refusal: Option<serde_json::Value>,
    /// With `quarantined`.
    reason: Option<QuarantineReason>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum VerdictKind {
    Accepted,
    /// Kept and not carried out.
    Refused,
    /// Kept with its bytes, for a human to look at.
    Quarantined,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum QuarantineReason {
    Digest,
    Unreadable,
    NewerFormat,
    NotTheSender,
    Branch,
}

/// The server's signed word that it holds something.
#[derive(ToSchema)]
struct Receipt {
    of: ReceiptOf,
    /// Of an operation.
    id: Option<String>,
    digest: Option<String>,
    photos: Option<Vec<String>>,
    /// Of a photo.
    hash: Option<String>,
    length: Option<u64>,
    at: i64,
    epoch: u64,
    /// Ed25519, 128 hexadecimal digits.
    signature: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum ReceiptOf {
    Operation,
    Photo,
}

#[derive(ToSchema)]
pub struct MissingQuery {
    /// SHA-256 of each photo.
    #[schema(max_items = 1000)]
    photos: Vec<String>,
}

#[derive(ToSchema)]
pub struct MissingAnswer {
    missing: Vec<String>,
    partial: Vec<PartialPhoto>,
    held: Vec<Receipt>,
}

#[derive(ToSchema)]
struct PartialPhoto {
    hash: String,
    offset: u64,
}

#[derive(ToSchema)]
pub struct Holdings {
    #[schema(format = "uuid")]
    device: String,
    operations: Vec<HeldOperation>,
    /// SHA-256 of each photo.
    photos: Vec<String>,
}

#[derive(ToSchema)]
struct HeldOperation {
    #[schema(format = "uuid")]
    id: String,
    digest: String,
}

#[derive(ToSchema)]
pub struct HoldingsAnswer {
    epoch: u64,
    /// Ids of operations that the server does not have with this digest.
    operations: Vec<String>,
    photos: Vec<String>,
}

#[derive(ToSchema)]
pub struct PhotoAnswer {
    receipt: Receipt,
}

#[derive(ToSchema)]
pub struct Changes {
    cases: Vec<CaseLog>,
    /// Cases that this person no longer sees.
    gone: Vec<String>,
    /// Ask `after` this next time.
    next: u64,
    /// There is more right now.
    more: bool,
}

#[derive(ToSchema)]
struct CaseLog {
    #[schema(format = "uuid")]
    case: String,
    /// The number people say.
    number: String,
    seq: u64,
    /// The log, oldest first: each with `number`, `at`, `what` and the facts of that.
    events: Vec<serde_json::Value>,
}

#[derive(ToSchema)]
pub struct RescueReport {
    operations_taken: u64,
    operations_known: u64,
    photos_taken: u64,
    photos_known: u64,
    /// Photos and records whose bytes are not what they were, and lines that cannot be read.
    damaged: u64,
    /// Nothing was cut off.
    whole: bool,
}

/// The file that a phone exported: `xunjie rescue 1`, then an item a line.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct BundleBytes(Vec<u8>);

#[derive(ToSchema)]
pub struct Devices {
    now: i64,
    devices: Vec<DeviceReport>,
    /// There are more than the answer holds.
    more: bool,
}

/// One installation of the app.
#[derive(ToSchema)]
struct DeviceReport {
    #[schema(format = "uuid")]
    device: String,
    /// Who used it last.
    user: String,
    name: String,
    client: String,
    first_seen: i64,
    last_seen: i64,
    /// The highest sequence number held.
    highest: u64,
    /// The last one that the device said it used.
    claimed: u64,
    owed: Vec<Owed>,
    /// Numbers that came twice: two phones with one identity.
    doubled: Option<Vec<Doubled>>,
    quarantined: Vec<Quarantined>,
}

/// Sequence numbers that never came, and when their neighbours were done.
#[derive(ToSchema)]
struct Owed {
    from: u64,
    until: u64,
    after: Option<DeviceTime>,
    before: Option<DeviceTime>,
}

/// What the device's clock said, and by how much it was off.
#[derive(ToSchema)]
struct DeviceTime {
    claimed: i64,
    offset_ms: Option<i64>,
}

/// A sequence number under which different operations came.
#[derive(ToSchema)]
struct Doubled {
    sequence: u64,
    since: i64,
}

/// Bytes that are kept and were not taken as an operation.
#[derive(ToSchema)]
struct Quarantined {
    #[schema(format = "uuid")]
    id: String,
    digest: String,
    reason: QuarantineReason,
    detail: String,
    sender: String,
    received: i64,
    sequence: Option<u64>,
    case: Option<String>,
    done: Option<DeviceTime>,
    length: u64,
}

/// The compiled pack; `docs/PACK.md` describes its parts.
#[derive(ToSchema)]
pub struct Pack {
    format: u32,
    id: String,
    version: String,
    sample: bool,
}

/// The bytes of a photo.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct PhotoBytes(Vec<u8>);
