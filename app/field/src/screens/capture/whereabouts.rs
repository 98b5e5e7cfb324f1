//! What the phone knows of the place of a draft: its position or the phone's own, when its
//! photos were taken, and what was chosen.

use app_shared::model::{Draft, PositionState};
use domain::{
    District, Timestamp,
    place::{Place, PlaceChoice, Position},
};

/// What is known of where the draft's photos were taken, and what was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Whereabouts {
    pub state: PositionState,
    pub position: Option<Position>,
    pub photographed: Vec<Timestamp>,
    pub chosen: PlaceChoice,
    /// By the device's clock, as the times of position and photos.
    pub now: Timestamp,
}

impl Whereabouts {
    /// The position of the draft counts; while it has no photo, the phone's.
    pub fn of(draft: &Draft, state: PositionState, now: Timestamp) -> Self {
        Self {
            state,
            position: draft.position_or(state),
            photographed: draft.photographed().collect(),
            chosen: draft.chosen.clone(),
            now,
        }
    }

    /// With what is chosen, or as if nothing were.
    pub fn place(&self, district: &District, chosen: &PlaceChoice) -> Place {
        let photographed = self.photographed.iter().copied();
        district.place_of(self.position, photographed, self.now, chosen)
    }
}
