//! What people do, and what goes wrong around them.

use super::{
    super::{Event, OperationRow, PhotoRow, ROW_FORMAT, Tries},
    rules::{Rule, holds},
    server::{Fact, Fate},
    world::{Broken, DAY, HOUR, Happening, MINUTE, World},
};
use crate::{
    CaseId, DeviceTime, OperationId, PhotoHash, Sha256Hash, Timestamp,
    case::{Command, Outcome},
    evidence::{Link, PhotoFormat, Shot, ShotOrigin},
    sync::{OPERATION_FORMAT, Operation},
};

/// Phones with copies of others; more say nothing new.
const MAX_PHONES: usize = 5;

impl World {
    /// The person signed in does something to a case.
    pub fn act(&mut self, phone: usize) -> Result<(), Broken> {
        let fate = match self.draw(16) {
            0 => Fate::Poison,
            1 => Fate::Strange,
            2 => Fate::Unfit,
            _ => Fate::Fine,
        };
        // What breaks calls has a case of its own: its lane stops with it.
        let case = match fate {
            Fate::Poison => 200 + u8::try_from(phone).unwrap(),
            _ => u8::try_from(self.draw(4)).unwrap(),
        };
        let names = self.names(phone);
        let done = DeviceTime { claimed: self.phones[phone].now(self.now), offset_ms: None };
        let shots: Vec<Shot> = names.iter().map(|name| self.shot(name, done)).collect();
        let number = self.draw(u64::MAX);
        let note = format!("{number}");
        let command = if shots.is_empty() {
            Command::Comment { text: note }
        } else {
            Command::Verify { outcome: Outcome::Pass, photos: shots.clone(), note }
        };
        let id = self.id(phone, number);
        let link = self.phones[phone].store.link.unwrap_or(Link::FIRST);
        let operation = Operation {
            format: OPERATION_FORMAT,
            id,
            case: CaseId::new(Timestamp::from_millis(0), [case; 10]),
            device: self.phones[phone].device,
            link,
            author: self.phones[phone].users[0].clone(),
            done,
            base: 0,
            command,
        };
        let row = OperationRow::new(&operation).unwrap();
        self.facts.insert(
            (id, row.sealed.digest),
            Fact {
                device: operation.device,
                maker: phone,
                author: operation.author.clone(),
                case: operation.case,
                sequence: link.sequence,
                photos: row.photos.clone(),
                fate,
            },
        );
        self.say(|| format!("phone {phone} keeps {id} {fate:?} in {case} with {names:?}"));
        self.keep(phone, row, &shots)
    }

    /// One transaction, and then the engines are told.
    fn keep(&mut self, phone: usize, row: OperationRow, shots: &[Shot]) -> Result<(), Broken> {
        let now = self.phones[phone].now(self.now);
        let next = self.phones[phone].store.link.unwrap_or(Link::FIRST).next(row.sealed.digest);
        let is_chained = holds(Rule::L2Chain) || !self.chance(4);
        let store = &mut self.phones[phone].store;
        store.link = if is_chained { Some(next) } else { store.link };
        store.rows.insert(row.sequence, row.clone());
        if !holds(Rule::L2OneTransaction) && self.chance(4) {
            self.crash_phone(phone);
            return Ok(());
        }
        let store = &mut self.phones[phone].store;
        let mut photos = Vec::new();
        for shot in shots {
            let known = store.photos.get(&shot.hash).cloned();
            let kept = PhotoRow {
                evicted: false,
                damaged: false,
                ..known.unwrap_or_else(|| fresh(shot, now))
            };
            store.photos.insert(shot.hash, kept.clone());
            store.bytes.insert(shot.hash, true);
            photos.push(kept);
        }
        if self.is_faulty && self.chance(40) {
            self.crash_phone(phone);
            return Ok(());
        }
        self.tell_all(phone, &Event::Added { operation: Box::new(row), photos })
    }

    /// Photos of one act: mostly its own, sometimes the same bytes on two phones, or
    /// twice in one record.
    fn names(&mut self, phone: usize) -> Vec<String> {
        let mut names: Vec<String> = (0..self.draw(3))
            .map(|_| match self.draw(6) {
                0 => "shared".into(),
                _ => format!("{phone} {}", self.draw(u64::MAX)),
            })
            .collect();
        if !names.is_empty() && self.chance(8) {
            names.push(names[0].clone());
        }
        names
    }

    fn shot(&mut self, name: &str, taken: DeviceTime) -> Shot {
        let hash = Sha256Hash::of(name.as_bytes());
        let length = if self.chance(2) { 300 * 1024 } else { 3 * 1024 * 1024 };
        let length = *self.lengths.entry(hash).or_insert(length);
        Shot {
            hash,
            length,
            format: PhotoFormat::Jpeg,
            width: 1,
            height: 1,
            taken,
            origin: ShotOrigin::Camera,
        }
    }

    /// A new id; or, on a copy of a phone, one that the other has used since.
    fn id(&mut self, phone: usize, number: u64) -> OperationId {
        let [a, b, c, d, e, f, g, h] = number.to_le_bytes();
        let fresh = OperationId::new(self.now, [a, b, c, d, e, f, g, h, 0, 0]);
        let device = self.phones[phone].device;
        let mine = &self.phones[phone].store.rows;
        let theirs = self
            .phones
            .iter()
            .filter(|other| other.device == device)
            .flat_map(|other| other.store.rows.values())
            .map(|row| row.sealed.id)
            .find(|id| mine.values().all(|row| row.sealed.id != *id));
        match theirs {
            Some(id) if self.chance(2) => {
                self.note("two contents under one id");
                id
            }
            _ => fresh,
        }
    }

