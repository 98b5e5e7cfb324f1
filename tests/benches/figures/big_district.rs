//! A made-up district of any size: a grid of zones with winding borders and a street
//! grid of sections, five wardens each, and as many rules as a city has.

use domain::{
    District,
    catalogue::InForce,
    duty::{Lead, Patch, PatchOf, Rule, Scope, Tier, Warden, WardenKind},
    pack::DistrictPack,
    place::{AreaKind, AreaLevel, GeoPoint, Line, Polygon, Section, Zone},
};

/// Millionths of a degree that a zone is wide and high: about 2 km.
const ZONE: i32 = 20_000;
const WEST: i32 = 109_000_000;
const SOUTH: i32 = 32_600_000;

/// The fixture's catalogue, units and people over `columns` × `rows` zones of
/// `vertices` each and `sections` street sections.
pub fn big(fixture: &str, columns: i32, rows: i32, vertices: i32, sections: i32) -> District {
    let mut pack: DistrictPack = serde_json::from_str(fixture).expect("the fixture reads");
    pack.zones = (0..columns * rows).map(|n| zone(n, n % columns, n / columns, vertices)).collect();
    pack.sections = (0..sections).map(|n| section(n, columns, rows, sections)).collect();
    pack.wardens = pack.sections.iter().flat_map(wardens).collect();
    pack.patches = pack.zones.iter().map(patch).collect();
    let narrower: Vec<Rule> = (0..300).map(|n| rule(n, columns * rows)).collect();
    pack.rules.extend(narrower);
    District::new(pack)
}

fn zone(n: i32, column: i32, row: i32, vertices: i32) -> Zone {
    let (west, south) = (WEST + column * ZONE, SOUTH + row * ZONE);
    let a_side = vertices / 4;
    // The same winding line for both zones of a border: it depends on where it runs.
    let wind = |along: i32| ((along / 100) % 7 - 3) * 60;
    let mut ring = Vec::new();
    for step in 0..a_side {
        let x = west + step * ZONE / a_side;
        ring.push(GeoPoint { lon_e6: x, lat_e6: south + wind(x) * i32::from(step != 0) });
    }
    for step in 0..a_side {
        let y = south + step * ZONE / a_side;
        ring.push(GeoPoint { lon_e6: west + ZONE + wind(y) * i32::from(step != 0), lat_e6: y });
    }
    for step in (1..=a_side).rev() {
        let x = west + step * ZONE / a_side;
        let wind = wind(x) * i32::from(step != a_side);
        ring.push(GeoPoint { lon_e6: x, lat_e6: south + ZONE + wind });
    }
    for step in (1..=a_side).rev() {
        let y = south + step * ZONE / a_side;
        ring.push(GeoPoint { lon_e6: west + wind(y) * i32::from(step != a_side), lat_e6: y });
    }
    ring.push(ring[0]);
    Zone {
        code: format!("z{n}").as_str().into(),
        names: Default::default(),
        level: AreaLevel::Zone,
        area: if n % 3 == 0 { AreaKind::Rural } else { AreaKind::Urban },
        parent: None,
        street_office: Some("so1".into()),
        polygons: vec![Polygon(vec![ring])],
    }
}

/// Sections of about 200 m on a grid over the whole district.
fn section(n: i32, columns: i32, rows: i32, sections: i32) -> Section {
    let a_row = (f64::from(sections).sqrt().ceil()) as i32;
    let x = WEST + (n % a_row) * (columns * ZONE / a_row);
    let y = SOUTH + (n / a_row) * (rows * ZONE / a_row);
    let end = if n % 2 == 0 { (x + 2_000, y + 150) } else { (x + 150, y + 2_000) };
    let middle = ((x + end.0) / 2 + 40, (y + end.1) / 2 + 40);
    let at = |(lon_e6, lat_e6)| GeoPoint { lon_e6, lat_e6 };
    Section {
        code: format!("s{n}").as_str().into(),
        names: Default::default(),
        lines: vec![Line(vec![at((x, y)), at(middle), at(end)])],
    }
}

fn wardens(section: &Section) -> impl Iterator<Item = Warden> {
    let people = ["t1", "c4", "m1", "w1", "o1"];
    WardenKind::ALL.into_iter().zip(people).map(|(kind, person)| Warden {
        section: section.code.clone(),
        kind,
        person: person.into(),
        deputy: Some("c5".into()),
        force: InForce::default(),
    })
}

fn patch(zone: &Zone) -> Patch {
    Patch { leader: "l1".into(), of: PatchOf::Zone(zone.code.clone()), force: InForce::default() }
}

fn rule(n: i32, zones: i32) -> Rule {
    let categories = ["0401", "0402", "0403", "P0101"];
    Rule {
        id: format!("extra-{n}").as_str().into(),
        tier: if n % 2 == 0 { Tier::Document } else { Tier::Order },
        citation: if n % 2 == 0 { "doc-b".into() } else { "ord-c".into() },
        scope: Scope {
            categories: vec![categories[n as usize % categories.len()].into()],
            zones: vec![format!("z{}", n % zones).as_str().into()],
            ..Scope::default()
        },
        lead: Lead::Unit("cgj".into()),
        co: Vec::new(),
        force: InForce::default(),
    }
}
