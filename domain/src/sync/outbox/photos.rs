//! What happens to photos: asked for, sent, receipted, lost.

use super::{
    Effect, Failure, LinkState, Outbox, PhotoReceipt, PhotoRow, Tries,
    backoff::{OF_A_RECORD, OF_THE_WAY},
    engine::Text,
    rule::{Rule, holds},
    upload::Step,
    verdict,
};
use crate::{
    PhotoHash, Timestamp,
    evidence::{Epoch, Receipt},
    sync::{MissingAnswer, PhotoAnswer},
};

impl Outbox {
    pub(super) fn missing_answered(
        &mut self,
        answer: &MissingAnswer,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Text::Missing(asked)) = self.text.take_if(|text| matches!(text, Text::Missing(_)))
        else {
            return;
        };
        self.heard(now);
        for hash in asked {
            let held = answer.held.iter().find(|receipt| self.is_receipt_for(receipt, &hash));
            match (held, self.epoch) {
                (Some(receipt), Some(epoch)) => {
                    self.settle_photo(hash, receipt.clone(), epoch, now, effects);
                }
                _ => {
                    let part = answer.partial.iter().find(|part| part.hash == hash);
                    self.photo_missing(hash, part.map_or(0, |part| part.offset), effects);
                }
            }
        }
    }

    pub(super) fn photo_answered(
        &mut self,
        hash: PhotoHash,
        answer: PhotoAnswer,
        now: Timestamp,
        random: u64,
        effects: &mut Vec<Effect>,
    ) {
        if !self.is_receipt_for(&answer.receipt, &hash) {
            // It said yes without a receipt.
            self.photo_failed(hash, Failure::NotTheServer, now, random, effects);
            return;
        }
        self.heard(now);
        // The life that was known when it was sent: the server may have lost it since.
        let sent_to = self.sending.remove(&hash).map(|sending| sending.epoch);
        let life = if holds(Rule::L7LifeItWasSentTo) { sent_to } else { self.epoch };
        let answered_in = life.unwrap_or(answer.receipt.stated.epoch);
        self.settle_photo(hash, answer.receipt, answered_in, now, effects);
    }

    pub(super) fn photo_failed(
        &mut self,
        hash: PhotoHash,
        failure: Failure,
        now: Timestamp,
        random: u64,
        effects: &mut Vec<Effect>,
    ) {
        let Some(sending) = self.sending.remove(&hash) else { return };
        if failure == Failure::SignedOut {
            self.pause(effects);
            return;
        }
        if self.goes_smaller(&sending.step, &failure) {
            return;
        }
        // Who lets no photo through may let everything else through: only the photo waits.
        let is_blocked = matches!(failure, Failure::Blocked { .. });
        let is_of_the_way = failure.is_of_the_way() && !is_blocked;
        let in_parts = sending.step != Step::Whole;
        if let Some(photo) = self.rows.photos.get_mut(&hash) {
            photo.offset = None;
            photo.is_whole = in_parts && failure.is_unknown_call();
            if !photo.is_whole {
                let wait = if is_of_the_way { OF_THE_WAY } else { OF_A_RECORD };
                photo.tries.failed(wait, failure.clone(), now, random);
                // It may have arrived and only the answer was lost: ask again.
                photo.missing = !is_of_the_way;
                let tries = photo.tries.clone();
                effects.push(Effect::StorePhotoTries { hash, tries });
            }
        }
        if is_of_the_way {
            self.way_failed(failure, now, random);
        } else if !is_blocked {
            self.heard(now);
        }
    }

    fn photo_missing(&mut self, hash: PhotoHash, offset: u64, effects: &mut Vec<Effect>) {
        match self.rows.photos.get_mut(&hash) {
            // Given up on the word of an earlier life: now it is nowhere.
            Some(photo) if photo.evicted && holds(Rule::L7LossIsShown) => {
                self.photo_damaged(hash, effects);
            }
            Some(photo) => {
                photo.missing = true;
                photo.offset = Some(offset);
                // More than there is: those parts are not of this photo.
                photo.is_whole = photo.is_whole || offset > photo.length;
                if photo.answer.is_some() && !photo.lacked {
                    photo.lacked = true;
                    effects.push(Effect::StorePhotoLacked { hash });
                }
            }
            None => {}
        }
    }

    pub(super) fn photo_damaged(&mut self, hash: PhotoHash, effects: &mut Vec<Effect>) {
        self.sending.remove(&hash);
        if let Some(photo) = self.rows.photos.get_mut(&hash) {
            photo.damaged = true;
            if holds(Rule::L1LossIsShown) {
                effects.push(Effect::StorePhotoDamaged { hash, is_damaged: true });
            }
        }
    }

    /// Another tab was faster. What the server said of it on this connection may be older:
    /// it is asked once more, and what is neither here nor there is shown as lost.
    pub(super) fn photo_row(&mut self, row: PhotoRow) {
        self.sending.remove(&row.hash);
        if let Some(photo) = self.rows.photos.get_mut(&row.hash) {
            photo.answer = row.answer;
            photo.tries = row.tries;
            photo.evicted = row.evicted;
            photo.damaged = row.damaged;
            photo.lacked = row.lacked;
            photo.missing = false;
            photo.offset = None;
        }
    }

    fn settle_photo(
        &mut self,
        hash: PhotoHash,
        receipt: Receipt,
        answered_in: Epoch,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let Some(photo) = self.rows.photos.get_mut(&hash) else { return };
        // Another life has begun since the hello. What the backups of the earlier one cover says
        // nothing of a receipt of this one: it counts from the next hello on.
        let life = receipt.stated.epoch;
        if self.epoch.is_some_and(|known| known < life) {
            self.link = LinkState::Unknown;
        }
        let answered_in = answered_in.max(life);
        let answer = PhotoReceipt { receipt, answered_in, heard: Some(now) };
        photo.answer = Some(answer.clone());
        photo.lacked = false;
        photo.missing = false;
        photo.tries = Tries::default();
        photo.turns = 0;
        effects.push(Effect::StorePhotoAnswer { hash, answer });
        self.free_if_possible(hash, now, effects);
    }

    fn is_receipt_for(&self, receipt: &Receipt, hash: &PhotoHash) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| verdict::is_for_photo(receipt, hash, &session.key))
    }
}
