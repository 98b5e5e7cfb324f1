//! Open cases near a spot: what an inspector looks at before reporting a second time.

use serde::{Deserialize, Serialize};

use super::CaseRow;
use crate::{
    CategoryCode,
    place::{GeoPoint, metres_between},
};

/// `GET /cases/near`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct NearQuery {
    /// Degrees, WGS-84.
    pub lat: f64,
    pub lon: f64,
    /// At most [`NearQuery::MAX_METRES`].
    #[serde(default = "NearQuery::default_metres")]
    pub metres: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryCode>,
}

/// The nearest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearbyCases {
    pub cases: Vec<NearbyCase>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearbyCase {
    pub metres: u32,
    pub case: CaseRow,
}

impl NearQuery {
    pub const MAX_METRES: u32 = 2_000;

    const fn default_metres() -> u32 {
        100
    }

    /// `None`: no place on the globe.
    #[must_use]
    pub fn at(&self) -> Option<GeoPoint> {
        GeoPoint::from_degrees(self.lat, self.lon)
    }
}

impl NearbyCases {
    /// Those of `rows` that lie within the metres, at most `limit`.
    #[must_use]
    pub fn of(rows: Vec<CaseRow>, at: GeoPoint, metres: u32, limit: usize) -> Self {
        let near = |case: CaseRow| {
            let away = metres_between(at, case.summary.place.at?);
            (away <= metres).then_some(NearbyCase { metres: away, case })
        };
        let mut cases: Vec<NearbyCase> = rows.into_iter().filter_map(near).collect();
        cases.sort_by_key(|near| (near.metres, near.case.summary.id));
        cases.truncate(limit);
        Self { cases }
    }
}
