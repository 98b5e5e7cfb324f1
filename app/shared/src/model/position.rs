//! Where the phone is, while a capture is open.

use domain::place::Position;

use leptos::prelude::*;

use crate::device::position::{self, Fix};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PositionState {
    /// Not watched: no capture is open.
    #[default]
    Off,
    Seeking,
    Known(Position),
    /// The person or the browser's settings said no.
    Denied,
    /// No fix to be had here.
    Unavailable,
}

impl PositionState {
    pub const fn known(self) -> Option<Position> {
        match self {
            Self::Known(position) => Some(position),
            _ => None,
        }
    }
}

/// Watches the position until it is dropped. Hold it while a capture is open.
pub struct PositionWatch {
    _watch: position::Watch,
    state: RwSignal<PositionState>,
}

impl super::Model {
    /// Begins to read the position into [`Model::position`](super::Model::position).
    #[must_use]
    pub fn watch_position(&self) -> PositionWatch {
        let state = self.inner.position;
        state.set(PositionState::Seeking);
        let told = move |fix| match fix {
            Fix::At(position) => state.set(PositionState::Known(position)),
            Fix::Denied => state.set(PositionState::Denied),
            // A fix that was had is better than none.
            Fix::Unavailable => {
                if state.get_untracked().known().is_none() {
                    state.set(PositionState::Unavailable);
                }
            }
        };
        PositionWatch { _watch: position::Watch::begin(told), state }
    }
}

impl Drop for PositionWatch {
    fn drop(&mut self) {
        self.state.try_set(PositionState::Off);
    }
}