    pub fn chaos(&mut self) -> Result<(), Broken> {
        let phone = self.draw_index(self.phones.len());
        match self.draw(22) {
            0..=2 => self.back_up(),
            3 | 4 => self.restore(),
            5 => {
                self.say(|| "the server is killed".into());
                self.server.crash();
                self.effects_seen = self.effects_seen.min(self.server.disk.effects.len());
            }
            6 => {
                self.server.is_down = true;
                let later = self.between(MINUTE, 30 * MINUTE);
                self.after(later, Happening::ServerUp);
            }
            7 | 8 => self.lose_a_photo(),
            9 => {
                self.server.disk.parts.clear();
                self.cross_all();
            }
            10 => {
                self.note("a clock was set");
                self.phones[phone].clock_ms = match self.draw(12) {
                    0 => 20 * DAY,
                    1 => -20 * DAY,
                    _ => self.between(-2 * HOUR, 30 * MINUTE),
                };
                self.phones[phone].was_set = true;
            }
            11 => self.crash_phone(phone),
            12 | 13 => {
                // Two engines on one store; or one of them goes, and the other begins from
                // what is stored, as the app's does when it gets the lock.
                self.note("a second tab");
                let other = usize::from(self.phones[phone].tabs[1].take().is_none());
                self.boot(phone, other)?;
            }
            14 => {
                self.phones[phone].users.rotate_left(1);
                self.sign_in(phone)?;
            }
            15 | 16 => self.copy(phone),
            17 => self.damage_a_photo(phone),
            18 => {
                let days = if self.chance(3) { 15 } else { 1 };
                self.now = self.now.plus_millis(days * DAY);
            }
            19 => self.tell_all(phone, &Event::TryNow)?,
            20 => self.set_the_servers_clock(),
            _ => self.forget_records(),
        }
        Ok(())
    }

    pub fn back_up(&mut self) {
        self.note("a backup was made");
        self.say(|| "a backup".into());
        self.backed.extend(self.server.disk.photos.keys());
        // Read back: one that lacks what somebody could still send does not count.
        let is_whole = !self.lost_by_disk.iter().any(|hash| self.has_bytes(hash));
        self.server.back_up(self.now, is_whole);
    }

    /// Mostly the last backup, sometimes an older one, or none at all.
    pub fn restore(&mut self) {
        self.note("the server was restored");
        let count = self.server.backups.len();
        let backup = match self.draw(4) {
            0 => None,
            1 => Some(self.draw_index(count)),
            _ => count.checked_sub(1),
        };
        self.say(|| format!("the server is restored from {backup:?}"));
        self.server.restore(backup);
        self.cross_all();
        self.effects_seen = self.server.disk.effects.len();
    }

    fn set_the_servers_clock(&mut self) {
        self.note("the server's clock was set");
        let is_ahead = self.chance(4);
        let off = if is_ahead { 20 * DAY } else { self.between(-3 * HOUR, 1) };
        self.say(|| format!("the server's clock is off by {off} ms"));
        self.server.clock_ms = off;
        self.server.was_ahead |= is_ahead;
    }

    fn forget_records(&mut self) {
        let count = 1 + self.draw_index(3);
        let forgotten = self.server.forget(count);
        self.say(|| format!("the server's database loses {forgotten:?}"));
        self.note("the server's database lost its latest");
        self.lost_by_database.extend(forgotten);
        self.effects_seen = self.effects_seen.min(self.server.disk.effects.len());
    }

    fn lose_a_photo(&mut self) {
        let photos: Vec<PhotoHash> = self.server.disk.photos.keys().copied().collect();
        if photos.is_empty() {
            return;
        }
        self.note("the server's disk lost a photo");
        let hash = photos[self.draw_index(photos.len())];
        self.say(|| format!("the server's disk loses {hash}"));
        self.server.disk.photos.remove(&hash);
        self.lost_by_disk.insert(hash);
        if !self.has_bytes(&hash) {
            self.excused.insert(hash);
        }
    }

    fn damage_a_photo(&mut self, phone: usize) {
        let photos: Vec<PhotoHash> = self.phones[phone].store.bytes.keys().copied().collect();
        if photos.is_empty() {
            return;
        }
        self.note("a phone's photo was damaged");
        let hash = photos[self.draw_index(photos.len())];
        self.say(|| format!("phone {phone}: {hash} is damaged"));
        self.phones[phone].store.bytes.insert(hash, false);
        self.excused.insert(hash);
    }

    /// The whole profile goes to another phone, and both go on.
    fn copy(&mut self, phone: usize) {
        if self.phones.len() >= MAX_PHONES {
            return;
        }
        self.note("a phone was copied");
        let from = &self.phones[phone];
        let copy = super::phone::Phone {
            device: from.device,
            users: from.users.clone(),
            store: from.store.clone(),
            tabs: vec![None, None],
            clock_ms: from.clock_ms,
            session_ended: from.session_ended,
            was_set: from.was_set,
        };
        let number = self.phones.len();
        self.say(|| format!("phone {number} is a copy of {phone}"));
        self.phones.push(copy);
        self.after(MINUTE, Happening::Boot { phone: number, tab: 0 });
        self.after(2 * MINUTE, Happening::Act(number));
        self.after(HOUR / 2, Happening::Act(number));
    }
}

fn fresh(shot: &Shot, now: Timestamp) -> PhotoRow {
    PhotoRow {
        format: ROW_FORMAT,
        hash: shot.hash,
        length: shot.length,
        kind: shot.format,
        kept_at: now,
        answer: None,
        tries: Tries::default(),
        evicted: false,
        damaged: false,
        lacked: false,
    }
}
