//! What must be true after every step, and what at the end.

use std::collections::BTreeSet;

use super::{
    super::{Event, OperationRow},
    server::Fate,
    world::{Broken, DAY, HOUR, MINUTE, World},
};
use crate::{OperationId, PhotoHash, sync::Verdict};

impl World {
    pub fn check(&mut self) -> Result<(), Broken> {
        self.check_effects()?;
        self.lost_by_disk.retain(|hash| !self.server.disk.photos.contains_key(hash));
        for (number, phone) in self.phones.iter().enumerate() {
            let is_current = phone.store.epoch == Some(self.server.epoch);
            for row in phone.store.rows.values() {
                let said_now = row
                    .answer
                    .as_ref()
                    .is_some_and(|answer| is_current && answer.answered_in == self.server.epoch);
                if let Some(answer) = &row.answer
                    && !matches!(answer.result.verdict, Verdict::Quarantined { .. })
                    && !row
                        .photos
                        .iter()
                        .all(|hash| answer.result.receipt.stated.subject.names(hash))
                {
                    return Err(format!(
                        "{} is settled without a word of its photos",
                        row.sealed.id
                    ));
                }
                let is_there = self.server.holds(row.sealed.id, row.sealed.digest);
                let is_excused = row.lacked || self.lost_by_database.contains(&row.sealed.id);
                if said_now && !is_there && !is_excused {
                    return Err(format!(
                        "phone {number} calls {} arrived, and it is not there",
                        row.sealed.id
                    ));
                }
            }
            for (hash, photo) in &phone.store.photos {
                let said_now = photo
                    .answer
                    .as_ref()
                    .is_some_and(|answer| is_current && answer.answered_in == self.server.epoch);
                let is_there = self.server.disk.photos.contains_key(hash);
                let is_excused = photo.lacked || photo.damaged || self.lost_by_disk.contains(hash);
                if said_now && !is_there && !is_excused {
                    return Err(format!("phone {number} calls photo {hash} arrived: it is not"));
                }
                let is_safe = is_there
                    || self.backed.contains(hash)
                    || self.excused.contains(hash)
                    || self.has_bytes(hash);
                if !is_safe {
                    return Err(format!("photo {hash} is nowhere any more"));
                }
            }
        }
        Ok(())
    }

    /// Each once, and those of one phone about one case in their order.
    fn check_effects(&mut self) -> Result<(), Broken> {
        let effects = &self.server.disk.effects;
        for (at, id) in effects.iter().enumerate().skip(self.effects_seen) {
            let before = &effects[..at];
            if before.contains(id) {
                return Err(format!("{id} took effect twice"));
            }
            let fact = |id| {
                let (digest, _) = self.server.disk.operations.get(id)?;
                self.facts.get(&(*id, *digest))
            };
            let Some(this) = fact(id) else { continue };
            let was_lost = |id: &OperationId| self.lost_by_database.contains(id);
            let before = before.iter().filter(|other| !was_lost(other) && !was_lost(id));
            let is_late = before.filter_map(fact).any(|other| {
                (other.maker, &other.author, other.case) == (this.maker, &this.author, this.case)
                    && other.sequence > this.sequence
            });
            if is_late {
                return Err(format!("{id} took effect after what followed it"));
            }
        }
        self.effects_seen = effects.len();
        for (id, (digest, _)) in &self.server.disk.operations {
            let Some(fact) = self.facts.get(&(*id, *digest)) else { continue };
            for hash in &fact.photos {
                if self.server.disk.photos.contains_key(hash) && !self.server.shows(*id, hash) {
                    return Err(format!("{id} lost its photo to another record"));
                }
            }
        }
        Ok(())
    }

    pub fn has_bytes(&self, hash: &PhotoHash) -> bool {
        self.phones.iter().any(|phone| phone.store.bytes.get(hash) == Some(&true))
    }

    /// The faults are over: everybody comes back, people sign in, days pass, a backup is
    /// made. Then all is there.
    pub fn settle(&mut self) -> Result<(), Broken> {
        self.is_faulty = false;
        self.server.is_down = false;
        // The longest wait of a record is half an hour, and once as long again when a clock
        // is set back in it. Nobody touches a phone.
        self.run_for(70 * MINUTE)?;
        self.check_quiet()?;
        for day in 0..3 {
            self.say(|| format!("day {day}"));
            for _person in 0..2 {
                for phone in 0..self.phones.len() {
                    self.phones[phone].users.rotate_left(1);
                    if self.phones[phone].tabs[0].is_none() {
                        self.boot(phone, 0)?;
                    }
                    self.sign_in(phone)?;
                    self.tell_all(phone, &Event::Visible(true))?;
                    self.tell_all(phone, &Event::TryNow)?;
                }
                self.run_for(HOUR)?;
            }
            if day == 0 {
                self.check_first_day()?;
            }
            self.back_up();
            self.now = self.now.plus_millis(DAY);
        }
        self.check()?;
        self.check_end()
    }

