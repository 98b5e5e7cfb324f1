//! Where the phone is, while a capture is open; which of its fixes counts, and when it is
//! asked again.

use std::{cell::Cell, rc::Rc};

use domain::{Timestamp, place::Position};
use leptos::prelude::*;

use crate::device::{
    clock,
    position::{Fix, Watch},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PositionState {
    /// Not watched: no capture is open.
    #[default]
    Off,
    /// Nothing yet, or nothing but fixes that are no place.
    Seeking { unusable: bool },
    /// The last fix that counts. It grows old: ask [`Self::fresh`].
    Known(Position),
    /// The person or the browser's settings said no.
    Denied,
    /// No fix to be had here.
    Unavailable,
    /// The phone gives fixes that are no place.
    Unusable,
}

impl PositionState {
    pub const SEEKING: Self = Self::Seeking { unusable: false };

    pub const fn known(self) -> Option<Position> {
        match self {
            Self::Known(position) => Some(position),
            _ => None,
        }
    }

    /// The fix that says where the phone is now. `now` by the device's clock.
    pub fn fresh(self, now: Timestamp) -> Option<Position> {
        self.known().filter(|position| !position.aged([], now).is_stale())
    }

    /// What is known after the phone has said this. A fix that was had is better than
    /// none, and stays to be said with its age; an old one never takes the place of a
    /// fresh one.
    pub fn after(self, fix: Fix, now: Timestamp) -> Self {
        match (self, fix) {
            (Self::Off, _) => Self::Off,
            (Self::Known(held), Fix::At(found)) => {
                let is_older = found.read < held.read;
                let is_stale = Self::Known(found).fresh(now).is_none();
                if is_older && is_stale { self } else { Self::Known(found) }
            }
            (_, Fix::At(found)) => Self::Known(found),
            (_, Fix::Denied) => Self::Denied,
            (Self::Known(_), Fix::Unavailable | Fix::Unusable | Fix::Waited) => self,
            (_, Fix::Unavailable) => Self::Unavailable,
            (Self::Seeking { .. }, Fix::Unusable) => Self::Seeking { unusable: true },
            (_, Fix::Unusable) => Self::Unusable,
            (Self::Seeking { unusable: true }, Fix::Waited) => Self::Unusable,
            (Self::Seeking { unusable: false }, Fix::Waited) => Self::Unavailable,
            (_, Fix::Waited) => self,
        }
    }

    /// Whether asking the phone anew may bring something newer than this age.
    fn is_older_than(self, millis: i64, now: Timestamp) -> bool {
        match self {
            Self::Known(position) => now.since(position.read) > millis,
            Self::Unavailable | Self::Unusable => true,
            Self::Off | Self::Seeking { .. } | Self::Denied => false,
        }
    }
}

/// Watches the position until it is dropped. Hold it while a capture is open.
pub struct PositionWatch {
    _watch: Rc<Watch>,
    state: RwSignal<PositionState>,
}

/// A fix of this age is asked for anew, well before it is stale.
const ASK_AFTER_MS: i64 = 60_000;

/// At the shutter what is younger is as good as new.
const AT_THE_SHUTTER_MS: i64 = 5_000;

impl super::Model {
    /// Begins to read the position into [`Model::position`](super::Model::position).
    #[must_use]
    pub fn watch_position(&self) -> PositionWatch {
        let inner = self.inner;
        let state = inner.position;
        state.set(PositionState::SEEKING);
        let told = move |fix| state.update(|state| *state = state.after(fix, clock::now()));
        let watch = Rc::new(Watch::begin(told));
        let asks = Rc::downgrade(&watch);
        Effect::watch(
            move || inner.photo_taken.track(),
            move |(), _, _| {
                let is_old = state.get_untracked().is_older_than(AT_THE_SHUTTER_MS, clock::now());
                if let Some(watch) = asks.upgrade().filter(|_| is_old) {
                    watch.ask_again();
                }
            },
            false,
        );
        let asks = Rc::downgrade(&watch);
        let asked = Cell::new(clock::now());
        Effect::watch(
            move || inner.now.track(),
            move |(), _, _| {
                let now = clock::now();
                let is_old = state.get_untracked().is_older_than(ASK_AFTER_MS, now);
                // Also when the clock was set back.
                let is_due = now.since(asked.get()).abs() > ASK_AFTER_MS;
                if let Some(watch) = asks.upgrade().filter(|_| is_old && is_due) {
                    asked.set(now);
                    watch.ask_again();
                }
            },
            false,
        );
        PositionWatch { _watch: watch, state }
    }

    /// What the device's clock says, again and again: positions have their time from it.
    pub fn device_now(&self) -> Timestamp {
        self.now.track();
        clock::now()
    }
}

impl Drop for PositionWatch {
    fn drop(&mut self) {
        self.state.try_set(PositionState::Off);
    }
}

#[cfg(test)]
mod tests {
    use domain::place::GeoPoint;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    fn fix(seconds_ago: i64) -> Position {
        let at = GeoPoint::from_degrees(32.705, 109.101).unwrap();
        Position { at, accuracy_m: 8, read: NOW.plus_millis(-1_000 * seconds_ago) }
    }

    #[test]
    fn fix_that_was_had_is_better_than_none_and_an_old_one_never_replaces_a_fresh_one() {
        use PositionState::{Denied, Known, Off, Seeking, Unavailable, Unusable};
        const SEEKING: PositionState = PositionState::SEEKING;
        let (fresh, newer, old, older) = (fix(30), fix(1), fix(7_272), fix(9_000));
        let dubious = Seeking { unusable: true };
        for (before, told, after) in [
            (SEEKING, Fix::At(fresh), Known(fresh)),
            (SEEKING, Fix::At(old), Known(old)),
            (SEEKING, Fix::Denied, Denied),
            (SEEKING, Fix::Unavailable, Unavailable),
            (SEEKING, Fix::Unusable, dubious),
            (SEEKING, Fix::Waited, Unavailable),
            (dubious, Fix::Unusable, dubious),
            (dubious, Fix::Waited, Unusable),
            (dubious, Fix::Unavailable, Unavailable),
            (dubious, Fix::At(fresh), Known(fresh)),
            (Unusable, Fix::Unusable, Unusable),
            (Unusable, Fix::At(fresh), Known(fresh)),
            (Unavailable, Fix::Unusable, Unusable),
            (Unavailable, Fix::Waited, Unavailable),
            (Unavailable, Fix::At(old), Known(old)),
            (Denied, Fix::At(fresh), Known(fresh)),
            (Denied, Fix::Waited, Denied),
            (Known(fresh), Fix::At(newer), Known(newer)),
            (Known(fresh), Fix::At(old), Known(fresh)),
            // Both are of now: the phone's last word counts.
            (Known(newer), Fix::At(fresh), Known(fresh)),
            (Known(old), Fix::At(fresh), Known(fresh)),
            (Known(older), Fix::At(old), Known(old)),
            (Known(old), Fix::At(older), Known(old)),
            (Known(fresh), Fix::Unavailable, Known(fresh)),
            (Known(fresh), Fix::Unusable, Known(fresh)),
            (Known(fresh), Fix::Waited, Known(fresh)),
            // Said with its age, which is more than that there is none.
            (Known(old), Fix::Unavailable, Known(old)),
            (Known(fresh), Fix::Denied, Denied),
            (Off, Fix::At(fresh), Off),
        ] {
            assert_eq!(before.after(told, NOW), after, "{before:?}, {told:?}");
        }
    }

    #[test]
    fn fix_is_fresh_for_two_minutes() {
        for (seconds_ago, is_fresh) in
            [(0, true), (119, true), (120, true), (121, false), (7_272, false), (-30, true)]
        {
            let state = PositionState::Known(fix(seconds_ago));
            assert_eq!(state.fresh(NOW).is_some(), is_fresh, "{seconds_ago} s");
            assert!(state.known().is_some());
        }
        assert_eq!(PositionState::SEEKING.fresh(NOW), None);
    }

    #[test]
    fn phone_is_asked_anew_when_its_fix_grows_old_and_not_while_it_seeks() {
        for (state, is_old) in [
            (PositionState::Known(fix(59)), false),
            (PositionState::Known(fix(61)), true),
            (PositionState::Unavailable, true),
            (PositionState::Unusable, true),
            (PositionState::SEEKING, false),
            (PositionState::Denied, false),
            (PositionState::Off, false),
        ] {
            assert_eq!(state.is_older_than(ASK_AFTER_MS, NOW), is_old, "{state:?}");
        }
    }
}
