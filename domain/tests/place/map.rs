//! Small maps near 0° N 0° E, in millionths of a degree.

use domain::{
    Names,
    pack::DistrictPack,
    place::{AreaKind, AreaLevel, GeoPoint, Line, Point, PointKind, Polygon, Section, Zone},
};

pub fn empty_pack() -> DistrictPack {
    let mut pack = crate::common::pack();
    pack.zones.clear();
    pack.sections.clear();
    pack.points.clear();
    pack.stalls.clear();
    pack
}

pub const fn at(lon_e6: i32, lat_e6: i32) -> GeoPoint {
    GeoPoint { lon_e6, lat_e6 }
}

pub fn square((west, south): (i32, i32), (east, north): (i32, i32)) -> Polygon {
    let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    Polygon(vec![ring.map(|(lon, lat)| at(lon, lat)).to_vec()])
}

pub fn zone(code: &str, level: AreaLevel, polygons: Vec<Polygon>) -> Zone {
    Zone {
        code: code.into(),
        names: Names::default(),
        level,
        area: AreaKind::Urban,
        parent: None,
        street_office: None,
        polygons,
    }
}

pub fn section(code: &str, lines: &[&[(i32, i32)]]) -> Section {
    let line = |line: &&[(i32, i32)]| Line(line.iter().map(|(lon, lat)| at(*lon, *lat)).collect());
    Section { code: code.into(), names: Names::default(), lines: lines.iter().map(line).collect() }
}

pub fn point(code: &str, (lon, lat): (i32, i32), radius_m: Option<u32>) -> Point {
    Point {
        code: code.into(),
        names: Names::default(),
        kind: PointKind::Market,
        at: at(lon, lat),
        radius_m,
        manager: None,
    }
}

/// `side` × `side` four-cornered zones that share their corners, each corner moved
/// by its two numbers of `jitter`.
pub fn mesh(side: i32, spacing: i32, jitter: &[i32]) -> DistrictPack {
    let mut pack = empty_pack();
    for row in 0..side {
        for column in 0..side {
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
                .map(|(east, north)| corner(side, spacing, jitter, column + east, row + north));
            let polygon = Polygon(vec![corners.to_vec()]);
            let code = format!("z{column:02}{row:02}");
            pack.zones.push(zone(&code, AreaLevel::Zone, vec![polygon]));
        }
    }
    pack
}

/// The same map elsewhere on the globe.
pub fn moved(mut pack: DistrictPack, east: i32, north: i32) -> DistrictPack {
    let rings = pack.zones.iter_mut().flat_map(|zone| &mut zone.polygons).flat_map(|it| &mut it.0);
    let lines = pack.sections.iter_mut().flat_map(|section| &mut section.lines);
    let vertices = rings.chain(lines.map(|line| &mut line.0)).flatten();
    for at in vertices.chain(pack.points.iter_mut().map(|point| &mut point.at)) {
        at.lon_e6 += east;
        at.lat_e6 += north;
    }
    pack
}

/// The ring around a mesh, through the same corners.
pub fn outline(side: i32, spacing: i32, jitter: &[i32]) -> Polygon {
    let south = (0..side).map(|column| (column, 0));
    let east = (0..side).map(|row| (side, row));
    let north = (0..side).map(|column| (side - column, side));
    let west = (0..=side).map(|row| (0, side - row));
    let ring = south.chain(east).chain(north).chain(west);
    Polygon(vec![ring.map(|(column, row)| corner(side, spacing, jitter, column, row)).collect()])
}

fn corner(side: i32, spacing: i32, jitter: &[i32], column: i32, row: i32) -> GeoPoint {
    let number = usize::try_from(2 * (row * (side + 1) + column)).unwrap();
    at(column * spacing + jitter[number], row * spacing + jitter[number + 1])
}
