//! What came of the text call that was on its way.

use super::{
    Answer, Effect, Failure, Outbox, Tries,
    backoff::{OF_A_RECORD, another},
    engine::Text,
    rule::{Rule, holds},
    verdict,
};
use crate::{Timestamp, sync::BatchAnswer};

impl Outbox {
    pub(super) fn batch_answered(
        &mut self,
        answer: BatchAnswer,
        now: Timestamp,
        random: u64,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Text::Batch(batch)) = self.text.take_if(|text| matches!(text, Text::Batch(_)))
        else {
            return;
        };
        self.heard(now);
        let (Some(session), Some(epoch)) = (&self.session, self.epoch) else { return };
        let mut results = answer.results;
        let mut settled = Vec::new();
        for (index, sequence) in (0_u64..).zip(batch) {
            let Some(row) = self.rows.operations.get_mut(&sequence) else { continue };
            let result = results
                .iter()
                .position(|result| result.id == row.id)
                .map(|at| results.swap_remove(at))
                .filter(|result| verdict::settles(result, row, &session.key));
            match result {
                Some(result) => {
                    let answer = Answer { result, answered_in: epoch };
                    row.lacked = false;
                    row.tries = Tries::default();
                    row.answer = Some(answer.clone());
                    effects.push(Effect::StoreAnswer { sequence, answer: Box::new(answer) });
                    settled.extend(row.photos.iter().copied());
                }
                // It said yes without a receipt: that is a no, of this record alone.
                None => {
                    let random = another(random, index);
                    row.tries.failed(OF_A_RECORD, Failure::NotTheServer, now, random);
                    let tries = row.tries.clone();
                    effects.push(Effect::StoreTries { sequence, tries });
                }
            }
        }
        for hash in settled {
            self.free_if_possible(hash, now, effects);
        }
        effects.push(Effect::PullChanges);
    }

    pub(super) fn text_failed(
        &mut self,
        failure: Failure,
        now: Timestamp,
        random: u64,
        effects: &mut Vec<Effect>,
    ) {
        let text = if holds(Rule::S2CallEnds) { self.text.take() } else { self.text.clone() };
        if failure == Failure::SignedOut {
            self.pause(effects);
            return;
        }
        let is_of_the_way = failure.is_of_the_way();
        match text {
            // Nothing was taken and nothing is wrong with it: it is asked first what
            // it lacks.
            Some(Text::Batch(_)) if failure.is_other_life() => {
                self.way_failed(failure, now, random);
                return;
            }
            Some(Text::Batch(batch)) => {
                // One of them may be what breaks the call: from now on each is tried
                // alone, those that failed least first.
                let waits = batch.len() == 1 && !is_of_the_way;
                for (index, sequence) in (0_u64..).zip(batch) {
                    let Some(row) = self.rows.operations.get_mut(&sequence) else { continue };
                    let random = another(random, index);
                    row.tries.failed(OF_A_RECORD, failure.clone(), now, random);
                    if !waits {
                        row.tries.next = None;
                    }
                    let tries = row.tries.clone();
                    effects.push(Effect::StoreTries { sequence, tries });
                }
            }
            // The question is only thrift: a server that cannot answer it is sent the
            // photos.
            Some(Text::Missing(hashes)) if !is_of_the_way => {
                for hash in hashes {
                    if let Some(photo) = self.rows.photos.get_mut(&hash) {
                        photo.missing = true;
                    }
                }
            }
            Some(Text::Missing(_)) => {}
            Some(Text::Verify(_)) => self.verify_failed(&failure, now),
            // No hello, no connection, whatever the reason.
            Some(Text::Hello) | None => {
                self.way_failed(failure, now, random);
                return;
            }
        }
        if is_of_the_way {
            self.way_failed(failure, now, random);
        } else {
            self.heard(now);
        }
    }
}
