//! Position to place to unit, person, basis and due time, in a district of 500 zones
//! with 200 vertices each and 30,000 sections; and the same place by looking at
//! everything, to show what the index is worth.

use std::{hint::black_box, time::Duration};

use anyhow::Result;
use domain::{
    District,
    duty::{Facts, assign},
    place::{GeoPoint, PlaceChoice, Position, distance_m},
};

use crate::{
    big_district::big,
    table::{Table, rate},
};

const FIXTURE: &str = include_str!("../../../domain/tests/formats/pack-1.json");

pub fn measure(table: &mut Table) -> Result<()> {
    let start = std::time::Instant::now();
    let district = big(FIXTURE, 25, 20, 200, 30_000);
    let built = start.elapsed().as_secs_f64();
    let facts: Vec<Facts> = probe::reports(&district, 1, 2_000).collect();
    let positions: Vec<Position> = facts.iter().filter_map(position).collect();

    let mut next = facts.iter().cycle();
    let assigned = rate(Duration::from_secs(3), || {
        if let Some(facts) = next.next() {
            let choice = PlaceChoice::default();
            let position = position(facts);
            let place = district.place(position.map(|it| it.fresh()), &choice);
            black_box(assign(&district, &Facts { place, ..facts.clone() }));
        }
    });
    let mut next = positions.iter().cycle();
    let indexed = rate(Duration::from_secs(2), || {
        if let Some(position) = next.next() {
            black_box(district.place(Some(position.fresh()), &PlaceChoice::default()));
        }
    });
    let mut next = positions.iter().cycle();
    let scanned = rate(Duration::from_secs(2), || {
        if let Some(position) = next.next() {
            black_box(nearest_by_scan(&district, position.at));
        }
    });
    table.add("big district: building the indexes", 1.0 / built);
    table.add("big district: report to assignment", assigned);
    table.compare("big district: position to place", indexed, scanned, "scanning all vertices");
    Ok(())
}

fn position(facts: &Facts) -> Option<Position> {
    facts.place.at.map(|at| Position { at, accuracy_m: 15, read: facts.captured })
}

/// The nearest vertex of any zone or section: less than a place needs, so the ratio
/// is on the careful side.
fn nearest_by_scan(district: &District, at: GeoPoint) -> f64 {
    let pack = district.pack();
    let zones = pack.zones.iter().flat_map(|zone| &zone.polygons);
    let rings = zones.flat_map(|polygon| polygon.0.iter().flatten());
    let lines = pack.sections.iter().flat_map(|section| &section.lines).flat_map(|line| &line.0);
    rings.chain(lines).map(|vertex| distance_m(at, *vertex)).fold(f64::INFINITY, f64::min)
}
