//! How a phone carries out what its engine asks for: commits to its store, calls, timers.

use std::{ops::Range, rc::Rc};

use super::{
    super::{Answer, Effect, Event, Failure},
    request::{PhotoRequest, Request},
    rules::{Rule, holds},
    world::{Broken, DAY, Happening, MINUTE, World},
};
use crate::{PhotoHash, Timestamp};

impl World {
    pub fn carry_out(
        &mut self,
        phone: usize,
        tab: usize,
        term: u32,
        effect: Effect,
    ) -> Result<(), Broken> {
        self.phones[phone].store.commit(&effect);
        let request = match effect {
            Effect::SendHello(hello) => Request::Hello(hello),
            Effect::SendBatch { sequences, epoch } => {
                let rows = &self.phones[phone].store.rows;
                let sealed = sequences.iter().filter_map(|seq| rows.get(seq));
                Request::Batch { sealed: sealed.map(|row| row.sealed.clone()).collect(), epoch }
            }
            Effect::AskMissing(photos) => Request::Missing(photos),
            Effect::AskVerify(held) => Request::Verify(held),
            Effect::SendPhoto { hash, part } => {
                return self.send_photo(phone, tab, term, hash, part);
            }
            Effect::FreePhoto { hash, covered } => return self.free(phone, hash, covered),
            Effect::SessionEnded => {
                self.phones[phone].session_ended = true;
                let later = self.between(MINUTE, 20 * MINUTE);
                self.after(later, Happening::SignIn(phone));
                return Ok(());
            }
            Effect::Wait(until) => {
                self.serial += 1;
                let timer = self.serial;
                let now = self.phones[phone].now(self.now);
                if let Some(running) = &mut self.phones[phone].tabs[tab] {
                    running.timer = timer;
                }
                if let Some(until) = until {
                    self.after(until.since(now), Happening::Ring { phone, tab, timer });
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.send(phone, tab, term, Rc::new(request))
    }

    fn send_photo(
        &mut self,
        phone: usize,
        tab: usize,
        term: u32,
        hash: PhotoHash,
        part: Option<Range<u64>>,
    ) -> Result<(), Broken> {
        let of = self.lengths[&hash];
        if part.as_ref().is_some_and(|part| part.end < of) {
            self.note("a photo went in parts");
        }
        let event = match self.phones[phone].store.bytes.get(&hash).copied() {
            Some(is_intact) if is_intact || !holds(Rule::L16HashOnRead) => {
                let request = PhotoRequest { hash, part, of, is_intact, is_cut: false };
                return self.send(phone, tab, term, Rc::new(Request::Photo(request)));
            }
            _ if !holds(Rule::L1Manifest) => {
                // As if it had never been there.
                let store = &mut self.phones[phone].store;
                store.photos.remove(&hash);
                for row in store.rows.values_mut() {
                    row.photos.retain(|named| *named != hash);
                }
                let failure = Failure::Rejected { status: 0, code: "left out".into() };
                Event::PhotoFailed { hash, failure }
            }
            _ => match self.phones[phone].store.photos.get(&hash) {
                Some(row) if row.evicted => Event::PhotoRow(Box::new(row.clone())),
                _ => Event::PhotoDamaged { hash },
            },
        };
        self.after(1, Happening::Hear { phone, tab, term, event });
        Ok(())
    }

    fn free(&mut self, phone: usize, hash: PhotoHash, covered: Timestamp) -> Result<(), Broken> {
        let is_intact = self.phones[phone].store.bytes.get(&hash) == Some(&true);
        if !self.phones[phone].store.free(hash, covered) {
            return Ok(());
        }
        self.check_named(phone, &hash)?;
        self.note("bytes were given up");
        if self.backed.contains(&hash) || !is_intact {
            return Ok(());
        }
        let store = &self.phones[phone].store;
        let answer = store.photos[&hash].answer.as_ref();
        // It may not have heard yet that another life has begun.
        let has_heard = store.epoch == Some(self.server.epoch);
        let since = if has_heard { &self.server.disk.since } else { &self.server.before };
        let since = since.get(&hash);
        // A day less: the server's clock may have been slow.
        let is_old = since.is_some_and(|since| self.now.since(*since) >= 13 * DAY);
        let is_of_this_life = answer.is_some_and(|it| Some(it.answered_in) == store.epoch);
        // Both clocks would have to be wrong together, and here they were.
        let is_fooled = self.server.was_ahead && self.phones[phone].was_set;
        if (is_old && is_of_this_life) || is_fooled {
            self.note("bytes were given up after fourteen days");
            self.excused.insert(hash);
            return Ok(());
        }
        Err(format!("{hash} was given up before a backup had it"))
    }

    /// Every record that names a photo is answered and understood before it goes.
    fn check_named(&self, phone: usize, hash: &PhotoHash) -> Result<(), Broken> {
        let rows = self.phones[phone].store.rows.values();
        for row in rows.filter(|row| row.photos.contains(hash)) {
            let names = |answer: &Answer| answer.result.receipt.stated.subject.names(hash);
            if !row.is_answered() || !row.answer.as_ref().is_some_and(names) {
                return Err(format!("{hash} is given up, and {} needs it", row.sealed.id));
            }
        }
        Ok(())
    }
}
