//! Records as a person makes them, and the server's answers for them.

use app_shared::device::store::{self, NewRecord, StoreError};
use domain::{
    CaseId, DeviceId, DeviceTime, OperationId, PhotoHash, Timestamp, UserName,
    case::Command,
    evidence::{Epoch, Link, Receipt, ReceiptSubject, Shot, Unsigned},
    pack::DistrictPack,
    sync::{
        CaseLog, Changes, OPERATION_FORMAT, Operation, OperationResult, Verdict,
        outbox::{Answer, OperationRow, PhotoReceipt, PhotoRow},
    },
};
use js_sys::ArrayBuffer;

use crate::{
    case_story::{Story, at, shot},
    page::photo,
};

pub type Photo = (PhotoRow, ArrayBuffer);

/// A photo that is on no phone yet; each colour makes another.
pub async fn new_photo(colour: &str) -> Photo {
    let (bytes, kept) = photo(colour, 40, 30).await;
    (kept, bytes)
}

pub fn now() -> Timestamp {
    at("2026-11-23 10:00")
}

/// A comment with these photos as its evidence.
pub fn operation(link: Link, photos: &[Photo]) -> Operation {
    let evidence = |(kept, _): &Photo| Shot { hash: kept.hash, length: kept.length, ..shot("") };
    let number = u8::try_from(link.sequence).expect("a short story");
    Operation {
        format: OPERATION_FORMAT,
        id: OperationId::new(now(), [number; 10]),
        case: CaseId::new(now(), [1; 10]),
        device: DeviceId::new(now(), [0; 10]),
        link,
        author: UserName::new("wang"),
        done: DeviceTime { claimed: now(), offset_ms: None },
        base: 0,
        command: Command::Rectify {
            photos: photos.iter().map(evidence).collect(),
            note: String::new(),
        },
    }
}

pub async fn try_to_save(
    photos: &[Photo],
    draft: Option<&str>,
    settles: Option<u64>,
) -> Result<OperationRow, StoreError> {
    let operation = |link| operation(link, photos);
    store::save_record(NewRecord { operation: &operation, photos, draft, settles }).await
}

pub async fn save(photos: &[Photo]) -> OperationRow {
    try_to_save(photos, None, None).await.expect("there is room")
}

/// The server holds it.
pub fn accepted(row: &OperationRow) -> Answer {
    let subject = ReceiptSubject::Operation {
        id: row.sealed.id,
        digest: row.sealed.digest,
        photos: row.photos.clone(),
    };
    let result = OperationResult {
        id: row.sealed.id,
        receipt: receipt(subject),
        verdict: Verdict::Accepted,
    };
    Answer { result, answered_in: Epoch(1) }
}

pub fn photo_receipt(photo: &PhotoRow) -> PhotoReceipt {
    let subject = ReceiptSubject::Photo { hash: photo.hash, length: photo.length };
    PhotoReceipt { receipt: receipt(subject), answered_in: Epoch(1), heard: None }
}

/// The server's backup has everything that was received until then.
pub fn covered(photo: PhotoHash) -> [(PhotoHash, Timestamp); 1] {
    [(photo, now().plus_millis(1))]
}

/// What the server says of cases: these changed, those are gone.
pub fn changes(changed: &[u8], gone: &[u8], next: u64) -> Changes {
    let id = |byte: &u8| CaseId::new(Timestamp::from_millis(0), [*byte; 10]);
    let log = |byte: &u8| CaseLog {
        case: id(byte),
        number: format!("2026-{byte}"),
        seq: u64::from(*byte),
        events: Story::reported().log,
    };
    Changes {
        cases: changed.iter().map(log).collect(),
        gone: gone.iter().map(id).collect(),
        next,
        more: false,
    }
}

fn receipt(subject: ReceiptSubject) -> Receipt {
    let stated = Unsigned { subject, at: now(), epoch: Epoch(1) };
    Receipt { stated, signature: "00".repeat(64) }
}

/// As a start of the app reads it.
pub async fn pack_at_start() -> Result<Option<DistrictPack>, StoreError> {
    store::read_work().await.expect("readable").pack
}
