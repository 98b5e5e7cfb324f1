//! What to do next: who is sent, who waits, until when.

use super::{
    Effect, LinkState, Outbox,
    backoff::OF_THE_WAY,
    engine::Text,
    rule::{Rule, holds},
    tracked::{TrackedOperation, TrackedPhoto},
};
use crate::{
    CaseId, PhotoHash, Timestamp, UserName,
    sync::{Hello, PROTOCOL},
};
use std::collections::BTreeMap;

/// Bytes of one batch, some ten reports: an answer comes before a slow line breaks or the
/// page is closed, and little goes again when it did not.
const BATCH_BYTES: usize = 16 * 1024;

/// Photos asked for at once.
const QUESTION: usize = 100;

impl Outbox {
    /// Fills what is idle, and says when to wake up.
    pub(super) fn go_on(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if let Some(user) = self.sender() {
            if self.text.is_none() || !holds(Rule::D2OneCall) {
                self.next_text(&user, now, effects);
            }
            // Text before photos: none begins while records are on their way.
            while self.link == LinkState::Open
                && !(matches!(self.text, Some(Text::Batch(_))) && holds(Rule::TextFirst))
                && self.sending.len() < self.photos_at_once()
                && let Some(hash) = self.next_photo(&user, now)
            {
                self.start_photo(hash, effects);
            }
        }
        let wake = self.wake(now);
        if wake != self.timer {
            self.timer = wake;
            effects.push(Effect::Wait(wake));
        }
    }

    pub(super) fn has_something_to_send(&self) -> bool {
        self.session.as_ref().is_some_and(|session| {
            self.unsettled(&session.user).next().is_some()
                || self.rows.photos_open(&session.user, self.epoch).next().is_some()
        })
    }

    fn next_text(&mut self, user: &UserName, now: Timestamp, effects: &mut Vec<Effect>) {
        match &self.link {
            LinkState::Closed { next_try, .. } if !OF_THE_WAY.is_over(*next_try, now) => {}
            LinkState::Unknown | LinkState::Closed { .. } => {
                // Nobody looks and nothing waits: the radio stays off.
                if self.is_visible || self.has_something_to_send() {
                    self.text = Some(Text::Hello);
                    effects.push(Effect::SendHello(Hello {
                        protocol: PROTOCOL,
                        device: self.device,
                        client: self.client.clone(),
                        sequence: self.rows.last(),
                        epoch: self.epoch,
                    }));
                }
            }
            LinkState::Open => {
                if self.next_doubt(effects) {
                    return;
                }
                let batch = self.next_batch(user, now);
                if !batch.is_empty() {
                    self.text = Some(Text::Batch(batch.clone()));
                    effects.push(Effect::SendBatch { sequences: batch, epoch: self.epoch });
                    return;
                }
                let question = self.next_question(user, now);
                if !question.is_empty() {
                    self.text = Some(Text::Missing(question.clone()));
                    effects.push(Effect::AskMissing(question));
                    return;
                }
                self.next_sweep(now, effects);
            }
        }
    }

    /// Inside a lane in order; a record that failed before stops its own lane only,
    /// and goes alone.
    fn next_batch(&self, user: &UserName, now: Timestamp) -> Vec<u64> {
        let mut lanes = BTreeMap::<_, Vec<(u64, &TrackedOperation)>>::new();
        for (sequence, row) in self.unsettled(user) {
            lanes.entry(lane(sequence, row)).or_default().push((sequence, row));
        }
        let mut fresh: Vec<(u64, usize)> = lanes
            .values()
            .flat_map(|lane| lane.iter().take_while(|(_, row)| !goes_alone(row)))
            .map(|(sequence, row)| (*sequence, row.size))
            .collect();
        if !fresh.is_empty() {
            fresh.sort_by_key(|(sequence, _)| *sequence);
            return self.cut(&fresh);
        }
        lanes
            .values()
            .filter_map(|lane| lane.first())
            .filter(|(_, row)| row.tries.is_due(now))
            .min_by_key(|(sequence, row)| (row.tries.count, *sequence))
            .map(|(sequence, _)| vec![*sequence])
            .unwrap_or_default()
    }

    /// As many as the server and the line take; at least one.
    fn cut(&self, sorted: &[(u64, usize)]) -> Vec<u64> {
        let most = usize::try_from(self.limits.batch_operations).unwrap_or(usize::MAX).max(1);
        let mut bytes = 0_usize;
        sorted
            .iter()
            .take(most)
            .take_while(|(_, size)| {
                let is_first = bytes == 0;
                bytes = bytes.saturating_add(*size).max(1);
                is_first || bytes <= BATCH_BYTES
            })
            .map(|(sequence, _)| *sequence)
            .collect()
    }

    fn next_question(&self, user: &UserName, now: Timestamp) -> Vec<PhotoHash> {
        self.rows
            .photos_open(user, self.epoch)
            .filter(|(hash, photo)| {
                !photo.missing && photo.tries.is_due(now) && !self.sending.contains_key(*hash)
            })
            .map(|(hash, _)| *hash)
            .take(QUESTION)
            .collect()
    }

    /// The one that failed least, then the one that was taken first.
    fn next_photo(&self, user: &UserName, now: Timestamp) -> Option<PhotoHash> {
        self.rows
            .photos_open(user, self.epoch)
            .filter(|(hash, photo)| {
                (photo.missing || !holds(Rule::D2AskedFirst))
                    && !photo.evicted
                    && photo.tries.is_due(now)
                    && !self.sending.contains_key(*hash)
            })
            .min_by_key(|(hash, photo)| (photo.tries.count, self.rows.names(hash).next()))
            .map(|(hash, _)| *hash)
    }

    fn unsettled(&self, user: &UserName) -> impl Iterator<Item = (u64, &TrackedOperation)> {
        self.rows
            .operations
            .iter()
            .filter(move |(_, row)| row.author == *user || !holds(Rule::L14OwnOnly))
            .filter(|(_, row)| !row.is_settled(self.epoch))
            .map(|(sequence, row)| (*sequence, row))
    }

    /// When there is something to do that nobody else will wake us for.
    fn wake(&self, now: Timestamp) -> Option<Timestamp> {
        let user = self.sender()?;
        match &self.link {
            LinkState::Closed { next_try, .. } => {
                let is_idle = self.text.is_none();
                let is_wanted = self.is_visible || self.has_something_to_send();
                (is_idle && is_wanted).then_some(*next_try)
            }
            LinkState::Unknown => None,
            LinkState::Open => {
                let rows = self.unsettled(&user).filter_map(|(_, row)| row.tries.next);
                let photos = self
                    .rows
                    .photos_open(&user, self.epoch)
                    .filter_map(|(_, photo): (_, &TrackedPhoto)| photo.tries.next);
                rows.chain(photos).filter(|next| *next > now).min()
            }
        }
    }

    /// Whose operations are sent; `None` while nobody is signed in.
    fn sender(&self) -> Option<UserName> {
        if self.is_paused && holds(Rule::L14Pause) {
            None
        } else {
            self.session.as_ref().map(|session| session.user.clone())
        }
    }
}

/// What waits in line: the operations of one case, behind each other.
fn lane(sequence: u64, row: &TrackedOperation) -> (Option<CaseId>, Option<u64>) {
    let case = holds(Rule::S1Lanes).then_some(row.case);
    (case, (!holds(Rule::S1InOrder)).then_some(sequence))
}

/// It was in a call that broke.
fn goes_alone(row: &TrackedOperation) -> bool {
    row.tries.is_suspect() && holds(Rule::S1Alone)
}
