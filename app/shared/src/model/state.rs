//! What this tab holds in memory of the stored rows, and what the screens' signals are
//! made of it.
//!
//! Never: decides; `domain` does. Never writes; [`store`](crate::device::store) does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::{
    CaseId, District, PhotoHash, Timestamp,
    access::Actor,
    sync::{
        CaseLog, Operation, Verdict,
        outbox::{Failure, LinkState, OperationRow, OutboxStatus, PhotoRow},
    },
};

use super::{
    CaseEntry, Cases, Progress, Record,
    entry::{PredictionContext, entry},
    record::{OperationState, PhotoState, record},
};
use crate::device::store::Rows;

#[derive(Default)]
pub struct PhoneState {
    pub actor: Option<Actor>,
    pub district: Option<Arc<District>>,
    pub logs: BTreeMap<CaseId, CaseLog>,
    pub rows: Vec<StoredOperation>,
    pub photos: BTreeMap<PhotoHash, PhotoRow>,
    pub standing: Option<OutboxStatus>,
    pub progress: BTreeMap<PhotoHash, Progress>,
    pub offset_ms: Option<i64>,
    /// As in [`SyncStatus`](super::SyncStatus).
    pub receiving: Option<u32>,
}

/// A stored operation, read.
pub struct StoredOperation {
    pub kept: OperationRow,
    pub operation: Operation,
}

impl PhoneState {
    /// Takes rows as they are stored now, all or some; gives the cases that they change.
    /// Rows that this version cannot read stay in the store and are sent all the same;
    /// they only cannot be shown.
    pub fn take_rows(&mut self, rows: Rows) -> BTreeSet<CaseId> {
        let mut changed = BTreeSet::new();
        for kept in rows.operations {
            let (case, place) = (kept.case, self.place_of(kept.sequence));
            match self.rows.get_mut(place).filter(|row| row.kept.sequence == kept.sequence) {
                Some(row) if row.kept == kept => continue,
                // What was done never changes; what became of it does.
                Some(row) => row.kept = kept,
                None => match kept.sealed.open() {
                    Ok(operation) => self.rows.insert(place, StoredOperation { kept, operation }),
                    Err(_) => continue,
                },
            }
            changed.insert(case);
        }
        self.photos.extend(rows.photos.into_iter().map(|photo| (photo.hash, photo)));
        changed
    }

    /// Takes cases as they were stored; what came meanwhile is newer.
    pub fn take_logs(&mut self, logs: Vec<CaseLog>) {
        for log in logs {
            if self.logs.get(&log.case).is_none_or(|known| known.seq < log.seq) {
                self.logs.insert(log.case, log);
            }
        }
    }

    /// Where the operation of this number stands among the rows, or would; mostly at the
    /// end.
    fn place_of(&self, sequence: u64) -> usize {
        self.rows.iter().rposition(|row| row.kept.sequence < sequence).map_or(0, |last| last + 1)
    }

    /// Takes how it stands; gives the cases whose operations stand otherwise now, or
    /// `None` when nothing does.
    pub fn take_standing(&mut self, standing: OutboxStatus) -> Option<BTreeSet<CaseId>> {
        self.progress.retain(|hash, _| standing.sending_photos.contains(hash));
        if self.standing.as_ref() == Some(&standing) {
            return None;
        }
        let before = self.standing.replace(standing);
        let (before, now) = (before.as_ref(), self.standing.as_ref()?);
        let same_way =
            before.is_some_and(|it| (&it.link, it.is_paused) == (&now.link, now.is_paused));
        let is_sent = |sequence| {
            let of = |standing: &OutboxStatus| standing.sending.contains(sequence);
            before.is_some_and(of) != of(now)
        };
        let waiting = self.own_rows().filter(|row| !row.kept.is_answered());
        let changed = waiting.filter(|row| !same_way || is_sent(&row.kept.sequence));
        Some(changed.map(|row| row.kept.case).collect())
    }

    /// All cases anew.
    pub fn all_entries(&self, now: Timestamp) -> Cases {
        let entry = |id| Some((id, Arc::new(self.entry(id, now)?)));
        Arc::new(self.known_cases().into_iter().filter_map(entry).collect())
    }

    /// Cases that came from the server, and those that own operations are about.
    pub fn known_cases(&self) -> BTreeSet<CaseId> {
        let own = self.own_rows().map(|row| row.kept.case);
        own.chain(self.logs.keys().copied()).collect()
    }

    /// These cases anew, the others as they are; `None` when all are as they were.
    pub fn with_entries(
        &self,
        cases: &Cases,
        changed: impl IntoIterator<Item = CaseId>,
        now: Timestamp,
    ) -> Option<Cases> {
        let mut next = None;
        for id in changed {
            let entry = self.entry(id, now);
            if entry.as_ref() == cases.get(&id).map(Arc::as_ref) {
                continue;
            }
            let next = next.get_or_insert_with(|| (**cases).clone());
            match entry {
                Some(entry) => next.insert(id, Arc::new(entry)),
                None => next.remove(&id),
            };
        }
        next.map(Arc::new)
    }

