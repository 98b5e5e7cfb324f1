//! The server as the simulation sees it: what is on its disk, its backups, its lives.
//! Each request is one commit; a crash leaves just what was committed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Event, Failure},
    request::{Arrival, PhotoRequest, Request},
    rules::{Rule, holds, sign},
};
use crate::{
    CaseId, DeviceId, OperationId, PhotoHash, Sha256Hash, Timestamp, UserName,
    case::Refusal,
    evidence::{Epoch, ReceiptSubject, Unsigned},
    sync::{
        BatchAnswer, Gap, Hello, HelloAnswer, Holdings, HoldingsAnswer, Limits, MissingAnswer,
        OperationResult, PROTOCOL, PartialPhoto, PhotoAnswer, QuarantineReason, Sealed, Verdict,
    },
};

/// What an operation is, known to the model without reading its body.
#[derive(Clone)]
pub struct Fact {
    pub device: DeviceId,
    /// The phone that made it, and not its copy.
    pub maker: usize,
    /// What one person leaves undone waits for them, and holds nobody else up.
    pub author: UserName,
    pub case: CaseId,
    pub sequence: u64,
    pub photos: Vec<PhotoHash>,
    pub fate: Fate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    Fine,
    /// The rules of a case say no.
    Unfit,
    /// Kept and not understood.
    Strange,
    /// Breaks every call that holds it.
    Poison,
}

/// Operations by id and digest: two contents may claim one id.
pub type Facts = BTreeMap<(OperationId, Sha256Hash), Fact>;

#[derive(Clone, Default)]
pub struct Disk {
    pub operations: BTreeMap<OperationId, (Sha256Hash, OperationResult)>,
    /// Quarantine of other contents under known ids.
    pub aside: BTreeMap<(OperationId, Sha256Hash), OperationResult>,
    pub photos: BTreeMap<PhotoHash, PhotoAnswer>,
    pub parts: BTreeMap<PhotoHash, u64>,
    /// When each photo first came, by the true clock.
    pub since: BTreeMap<PhotoHash, Timestamp>,
    /// What took effect, in order.
    pub effects: Vec<OperationId>,
    /// When ids were first taken, and from which tabs they came: for rules that are off.
    taken: BTreeMap<OperationId, Timestamp>,
    from: BTreeSet<(OperationId, usize)>,
    owner: BTreeMap<PhotoHash, OperationId>,
    /// What the last backup covers: no receipt is of before it.
    floor: Option<Timestamp>,
}

pub struct Server {
    /// Its clock minus the true time.
    pub clock_ms: i64,
    /// It was ahead by days once.
    pub was_ahead: bool,
    pub disk: Disk,
    flushed: Disk,
    writes: u32,
    pub epoch: Epoch,
    pub backups: Vec<(Timestamp, Disk)>,
    backed_up: Option<Timestamp>,
    /// When photos of its earlier lives first came.
    pub before: BTreeMap<PhotoHash, Timestamp>,
    pub is_down: bool,
}

impl Server {
    pub fn new() -> Self {
        Self {
            clock_ms: 0,
            was_ahead: false,
            disk: Disk::default(),
            flushed: Disk::default(),
            writes: 0,
            epoch: Epoch(1),
            backups: Vec::new(),
            backed_up: None,
            before: BTreeMap::new(),
            is_down: false,
        }
    }

    pub fn back_up(&mut self, truth: Timestamp, is_whole: bool) {
        let covers = self.stamp(truth).plus_millis(1);
        self.disk.floor = Some(covers);
        self.backups.push((covers, self.disk.clone()));
        if is_whole {
            self.backed_up = Some(covers);
        }
    }

    fn clock(&self, truth: Timestamp) -> Timestamp {
        truth.plus_millis(self.clock_ms)
    }

    /// The time of a receipt.
    fn stamp(&self, truth: Timestamp) -> Timestamp {
        let floor = self.disk.floor.filter(|_| holds(Rule::L7ClockSetBack));
        floor.map_or(self.clock(truth), |floor| floor.max(self.clock(truth)))
    }

    /// Its database loses its latest commits, and nobody notices.
    pub fn forget(&mut self, count: usize) -> Vec<OperationId> {
        let kept = self.disk.effects.len().saturating_sub(count);
        let forgotten = self.disk.effects.split_off(kept);
        self.disk.operations.retain(|id, _| !forgotten.contains(id));
        forgotten
    }

    /// Comes back from one of its backups, or from nothing, in another life.
    pub fn restore(&mut self, backup: Option<usize>) {
        let found = backup.and_then(|index| self.backups.get(index).cloned());
        self.backed_up = found.as_ref().map(|(at, _)| *at);
        self.before.extend(&self.disk.since);
        self.disk = found.map(|(_, disk)| disk).unwrap_or_default();
        self.disk.parts.clear();
        self.flushed = self.disk.clone();
        if holds(Rule::L7Epoch) {
            self.epoch = Epoch(self.epoch.0 + 1);
        }
    }

