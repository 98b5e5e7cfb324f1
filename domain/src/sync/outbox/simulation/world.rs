//! Phones, people, a server and the lines between them, on a true clock that only the
//! simulation knows. What happens next is drawn from one seed.

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;

use super::{
    super::{Event, backoff::another},
    line::Leg,
    phone::{Phone, Store, Tab},
    server::{Facts, Server},
    thrift::Told,
};
use crate::{DeviceId, OperationId, PhotoHash, Timestamp, UserName, evidence::PublicKey};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// What was broken, in words.
pub type Broken = String;

pub enum Happening {
    /// A person does something.
    Act(usize),
    /// Something goes wrong somewhere.
    Chaos,
    /// A request reaches the server.
    Arrive(Leg),
    /// A tab is told something, if it is still the same.
    Hear {
        phone: usize,
        tab: usize,
        term: u32,
        event: Event,
    },
    Ring {
        phone: usize,
        tab: usize,
        timer: u64,
    },
    Boot {
        phone: usize,
        tab: usize,
    },
    SignIn(usize),
    ServerUp,
    Restore,
    /// Somebody wants it sent now.
    Look(usize),
}

pub struct World {
    random: u64,
    pub now: Timestamp,
    pub serial: u64,
    due: BTreeMap<(Timestamp, u64), Happening>,
    pub server: Server,
    pub phones: Vec<Phone>,
    pub facts: Facts,
    pub lengths: BTreeMap<PhotoHash, u64>,
    /// Photos that lie in some backup.
    pub backed: BTreeSet<PhotoHash>,
    /// Photos of which a phone's only bytes were damaged, or that were given up after
    /// fourteen days: their loss is to be shown, and is not the engine's doing.
    pub excused: BTreeSet<PhotoHash>,
    /// Photos that the server's disk lost since they were last sent.
    pub lost_by_disk: BTreeSet<PhotoHash>,
    /// Records that the server's database lost once without beginning another life.
    pub lost_by_database: BTreeSet<OperationId>,
    /// Who sent a photo first, and those of which more than one call may be about.
    pub senders: BTreeMap<PhotoHash, (usize, usize, u32)>,
    pub crossed: BTreeSet<PhotoHash>,
    pub effects_seen: usize,
    pub is_faulty: bool,
    is_told: bool,
    pub steps: u64,
    /// Evicted, resent in parts, restored …: what the schedules came to see.
    pub seen: BTreeMap<&'static str, u64>,
}

impl World {
    pub fn new(seed: u64, is_told: bool) -> Self {
        let mut world = Self {
            random: seed,
            now: Timestamp::from_millis(1_790_000_000_000),
            serial: 0,
            due: BTreeMap::new(),
            server: Server::new(),
            phones: Vec::new(),
            facts: Facts::new(),
            lengths: BTreeMap::new(),
            backed: BTreeSet::new(),
            excused: BTreeSet::new(),
            lost_by_disk: BTreeSet::new(),
            lost_by_database: BTreeSet::new(),
            senders: BTreeMap::new(),
            crossed: BTreeSet::new(),
            effects_seen: 0,
            is_faulty: true,
            is_told,
            steps: 0,
            seen: BTreeMap::new(),
        };
        for number in 0..2 + world.draw_index(3) {
            world.add_phone(number);
        }
        world
    }

    fn add_phone(&mut self, number: usize) {
        let name = |person: usize| UserName::new(format!("person-{number}-{person}").as_str());
        let people = if self.chance(3) { 2 } else { 1 };
        let mut random = [0; 10];
        random[0] = u8::try_from(number).unwrap();
        let clock_ms = if self.chance(2) { 0 } else { self.between(-20 * MINUTE, 20 * MINUTE) };
        self.phones.push(Phone {
            device: DeviceId::new(self.now, random),
            users: (0..people).map(name).collect(),
            store: Store::default(),
            tabs: vec![None, None],
            clock_ms,
            session_ended: false,
            was_set: false,
        });
        self.after(0, Happening::Boot { phone: number, tab: 0 });
    }

    pub fn draw(&mut self, below: u64) -> u64 {
        self.random = another(self.random, 1);
        self.random % below.max(1)
    }

    pub fn draw_index(&mut self, below: usize) -> usize {
        usize::try_from(self.draw(u64::try_from(below).unwrap())).unwrap()
    }

    pub fn between(&mut self, from: i64, until: i64) -> i64 {
        from + i64::try_from(self.draw(u64::try_from(until - from).unwrap())).unwrap()
    }

    pub fn chance(&mut self, one_in: u64) -> bool {
        self.draw(one_in) == 0
    }

    pub fn after(&mut self, millis: i64, happening: Happening) {
        self.serial += 1;
        self.due.insert((self.now.plus_millis(millis.max(0)), self.serial), happening);
    }

