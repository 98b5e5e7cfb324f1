//! Every receipt that a phone was ever given, recorded where the answer came in and before
//! anything else read it: what the server must honour for ever.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::{
    OperationId, PhotoHash,
    evidence::{PublicKey, Receipt, ReceiptSubject},
    sync::{Sealed, outbox::Failure},
};

use super::Calls;

/// Operations re-sent, or photos asked about, in one call.
const AT_ONCE: usize = 50;

/// For one question.
const WAIT_TIMEOUT: Duration = Duration::from_secs(60);

type SealedReceipt = (Sealed, Receipt);
type PhotoReceipt = (PhotoHash, Receipt);

/// Shared by the phone and by whoever checks on the server.
#[derive(Clone)]
pub struct Receipts {
    key: PublicKey,
    received: Arc<Mutex<ReceivedReceipts>>,
}

#[derive(Default)]
struct ReceivedReceipts {
    operations: BTreeMap<OperationId, (Sealed, Receipt)>,
    photos: BTreeMap<PhotoHash, Receipt>,
    /// In the order in which they first came.
    order: Vec<Thing>,
    /// So many of them the server stood by when it was last asked.
    checked: usize,
    /// Two receipts for one thing that are not the same.
    contradictions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Operation(OperationId),
    Photo(PhotoHash),
}

impl Receipts {
    pub fn new(key: PublicKey) -> Self {
        Self { key, received: Arc::default() }
    }

    /// Notes what an answer brought. What is not signed by the server is no receipt.
    pub fn note(&self, receipt: &Receipt, sealed: impl Fn(OperationId) -> Option<Sealed>) {
        if receipt.check(&self.key).is_err() {
            return;
        }
        let mut received = self.received();
        let (thing, before) = match &receipt.stated.subject {
            ReceiptSubject::Operation { id, digest, .. } => {
                let Some(sealed) = sealed(*id).filter(|sealed| sealed.digest == *digest) else {
                    received.contradictions.push(format!("a receipt for what was not sent: {id}"));
                    return;
                };
                let before = received.operations.insert(*id, (sealed, receipt.clone()));
                (Thing::Operation(*id), before.map(|(_, receipt)| receipt))
            }
            ReceiptSubject::Photo { hash, .. } => {
                (Thing::Photo(*hash), received.photos.insert(*hash, receipt.clone()))
            }
        };
        if before.is_none() {
            received.order.push(thing);
        }
        let same_life = |before: &Receipt| before.stated.epoch == receipt.stated.epoch;
        if let Some(before) = before.filter(|before| same_life(before) && before != receipt) {
            received.contradictions.push(format!("{before:?}, and later {receipt:?}"));
        }
    }

    /// Whether the server still stands by every one of them: the same operation again
    /// gets the same receipt, and no photo that has one is missing. Gives their number.
    ///
    /// # Errors
    /// The first that it does not know any more.
    pub async fn honoured(&self, calls: &Calls) -> Result<usize> {
        let all = self.received().order.clone();
        self.check(calls, &all).await
    }

    /// The same for those that came since it was last asked, and `older` of the others.
    ///
    /// # Errors
    /// The first that it does not know any more.
    pub async fn honoured_lately(&self, calls: &Calls, older: usize) -> Result<usize> {
        let (things, until) = {
            let received = self.received();
            let (old, new) = received.order.split_at(received.checked);
            let mut things = new.to_vec();
            things.extend((0..older.min(old.len())).map(|_| old[fastrand::usize(..old.len())]));
            (things, received.order.len())
        };
        let count = self.check(calls, &things).await?;
        self.received().checked = until;
        Ok(count)
    }

    async fn check(&self, calls: &Calls, things: &[Thing]) -> Result<usize> {
        for some in things.chunks(AT_ONCE) {
            let (operations, photos) = self.of(some)?;
            let sealed: Vec<_> = operations.iter().map(|(sealed, _)| sealed.clone()).collect();
            let begun = Instant::now();
            let answer = loop {
                match calls.operations(sealed.clone(), None).await {
                    Ok(answer) => break answer,
                    Err(failure) => may_ask_again(&failure, begun)?,
                }
            };
            ensure!(answer.results.len() == operations.len(), "{} results", answer.results.len());
            for ((sealed, receipt), result) in operations.iter().zip(&answer.results) {
                ensure!(result.receipt == *receipt, "{}: not the receipt it had", sealed.id);
            }
            let hashes: Vec<_> = photos.iter().map(|(hash, _)| *hash).collect();
            let begun = Instant::now();
            let answer = loop {
                match calls.missing(hashes.clone()).await {
                    Ok(answer) => break answer,
                    Err(failure) => may_ask_again(&failure, begun)?,
                }
            };
            ensure!(answer.missing.is_empty(), "lost, with a receipt: {:?}", answer.missing);
            for (hash, receipt) in photos {
                let again = answer.held.iter().find(|received| **received == receipt);
                again.with_context(|| format!("{hash}: not the receipt it had"))?;
            }
        }
        Ok(things.len())
    }

    /// The receipts as they came.
    fn of(&self, things: &[Thing]) -> Result<(Vec<SealedReceipt>, Vec<PhotoReceipt>)> {
        let received = self.received();
        ensure!(received.contradictions.is_empty(), "{:#?}", received.contradictions);
        let (mut operations, mut photos) = (Vec::new(), Vec::new());
        for thing in things {
            match thing {
                Thing::Operation(id) => operations.push(received.operations[id].clone()),
                Thing::Photo(hash) => photos.push((*hash, received.photos[hash].clone())),
            }
        }
        Ok((operations, photos))
    }

    fn received(&self) -> MutexGuard<'_, ReceivedReceipts> {
        self.received.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A server that has too much to do breaks no promise.
fn may_ask_again(failure: &Failure, begun: Instant) -> Result<()> {
    let is_away = matches!(failure, Failure::Busy { .. } | Failure::Unreachable);
    ensure!(is_away && begun.elapsed() < WAIT_TIMEOUT, "the server would not say: {failure:?}");
    Ok(())
}