    /// A running phone has sent, by itself, what its person has waiting.
    fn check_quiet(&self) -> Result<(), Broken> {
        for (number, phone) in self.phones.iter().enumerate() {
            for told in phone.tabs.iter().flatten().map(|tab| &tab.told) {
                if told.is_ended {
                    continue;
                }
                for row in phone.store.rows.values() {
                    let fact = self.facts.get(&(row.sealed.id, row.sealed.digest));
                    let is_poison = fact.is_some_and(|fact| fact.fate == Fate::Poison);
                    let is_theirs = told.user.as_ref() == Some(&row.author);
                    if is_theirs && !row.is_answered() && !is_poison {
                        return Err(format!("phone {number} sits on {}", row.sealed.id));
                    }
                    let waits = |hash: &&PhotoHash| {
                        let photo = phone.store.photos.get(*hash);
                        photo.is_some_and(|photo| !photo.is_answered() && !photo.damaged)
                    };
                    if is_theirs
                        && !is_poison
                        && let Some(hash) = row.photos.iter().find(waits)
                    {
                        return Err(format!("phone {number} sits on photo {hash}"));
                    }
                }
            }
        }
        Ok(())
    }

    /// One hello of each person brings everything, but what only the daily question can
    /// find out.
    fn check_first_day(&self) -> Result<(), Broken> {
        for ((id, digest), fact) in &self.facts {
            if fact.fate == Fate::Poison {
                continue;
            }
            // Of two phones that say they are one, either may have brought the number.
            let is_alone = self.phones.iter().filter(|it| it.device == fact.device).count() == 1;
            let is_told = is_alone && fact.fate != Fate::Strange;
            if !self.server.holds(*id, *digest) && (is_told || !self.lost_by_database.contains(id))
            {
                return Err(format!("{id} is not there after a hello"));
            }
            for hash in fact.photos.iter().filter(|hash| !self.lost_by_disk.contains(*hash)) {
                self.check_photo(hash)?;
            }
        }
        Ok(())
    }

    fn check_end(&self) -> Result<(), Broken> {
        let mut effects = BTreeSet::new();
        effects.extend(self.server.disk.effects.iter().copied());
        for ((id, digest), fact) in &self.facts {
            if fact.fate == Fate::Poison {
                continue;
            }
            if !self.server.holds(*id, *digest) {
                return Err(format!("{id} of phone {} never arrived", fact.maker));
            }
            let held = self.server.disk.operations.get(id);
            let is_first = held.is_some_and(|(held, _)| held == digest);
            if is_first && effects.contains(id) != (fact.fate == Fate::Fine) {
                return Err(format!("{id} is {:?}, and its effect is not", fact.fate));
            }
            for hash in &fact.photos {
                self.check_photo(hash)?;
            }
        }
        for (number, phone) in self.phones.iter().enumerate() {
            for row in phone.store.rows.values() {
                let fact = self.facts.get(&(row.sealed.id, row.sealed.digest));
                let is_poison = fact.is_some_and(|fact| fact.fate == Fate::Poison);
                if row.is_answered() == is_poison {
                    return Err(format!("phone {number} does not know of {}", row.sealed.id));
                }
            }
        }
        Ok(())
    }

    /// At the server; or every phone that has its record says that it is lost.
    fn check_photo(&self, hash: &PhotoHash) -> Result<(), Broken> {
        if self.server.disk.photos.contains_key(hash) {
            return Ok(());
        }
        for (number, phone) in self.phones.iter().enumerate() {
            // What was never taken by itself is no word of the photo.
            let names = |row: &OperationRow| row.is_answered() && row.photos.contains(hash);
            if !phone.store.rows.values().any(names) {
                continue;
            }
            if !phone.store.photos.get(hash).is_some_and(|photo| photo.damaged) {
                return Err(format!("photo {hash} is lost, and phone {number} does not say so"));
            }
        }
        let is_named = self.phones.iter().any(|phone| phone.store.photos.contains_key(hash));
        if !is_named || !(self.excused.contains(hash) || self.backed.contains(hash)) {
            return Err(format!("photo {hash} is lost"));
        }
        Ok(())
    }
}
