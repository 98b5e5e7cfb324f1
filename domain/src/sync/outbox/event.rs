//! What the engine is told, and what it asks for.

use std::ops::Range;

use super::{Answer, Failure, OperationRow, PhotoReceipt, PhotoRow, Tries};
use crate::{
    PhotoHash, Timestamp, UserName,
    evidence::{Epoch, PublicKey},
    sync::{BatchAnswer, Hello, HelloAnswer, Holdings, HoldingsAnswer, MissingAnswer, PhotoAnswer},
};

#[derive(Clone, Debug)]
pub enum Event {
    /// Somebody is signed in: at the start, or after signing in. Receipts are checked
    /// with `key`.
    SignedIn {
        user: UserName,
        key: PublicKey,
    },
    /// Nobody is.
    SignedOut,
    /// TrackedRows were written: a new operation with its photos.
    Added {
        operation: Box<OperationRow>,
        photos: Vec<PhotoRow>,
    },
    /// The browser thinks there is a network, or the person asked: try now.
    TryNow,
    /// Somebody looks at the app, or nobody does any more.
    Visible(bool),
    /// Another call than the outbox's own was told that the session has ended.
    SessionEnded,
    /// The stream of live changes broke.
    LiveLost,
    /// The time asked for has come.
    Timer,
    HelloAnswered(Box<HelloAnswer>),
    BatchAnswered(BatchAnswer),
    MissingAnswered(MissingAnswer),
    VerifyAnswered(HoldingsAnswer),
    /// Hello, batch, or a question for missing photos or holdings failed.
    TextFailed(Failure),
    PhotoAnswered {
        hash: PhotoHash,
        answer: PhotoAnswer,
    },
    PhotoFailed {
        hash: PhotoHash,
        failure: Failure,
    },
    /// How many of its bytes the server has: the answer to a question, to a part that
    /// was not the last, or to one that began elsewhere.
    PhotoOffset {
        hash: PhotoHash,
        offset: u64,
    },
    /// Its bytes could not be read, or no longer have the hash.
    PhotoDamaged {
        hash: PhotoHash,
    },
    /// Its row as it is stored now: another tab has given its bytes up.
    PhotoRow(Box<PhotoRow>),
    /// So many bytes of a photo went out in so many milliseconds.
    Measured {
        bytes: u64,
        millis: u64,
    },
}

/// Each `Send…` and `Ask…` is followed by exactly one answer or failure. At most one
/// text call is on its way at once, and one call a photo.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    SendHello(Hello),
    /// The operations with these sequence numbers, in this order. A server of another
    /// life than `epoch` must not take them: it is to be asked first what it lacks.
    SendBatch {
        sequences: Vec<u64>,
        epoch: Option<Epoch>,
    },
    AskMissing(Vec<PhotoHash>),
    AskVerify(Holdings),
    /// The bytes of a photo: these as a part, or all of them in one `PUT`. A part without bytes
    /// at the photo's end asks how much of it the server has.
    SendPhoto {
        hash: PhotoHash,
        part: Option<Range<u64>>,
    },
    StoreAnswer {
        sequence: u64,
        answer: Box<Answer>,
    },
    StoreTries {
        sequence: u64,
        tries: Tries,
    },
    StorePhotoAnswer {
        hash: PhotoHash,
        answer: PhotoReceipt,
    },
    StorePhotoTries {
        hash: PhotoHash,
        tries: Tries,
    },
    StorePhotoDamaged {
        hash: PhotoHash,
        is_damaged: bool,
    },
    /// The server lacks what it answered before. The old answer is kept.
    StoreLacked {
        sequence: u64,
    },
    StorePhotoLacked {
        hash: PhotoHash,
    },
    /// Receipts for the photo and for every operation that names it are stored, all of
    /// them older than `covered`.
    FreePhoto {
        hash: PhotoHash,
        covered: Timestamp,
    },
    /// The server was asked about everything held here, at this time of this phone.
    StoreVerified(Timestamp),
    /// The server's life; `changed` when it is another than the one known.
    StoreEpoch {
        epoch: Epoch,
        changed: bool,
    },
    /// There may be something new at the server.
    PullChanges,
    /// The server does not know the session any more.
    SessionEnded,
    /// Send [`Event::Timer`] then; replaces what was asked before. `None`: no timer.
    Wait(Option<Timestamp>),
}
