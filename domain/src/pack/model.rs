//! A pack as it travels: what the folder says, resolved and checked, as one JSON
//! document. The phone carries it and routes offline.

use serde::{Deserialize, Serialize};

use crate::{
    Names, UnitCode,
    calendar::{DayException, WorkingHours},
    catalogue::Category,
    duty::{Absence, Citation, Owner, Patch, Person, Rule, Unit, Warden},
    place::{Point, Section, Stall, Tolerance, Zone},
};

/// The format of the compiled pack. Raised when a field is added; a reader accepts
/// every format up to its own.
pub const PACK_FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DistrictPack {
    pub format: u32,
    pub id: Box<str>,
    pub version: Box<str>,
    /// Not a real district; every screen says so.
    #[serde(default)]
    pub sample: bool,
    pub names: Names,
    /// Minutes east of UTC. China has one offset, without summer time.
    pub utc_offset_minutes: i16,
    pub hours: WorkingHours,
    pub days: Vec<DayException>,
    pub tolerance: Tolerance,
    /// The unit whose tray takes what no tier resolves.
    pub headquarters: UnitCode,
    pub zones: Vec<Zone>,
    pub sections: Vec<Section>,
    pub points: Vec<Point>,
    pub stalls: Vec<Stall>,
    pub units: Vec<Unit>,
    pub people: Vec<Person>,
    pub absences: Vec<Absence>,
    pub wardens: Vec<Warden>,
    pub patches: Vec<Patch>,
    pub owners: Vec<Owner>,
    pub categories: Vec<Category>,
    pub citations: Vec<Citation>,
    pub rules: Vec<Rule>,
}