    /// Killed, and started again.
    pub fn crash(&mut self) {
        if !holds(Rule::L18Durable) {
            self.disk = self.flushed.clone();
        }
    }

    pub fn holds(&self, id: OperationId, digest: Sha256Hash) -> bool {
        self.disk.operations.get(&id).is_some_and(|(held, _)| *held == digest)
            || self.disk.aside.contains_key(&(id, digest))
    }

    /// Whether a record that names the photo shows it.
    pub fn shows(&self, id: OperationId, hash: &PhotoHash) -> bool {
        self.disk.photos.contains_key(hash)
            && self.disk.owner.get(hash).is_none_or(|owner| *owner == id)
    }

    /// `Err(None)`: killed before it could answer.
    pub fn serve(
        &mut self,
        request: &Request,
        arrival: &Arrival,
        facts: &Facts,
        now: Timestamp,
    ) -> Result<Event, Option<Failure>> {
        if self.is_down {
            return Err(Some(Failure::Unreachable));
        }
        let answer = match request {
            Request::Hello(hello) => {
                Ok(Event::HelloAnswered(Box::new(self.hello(hello, facts, self.clock(now)))))
            }
            Request::Batch { sealed, epoch } => {
                self.batch(sealed, *epoch, arrival, facts, now).map(Event::BatchAnswered)
            }
            Request::Missing(asked) => Ok(Event::MissingAnswered(self.missing(asked))),
            Request::Verify(held) => Ok(Event::VerifyAnswered(self.verify(held))),
            Request::Photo(photo) => self.photo(photo, now),
        };
        self.writes += 1;
        if self.writes.is_multiple_of(4) && !holds(Rule::L18Durable) {
            self.flushed = self.disk.clone();
        }
        match arrival.killed_after {
            Some(_) => {
                self.crash();
                Err(None)
            }
            None => answer.map_err(Some),
        }
    }

    fn hello(&self, hello: &Hello, facts: &Facts, now: Timestamp) -> HelloAnswer {
        let known = self.disk.operations.iter().map(|(id, (digest, _))| (*id, *digest));
        let held: BTreeSet<u64> = known
            .chain(self.disk.aside.keys().copied())
            .filter_map(|key| facts.get(&key))
            .filter(|fact| fact.device == hello.device)
            .map(|fact| fact.sequence)
            .collect();
        let gaps = (1..=hello.sequence)
            .filter(|sequence| !held.contains(sequence))
            .map(|sequence| Gap { from: sequence, until: sequence })
            .collect();
        let backed_up =
            if holds(Rule::L7Backup) { self.backed_up } else { Some(now.plus_millis(1)) };
        HelloAnswer {
            protocol: PROTOCOL,
            epoch: self.epoch,
            now,
            limits: Limits { batch_operations: 3, photo_bytes: 1 << 20 },
            gaps,
            highest: held.last().copied().unwrap_or(0),
            pack: String::new(),
            backed_up,
        }
    }

    fn batch(
        &mut self,
        sealed: &[Sealed],
        epoch: Option<Epoch>,
        arrival: &Arrival,
        facts: &Facts,
        now: Timestamp,
    ) -> Result<BatchAnswer, Failure> {
        let rejected = |status, code: &str| Failure::Rejected { status, code: code.into() };
        if holds(Rule::L7Life) && epoch.is_some_and(|epoch| epoch != self.epoch) {
            return Err(rejected(409, "epoch"));
        }
        let of = |sealed: &Sealed| facts.get(&(sealed.id, sealed.digest)).cloned();
        let known: Vec<(&Sealed, Fact)> =
            sealed.iter().filter_map(|sealed| Some((sealed, of(sealed)?))).collect();
        if known.iter().any(|(_, fact)| fact.fate == Fate::Poison) {
            return Err(rejected(500, "internal"));
        }
        let has_same_twice =
            |fact: &Fact| fact.photos.iter().collect::<BTreeSet<_>>().len() != fact.photos.len();
        if !holds(Rule::D5SameTwice) && known.iter().any(|(_, fact)| has_same_twice(fact)) {
            return Err(rejected(400, "duplicate"));
        }
        let most = arrival.killed_after.unwrap_or(usize::MAX);
        let results = known
            .iter()
            .take(most)
            .map(|(sealed, fact)| self.one(sealed, fact, arrival, now))
            .collect();
        Ok(BatchAnswer { results })
    }