    pub fn own_rows(&self) -> impl Iterator<Item = &StoredOperation> {
        self.rows.iter().filter(|row| self.is_own(row))
    }

    /// Whether an own act on the case waits, or was not carried out and nobody has settled it.
    pub fn owes_an_answer(&self, case: CaseId) -> bool {
        self.own_rows().filter(|row| row.kept.case == case && !row.kept.acknowledged).any(|row| {
            let state = self.operation_state(&row.kept);
            !state.is_answered() || state.is_not_carried_out()
        })
    }

    fn is_own(&self, row: &StoredOperation) -> bool {
        self.actor.as_ref().is_some_and(|actor| actor.user == row.kept.author)
    }

    pub fn records(&self, cases: &Cases) -> Vec<Record> {
        let Some(actor) = &self.actor else { return Vec::new() };
        let mut records: Vec<Record> = Vec::new();
        let mut here = BTreeSet::new();
        for row in self.own_rows() {
            if let Some(record) = record(self, row, cases) {
                here.insert(record.case);
                records.push(record);
            }
        }
        let elsewhere = cases.values().filter(|entry| {
            entry.case.reporter.as_ref() == Some(&actor.user) && !here.contains(&entry.id)
        });
        records.extend(elsewhere.map(|entry| super::record::from_elsewhere(entry)));
        records.sort_by_key(|record| std::cmp::Reverse(record.captured.estimate()));
        records
    }

    pub fn operation_state(&self, kept: &OperationRow) -> OperationState {
        if let Some(answer) = kept.answer.as_ref().filter(|_| !kept.lacked) {
            let receipt = Arc::new(answer.result.receipt.clone());
            return match &answer.result.verdict {
                Verdict::Accepted => OperationState::Arrived { receipt: Some(receipt) },
                Verdict::Refused { refusal } => {
                    OperationState::Refused { refusal: refusal.clone(), receipt }
                }
                Verdict::Quarantined { reason } => {
                    OperationState::Quarantined { reason: *reason, receipt }
                }
            };
        }
        let standing = self.standing.as_ref();
        if standing.is_some_and(|standing| standing.sending.contains(&kept.sequence)) {
            return OperationState::Sending;
        }
        let of_the_way = standing.and_then(|standing| match &standing.link {
            LinkState::Closed { next_try, why, .. } if !standing.is_paused => {
                Some((*next_try, why))
            }
            _ => None,
        });
        OperationState::Waiting {
            next_try: kept.tries.next.max(of_the_way.map(|(next, _)| next)),
            tries: kept.tries.count,
            last_failure: of_the_way.map(|(_, why)| why.clone()).or(kept.tries.last.clone()),
        }
    }

    pub fn photo_state(&self, hash: PhotoHash, arrived: bool) -> PhotoState {
        let kept = self.photos.get(&hash);
        if let Some(answer) = kept.and_then(|kept| kept.answer.as_ref())
            && !kept.is_some_and(|kept| kept.damaged || kept.lacked)
        {
            return PhotoState::Arrived { receipt: Some(Arc::new(answer.receipt.clone())) };
        }
        if arrived {
            return PhotoState::Arrived { receipt: None };
        }
        let Some(kept) = kept.filter(|kept| !kept.damaged) else { return PhotoState::Damaged };
        if let Some(standing) = &self.standing
            && standing.sending_photos.contains(&hash)
        {
            let Progress { sent, of } =
                self.progress.get(&hash).copied().unwrap_or(Progress { sent: 0, of: kept.length });
            return PhotoState::Arriving { sent, of };
        }
        match &kept.tries.last {
            Some(Failure::Rejected { code, .. }) => PhotoState::Rejected { code: code.clone() },
            Some(Failure::Blocked { .. }) => PhotoState::Blocked,
            _ => PhotoState::OnPhone,
        }
    }

    fn entry(&self, id: CaseId, now: Timestamp) -> Option<CaseEntry> {
        // By the case first: names are longer to compare, and there are many rows.
        let of_case = self.rows.iter().filter(|row| row.kept.case == id);
        let own = of_case.filter(|row| self.is_own(row));
        let predicted = PredictionContext {
            actor: self.actor.as_ref(),
            district: self.district.as_deref(),
            now,
        };
        entry(id, self.logs.get(&id), own, &predicted, |kept| self.operation_state(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_story::Story;

    #[test]
    fn stored_case_never_replaces_a_newer_one_that_came_while_it_was_read() {
        let story = Story::reported();
        let log = |seq: u64| CaseLog {
            case: story.case().id,
            number: "1".into(),
            seq,
            events: story.log.clone(),
        };
        for (known, stored, kept) in [(None, 3, 3), (Some(2), 3, 3), (Some(4), 3, 4)] {
            let mut state = PhoneState::default();
            state.take_logs(known.map(log).into_iter().collect());
            state.take_logs(vec![log(stored)]);
            let seqs: Vec<u64> = state.logs.values().map(|log| log.seq).collect();
            assert_eq!(seqs, [kept], "{known:?}");
        }
    }
}
