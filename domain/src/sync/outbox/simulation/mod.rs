//! Many phones, several people and a server with bad lines between them, on fake clocks
//! and a seeded scheduler: whatever happens, nothing that was kept is lost, nothing takes
//! effect twice, and no phone says what is not so.
//!
//! `XUNJIE_SCHEDULES=1000000` runs that many, from number `XUNJIE_FROM` on. `XUNJIE_SEED=…`
//! runs one and tells what happens in it, with `XUNJIE_OFF=…` without one of the [`rules`].

mod acts;
mod carry;
mod check;
mod elsewhere;
mod line;
mod phone;
mod request;
pub(super) mod rules;
mod server;
mod thrift;
mod world;

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use self::{
    rules::{Switch, switch_off},
    world::{Broken, HOUR, Happening, MINUTE, World},
};
use super::backoff::another;

/// Schedules of the short form.
const SHORT: u64 = 20_000;

/// Schedules in which a rule that is switched off must be missed.
const MAX_UNTIL_CAUGHT: u64 = 3_000;

/// Where the seeds begin.
const FIRST: u64 = 0x5eed_0000_0000;

/// One schedule from one seed.
fn schedule(seed: u64, is_told: bool) -> Result<World, Broken> {
    let mut world = World::new(seed, is_told);
    for _ in 0..1 + world.draw(7) {
        let phone = world.draw_index(world.phones.len());
        let at = world.between(0, HOUR);
        world.after(at, Happening::Act(phone));
    }
    for _ in 0..world.draw(8) {
        let at = world.between(MINUTE, 2 * HOUR);
        world.after(at, Happening::Chaos);
    }
    world.run_for(2 * HOUR)?;
    world.settle()?;
    Ok(world)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.trim().replace('_', "").parse().ok()
}

#[test]
fn nothing_is_lost_and_nothing_is_doubled_whatever_happens() {
    if let Some(seed) = number("XUNJIE_SEED") {
        let off = std::env::var("XUNJIE_OFF").unwrap_or_default();
        switch_off(Switch::all().into_iter().find(|rule| rule.name() == off));
        let steps = schedule(seed, true).unwrap_or_else(|broken| panic!("{broken}")).steps;
        println!("{steps} steps, and everything holds");
        return;
    }
    let from = number("XUNJIE_FROM").unwrap_or(0);
    let count = number("XUNJIE_SCHEDULES").unwrap_or(SHORT);
    let begun = std::time::Instant::now();
    let next = AtomicU64::new(from);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let all = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| work(&next, from + count))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).reduce(Figures::plus).unwrap()
    });
    println!("{count} schedules from {from} on, {} steps, {:?}", all.steps, begun.elapsed());
    for (what, times) in &all.seen {
        println!("{times:>10} × {what}");
    }
    assert!(all.broken.is_empty(), "\n{}", all.broken.join("\n"));
    let wanted = ["bytes were given up", "a photo went in parts", "the server was restored"];
    assert!(wanted.iter().all(|what| all.seen.contains_key(what)), "{:?}", all.seen);
}

#[derive(Default)]
struct Figures {
    steps: u64,
    seen: BTreeMap<&'static str, u64>,
    broken: Vec<String>,
}

/// As many as there are, or until a few have broken.
fn work(next: &AtomicU64, until: u64) -> Figures {
    let mut figures = Figures::default();
    while figures.broken.len() < 5 {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= until {
            break;
        }
        let seed = another(FIRST, index) >> 1;
        match schedule(seed, false) {
            Ok(world) => {
                let ended = Figures { steps: world.steps, seen: world.seen, broken: Vec::new() };
                figures = figures.plus(ended);
            }
            Err(broken) => figures.broken.push(format!("XUNJIE_SEED={seed}: {broken}")),
        }
    }
    figures
}

impl Figures {
    fn plus(mut self, other: Self) -> Self {
        self.steps += other.steps;
        for (what, times) in other.seen {
            *self.seen.entry(what).or_default() += times;
        }
        self.broken.extend(other.broken);
        self
    }
}

/// Each rule switched off breaks a seed; switched on, that seed is whole.
#[test]
fn every_rule_that_is_switched_off_breaks_a_seed() {
    let mut missed = Vec::new();
    for rule in Switch::all() {
        switch_off(Some(rule));
        let caught = (0..MAX_UNTIL_CAUGHT).find_map(|index| {
            let seed = another(FIRST, index) >> 1;
            schedule(seed, false).err().map(|broken| (index, seed, broken))
        });
        switch_off(None);
        let (name, stands) = (rule.name(), rule.stands());
        match caught {
            Some((index, seed, broken)) => {
                println!("{name:<18} {stands:<6} {index:>5} XUNJIE_SEED={seed:<19} {broken}");
                assert!(schedule(seed, false).is_ok(), "{name}: {seed} breaks anyway");
            }
            None => missed.push(name),
        }
    }
    assert!(missed.is_empty(), "nobody misses {missed:?}");
}