    fn one(
        &mut self,
        sealed: &Sealed,
        fact: &Fact,
        arrival: &Arrival,
        now: Timestamp,
    ) -> OperationResult {
        let (id, digest) = (sealed.id, sealed.digest);
        if let Some((held, result)) = self.disk.operations.get(&id) {
            let is_new_tab = !self.disk.from.contains(&(id, arrival.tab));
            let is_just_taken = self.disk.taken.get(&id).is_some_and(|at| now.since(*at) < 60_000);
            let is_known = holds(Rule::D1OneId)
                && (holds(Rule::D2TwoTabs) || !is_new_tab)
                && (holds(Rule::D3OneStep) || !arrival.is_twin || !is_just_taken);
            if *held == digest {
                if is_known {
                    return result.clone();
                }
            } else if holds(Rule::D7Branch) {
                let aside = self.result(sealed, &[], QuarantineReason::Branch.into(), now);
                return self.disk.aside.entry((id, digest)).or_insert(aside).clone();
            }
        }
        let verdict = match fact.fate {
            Fate::Strange => QuarantineReason::Unreadable.into(),
            Fate::Unfit => Verdict::Refused { refusal: Refusal::NotYours },
            Fate::Fine | Fate::Poison => {
                self.disk.effects.push(id);
                Verdict::Accepted
            }
        };
        let named: &[PhotoHash] = if fact.fate == Fate::Strange { &[] } else { &fact.photos };
        let result = self.result(sealed, named, verdict, now);
        self.disk.operations.insert(id, (digest, result.clone()));
        self.disk.taken.insert(id, now);
        self.disk.from.insert((id, arrival.tab));
        if !holds(Rule::D4Shared) {
            self.disk.owner.extend(fact.photos.iter().map(|hash| (*hash, id)));
        }
        result
    }

    fn result(
        &self,
        sealed: &Sealed,
        photos: &[PhotoHash],
        verdict: Verdict,
        now: Timestamp,
    ) -> OperationResult {
        let subject = ReceiptSubject::Operation {
            id: sealed.id,
            digest: sealed.digest,
            photos: photos.to_vec(),
        };
        let at = self.stamp(now);
        let receipt = sign(Unsigned { subject, at, epoch: self.epoch });
        OperationResult { id: sealed.id, receipt, verdict }
    }

    fn missing(&self, asked: &[PhotoHash]) -> MissingAnswer {
        let (held, missing): (Vec<_>, Vec<_>) =
            asked.iter().copied().partition(|hash| self.disk.photos.contains_key(hash));
        let part = |hash: &PhotoHash| {
            let offset = *self.disk.parts.get(hash)?;
            Some(PartialPhoto { hash: *hash, offset })
        };
        MissingAnswer {
            partial: missing.iter().filter_map(part).collect(),
            missing,
            held: held.iter().map(|hash| self.disk.photos[hash].receipt.clone()).collect(),
        }
    }

    fn verify(&self, held: &Holdings) -> HoldingsAnswer {
        let (mut operations, mut photos) = (Vec::new(), Vec::new());
        if holds(Rule::L7Sweep) {
            let lacked = held.operations.iter().filter(|held| !self.holds(held.id, held.digest));
            operations.extend(lacked.map(|held| held.id));
            let lacked = held.photos.iter().filter(|hash| !self.disk.photos.contains_key(hash));
            photos.extend(lacked);
        }
        HoldingsAnswer { epoch: self.epoch, operations, photos }
    }

    fn photo(&mut self, request: &PhotoRequest, now: Timestamp) -> Result<Event, Failure> {
        let PhotoRequest { hash, of, is_intact, is_cut, .. } = *request;
        if let Some(answer) = self.disk.photos.get(&hash) {
            return Ok(Event::PhotoAnswered { hash, answer: answer.clone() });
        }
        if let Some(part) = &request.part {
            let has = self.disk.parts.get(&hash).copied().unwrap_or(0);
            if part.start != has {
                return Ok(Event::PhotoOffset { hash, offset: has });
            }
            self.disk.parts.insert(hash, part.end);
            if part.end < of && !is_cut {
                return Ok(Event::PhotoOffset { hash, offset: part.end });
            }
        }
        if is_cut {
            return Err(Failure::Unreachable);
        }
        self.disk.parts.remove(&hash);
        if !is_intact {
            return Err(Failure::Rejected { status: 422, code: "wrong_hash".into() });
        }
        let subject = ReceiptSubject::Photo { hash, length: of };
        let at = self.stamp(now);
        let answer = PhotoAnswer { receipt: sign(Unsigned { subject, at, epoch: self.epoch }) };
        if holds(Rule::L5ReadBack) {
            self.disk.photos.insert(hash, answer.clone());
            self.disk.since.entry(hash).or_insert(now);
        }
        Ok(Event::PhotoAnswered { hash, answer })
    }
}

impl From<QuarantineReason> for Verdict {
    fn from(reason: QuarantineReason) -> Self {
        Self::Quarantined { reason }
    }
}
