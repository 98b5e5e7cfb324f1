//! The cases of a square of the map, in cells: how many, how late, and which one where there is
//! one.

use serde::{Deserialize, Serialize};

use super::{CaseQuery, Queue};
use crate::{CaseId, calendar::Lamp, place::GeoPoint};

/// `GET /cases/tiles/{z}/{x}/{y}`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseTile {
    /// Those with a case, from north to south and from west to east.
    pub cells: Vec<TileCell>,
    /// The square has more than [`CaseTile::MAX_CASES`] cases: they are not counted, and no cell
    /// is told. A nearer zoom or a narrower filter has them.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileCell {
    /// 0 to 15, from the west.
    pub column: u8,
    /// 0 to 15, from the north.
    pub row: u8,
    pub cases: u32,
    /// The mean of where they lie.
    pub at: GeoPoint,
    /// The most urgent of [`Lamp::BY_URGENCY`]; `None`: an open case that nobody is to fix yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lamp: Option<Lamp>,
    /// Of a cell with one case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
}

impl CaseTile {
    /// Bounds what one square costs, and is more than a district has open.
    pub const MAX_CASES: u32 = 50_000;
}

impl CaseQuery {
    /// What a map asks with these filters: open cases, unless a queue or a state is named. What
    /// has ended is a hundred times as much, and nobody goes there.
    #[must_use]
    pub fn on_map(self) -> Self {
        let is_open_meant = self.queue.is_none() && self.state.is_none();
        if is_open_meant { Self { queue: Some(Queue::Open), ..self } } else { self }
    }
}