    pub fn note(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    pub fn say(&self, words: impl FnOnce() -> String) {
        if self.is_told {
            println!("{:>12} {}", self.now.millis() - 1_790_000_000_000, words());
        }
    }

    /// Everything that happens in so many milliseconds, each step with its checks.
    pub fn run_for(&mut self, millis: i64) -> Result<(), Broken> {
        let until = self.now.plus_millis(millis);
        let mut steps = 0;
        while let Some(entry) = self.due.first_entry() {
            if entry.key().0 > until {
                break;
            }
            let ((at, _), happening) = entry.remove_entry();
            self.now = self.now.max(at);
            self.happen(happening)?;
            self.check()?;
            self.steps += 1;
            steps += 1;
            if steps > 5_000 {
                return Err("the phones go round in a circle".into());
            }
        }
        self.now = self.now.max(until);
        Ok(())
    }

    fn happen(&mut self, happening: Happening) -> Result<(), Broken> {
        match happening {
            Happening::Act(phone) => self.act(phone),
            Happening::Chaos => self.chaos(),
            Happening::Arrive(leg) => {
                self.arrive(leg);
                Ok(())
            }
            Happening::Hear { phone, tab, term, event } => {
                let is_same =
                    self.phones[phone].tabs[tab].as_ref().is_some_and(|it| it.term == term);
                if is_same { self.tell(phone, tab, event) } else { Ok(()) }
            }
            Happening::Ring { phone, tab, timer } => {
                let is_same =
                    self.phones[phone].tabs[tab].as_ref().is_some_and(|it| it.timer == timer);
                if is_same { self.tell(phone, tab, Event::Timer) } else { Ok(()) }
            }
            Happening::Boot { phone, tab } => self.boot(phone, tab),
            Happening::SignIn(phone) => self.sign_in(phone),
            Happening::ServerUp => {
                self.server.is_down = false;
                Ok(())
            }
            Happening::Restore => {
                self.restore();
                Ok(())
            }
            Happening::Look(phone) => self.tell_all(phone, &Event::TryNow),
        }
    }

    /// The app starts in a tab, from nothing but what is stored.
    pub fn boot(&mut self, phone: usize, tab: usize) -> Result<(), Broken> {
        self.serial += 1;
        let term = u32::try_from(self.serial).unwrap();
        let engine = self.phones[phone].load();
        self.phones[phone].tabs[tab] = Some(Tab { engine, term, timer: 0, told: Told::default() });
        self.say(|| format!("phone {phone} tab {tab} begins"));
        if self.phones[phone].session_ended {
            return Ok(());
        }
        let event = self.signed_in(phone);
        self.tell(phone, tab, event)?;
        let is_visible = self.chance(2);
        self.tell(phone, tab, Event::Visible(is_visible))
    }

    /// Killed in the middle of anything; it begins again some time later.
    pub fn crash_phone(&mut self, phone: usize) {
        self.note("a phone was killed");
        self.say(|| format!("phone {phone} is killed"));
        self.phones[phone].tabs = vec![None, None];
        let later = self.between(SECOND, 5 * MINUTE);
        self.after(later, Happening::Boot { phone, tab: 0 });
    }

    pub fn sign_in(&mut self, phone: usize) -> Result<(), Broken> {
        self.phones[phone].session_ended = false;
        let event = self.signed_in(phone);
        self.tell_all(phone, &event)
    }

    fn signed_in(&self, phone: usize) -> Event {
        let user = self.phones[phone].users[0].clone();
        Event::SignedIn { user, key: PublicKey::of(&SigningKey::from_bytes(&[9; 32])) }
    }

    pub fn tell_all(&mut self, phone: usize, event: &Event) -> Result<(), Broken> {
        for tab in 0..2 {
            self.tell(phone, tab, event.clone())?;
        }
        Ok(())
    }

    pub fn tell(&mut self, phone: usize, tab: usize, event: Event) -> Result<(), Broken> {
        let random = self.draw(u64::MAX);
        let now = self.phones[phone].now(self.now);
        let Some(running) = &mut self.phones[phone].tabs[tab] else { return Ok(()) };
        let term = running.term;
        running.told.hear(&event);
        let words = if self.is_told { format!("{event:?}") } else { String::new() };
        let effects = running.engine.handle(event, now, random);
        self.say(|| format!("phone {phone} tab {tab}: {words}\n{:>13} {effects:?}", "→"));
        for effect in effects {
            // Between any two commits.
            if self.is_faulty && self.chance(200) {
                self.crash_phone(phone);
                return Ok(());
            }
            self.carry_out(phone, tab, term, effect)?;
        }
        Ok(())
    }
}
