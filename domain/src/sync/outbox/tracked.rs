//! What the engine remembers of the stored rows: enough to decide, never a body and
//! never a byte of a photo.

use super::{
    Answer, OperationRow, PhotoReceipt, PhotoRow, Tries,
    backoff::{self, Backoff},
    cover::are_all_safe,
    rule::{Rule, holds},
};
use crate::{
    CaseId, OperationId, PhotoHash, Sha256Hash, Timestamp, UserName,
    evidence::Epoch,
    sync::{Verdict, outbox::Failure},
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub(super) struct TrackedOperation {
    pub id: OperationId,
    pub case: CaseId,
    pub author: UserName,
    pub digest: Sha256Hash,
    /// Bytes of the sealed body.
    pub size: usize,
    pub photos: Vec<PhotoHash>,
    pub answer: Option<Answer>,
    pub tries: Tries,
    /// The server said that it lacks it although it answered before.
    pub lacked: bool,
}

#[derive(Clone, Debug)]
pub(super) struct TrackedPhoto {
    /// Bytes.
    pub length: u64,
    pub kept_at: Timestamp,
    pub answer: Option<PhotoReceipt>,
    pub tries: Tries,
    pub evicted: bool,
    pub damaged: bool,
    pub lacked: bool,
    /// The server was asked on this connection and lacks it.
    pub missing: bool,
    /// How much of it the server said to have on this connection.
    pub offset: Option<u64>,
    /// The server would not have it in parts.
    pub is_whole: bool,
    /// Offsets in a row that were not those told before.
    pub turns: u32,
}

/// Operations by sequence number, and the photos they name.
#[derive(Clone, Debug, Default)]
pub(super) struct TrackedRows {
    pub operations: BTreeMap<u64, TrackedOperation>,
    pub photos: BTreeMap<PhotoHash, TrackedPhoto>,
    /// Each photo with each operation that names it.
    named: BTreeSet<(PhotoHash, u64)>,
}

impl TrackedRows {
    pub fn add(&mut self, kept: &OperationRow) {
        for name in names_in(kept) {
            self.named.insert(name);
        }
        self.add_row(kept);
    }

    fn add_row(&mut self, kept: &OperationRow) {
        if self.operations.contains_key(&kept.sequence) {
            return;
        }
        let row = TrackedOperation {
            id: kept.sealed.id,
            case: kept.case,
            author: kept.author.clone(),
            digest: kept.sealed.digest,
            size: kept.sealed.body.len(),
            photos: kept.photos.clone(),
            answer: kept.answer.clone(),
            tries: kept.tries.clone(),
            lacked: kept.lacked,
        };
        self.operations.insert(kept.sequence, row);
    }

    pub fn add_photo(&mut self, kept: &PhotoRow) {
        // The same bytes again, in another record: they are here after all.
        if let Some(known) = self.photos.get_mut(&kept.hash) {
            known.evicted &= kept.evicted;
            known.damaged &= kept.damaged;
            return;
        }
        let photo = TrackedPhoto {
            length: kept.length,
            kept_at: kept.kept_at,
            answer: kept.answer.clone(),
            tries: kept.tries.clone(),
            evicted: kept.evicted,
            damaged: kept.damaged,
            lacked: kept.lacked,
            missing: false,
            offset: None,
            is_whole: false,
            turns: 0,
        };
        self.photos.insert(kept.hash, photo);
    }

    /// The sequence number of the last operation; 0 for none.
    pub fn last(&self) -> u64 {
        self.operations.keys().next_back().copied().unwrap_or(0)
    }

    /// Photos of operations that the server holds, whose own bytes it may not. Also
    /// those given up in an earlier life of the server: it is asked about them.
    pub fn photos_open<'a>(
        &'a self,
        user: &'a UserName,
        epoch: Option<Epoch>,
    ) -> impl Iterator<Item = (&'a PhotoHash, &'a TrackedPhoto)> {
        self.photos.iter().filter(move |(hash, photo)| {
            !photo.is_settled(epoch)
                && !photo.damaged
                && self.namers(hash).any(|row| row.author == *user && row.is_settled(epoch))
        })
    }

    pub fn namers(&self, hash: &PhotoHash) -> impl Iterator<Item = &TrackedOperation> {
        self.names(hash).filter_map(|sequence| self.operations.get(&sequence))
    }

    /// Sequence numbers of the operations that name it, the first one first.
    pub fn names(&self, hash: &PhotoHash) -> impl Iterator<Item = u64> {
        let hash = *hash;
        let names = self.named.range((hash, 0)..);
        names.take_while(move |(named, _)| *named == hash).map(|(_, sequence)| *sequence)
    }

    /// Whether nothing on this phone needs the photo's bytes any more, when what was
    /// receipted before `covered` is safe at the server.
    pub fn may_be_evicted(
        &self,
        hash: &PhotoHash,
        epoch: Option<Epoch>,
        covered: Timestamp,
    ) -> bool {
        let is_safe = self.photos.get(hash).is_some_and(|photo| {
            let answer = photo.answer.as_ref();
            !photo.evicted
                && photo.is_settled(epoch)
                && answer.is_some_and(|answer| answer.receipt.stated.at < covered)
        });
        let receipts = self.namers(hash).map(|row| {
            let answer = row.answer.as_ref().filter(|_| row.is_settled(epoch))?;
            Some(&answer.result.receipt)
        });
        is_safe && self.namers(hash).next().is_some() && are_all_safe(receipts, hash, covered)
    }
}

fn names_in(kept: &OperationRow) -> impl Iterator<Item = (PhotoHash, u64)> {
    kept.photos.iter().map(|photo| (*photo, kept.sequence))
}

impl TrackedOperation {
    /// Answered in the server's present life, and not missing there since.
    pub fn is_settled(&self, epoch: Option<Epoch>) -> bool {
        !self.lacked && self.answer.as_ref().is_some_and(|answer| counts(answer.answered_in, epoch))
    }

    pub fn is_quarantined(&self) -> bool {
        self.answer
            .as_ref()
            .is_some_and(|answer| matches!(answer.result.verdict, Verdict::Quarantined { .. }))
    }

    /// Answered in another life of the server, which may have lost it.
    pub fn is_unsure(&self, epoch: Option<Epoch>) -> bool {
        !self.lacked && self.answer.is_some() && !self.is_settled(epoch)
    }
}

impl TrackedPhoto {
    pub fn is_settled(&self, epoch: Option<Epoch>) -> bool {
        !self.lacked && self.answer.as_ref().is_some_and(|answer| counts(answer.answered_in, epoch))
    }
}

/// Whether what was said in that life of the server counts in this one.
fn counts(answered_in: Epoch, epoch: Option<Epoch>) -> bool {
    epoch.is_none_or(|epoch| answered_in == epoch) || !holds(Rule::L7OtherLife)
}

impl Tries {
    /// Failed by itself before: it is sent alone.
    pub(super) const fn is_suspect(&self) -> bool {
        self.count > 0
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        let is_over = self.next.is_none_or(|next| backoff::OF_A_RECORD.is_over(next, now));
        is_over && (self.count == 0 || holds(Rule::L4NoLastTry))
    }

    pub(super) fn failed(&mut self, wait: Backoff, why: Failure, now: Timestamp, random: u64) {
        self.next = Some(wait.next(self.count, now, random));
        self.count = self.count.saturating_add(1);
        self.last = Some(why);
    }
}
