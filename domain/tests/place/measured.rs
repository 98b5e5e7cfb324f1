//! The same question answered by measuring everything, with `geo` on floats.

use domain::{
    pack::DistrictPack,
    place::{AgedPosition, GeoPoint, Place, PlaceDoubt, Polygon, Zone},
};
use geo::{
    Contains as _, Coord, Distance as _, Euclidean, LineString, Point as Spot, Polygon as Area,
};

/// `None` where it takes a thousandth of a millimetre to decide.
pub fn place(pack: &DistrictPack, position: &AgedPosition) -> Option<Place> {
    let plane = Plane::of(pack);
    let here = Spot(plane.coord(position.at));
    let accuracy = 1000 * i64::from(position.accuracy_m);

    let mut zones = Vec::new();
    for zone in &pack.zones {
        let (is_inside, distance, to_edge) = plane.to_zone(zone, here)?;
        zones.push((distance, &zone.code, is_inside, zone.level, to_edge));
    }
    let innermost =
        zones.iter().filter(|zone| zone.2).max_by_key(|zone| (zone.3, std::cmp::Reverse(zone.1)));
    let mut others = zones.clone();
    others.retain(|zone| {
        zone.0 <= accuracy
            && innermost.is_none_or(|inner| inner.3 <= zone.3)
            && innermost.map(|inner| inner.1) != Some(zone.1)
    });
    others.sort();

    let tolerance = 1000 * i64::from(pack.tolerance.section_m);
    let reach = tolerance.max(accuracy);
    let mut sections = Vec::new();
    for section in &pack.sections {
        let lines = section.lines.iter().map(|line| plane.line(&line.0));
        let distance = least(lines.map(|line| Euclidean.distance(&here, &line)));
        sections.push((millimetres(distance)?, &section.code));
    }
    sections.retain(|(distance, _)| *distance <= reach);
    sections.sort();
    let section = sections.first().filter(|(distance, _)| *distance <= tolerance);
    let nearest = sections.first().map_or(0, |(distance, _)| *distance);

    let mut points = Vec::new();
    for point in &pack.points {
        let radius = 1000 * i64::from(point.radius_m.unwrap_or(pack.tolerance.point_m));
        let distance = millimetres(Euclidean.distance(here, Spot(plane.coord(point.at))))?;
        points.extend((distance <= radius).then_some((distance, &point.code, radius)));
    }
    points.sort();

    let other_zones = others.iter().map(|zone| zone.1.clone());
    let other_sections = sections
        .iter()
        .filter(|(distance, _)| distance - nearest < accuracy)
        .map(|it| it.1.clone());
    let limits = [2 * tolerance, 100_000, points.first().map_or(i64::MAX, |point| 2 * point.2)];
    if limits.iter().any(|limit| accuracy > *limit) {
        let zone = innermost.filter(|zone| zone.4 > accuracy).map(|zone| zone.1.clone());
        let also = innermost.filter(|_| zone.is_none()).map(|zone| zone.1.clone());
        return Some(Place {
            zone,
            at: Some(position.at),
            other_zones: also.into_iter().chain(other_zones).take(8).collect(),
            other_sections: other_sections.take(8).collect(),
            doubt: Some(PlaceDoubt::Coarse { accuracy_m: position.accuracy_m }),
            ..Place::default()
        });
    }

    Some(Place {
        zone: innermost.map(|zone| zone.1.clone()),
        section: section.map(|(_, code)| (*code).clone()),
        point: points.first().map(|(_, code, _)| (*code).clone()),
        at: Some(position.at),
        other_zones: other_zones.take(8).collect(),
        other_sections: other_sections.skip(usize::from(section.is_some())).take(8).collect(),
        doubt: None,
    })
}

/// Rounded; `None` where a trace would round it the other way.
fn millimetres(metres: f64) -> Option<i64> {
    let exact = metres * 1000.0;
    let is_clear = (exact.fract() - 0.5).abs() > 0.001;
    is_clear.then(|| format!("{exact:.0}").parse().unwrap())
}

fn least(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(1e9, f64::min)
}

/// Equirectangular about the middle of everything.
struct Plane {
    lon: f64,
    lat: f64,
}

impl Plane {
    fn of(pack: &DistrictPack) -> Self {
        let lines = pack.sections.iter().flat_map(|section| &section.lines);
        let mut all: Vec<GeoPoint> = lines.flat_map(|line| line.0.clone()).collect();
        all.extend(pack.zones.iter().flat_map(|zone| &zone.polygons).flat_map(|it| it.0.concat()));
        all.extend(pack.points.iter().map(|point| point.at));
        let middle = |number: fn(&GeoPoint) -> f64| {
            let high = all.iter().map(number).fold(-1e9, f64::max);
            f64::midpoint(least(all.iter().map(number)), high)
        };
        Self { lon: middle(|at| at.lon()), lat: middle(|at| at.lat()) }
    }

    fn coord(&self, at: GeoPoint) -> Coord {
        let scale = 6_371_008.8_f64.to_radians();
        Coord {
            x: (at.lon() - self.lon) * scale * self.lat.to_radians().cos(),
            y: (at.lat() - self.lat) * scale,
        }
    }

    fn line(&self, line: &[GeoPoint]) -> LineString {
        line.iter().map(|at| self.coord(*at)).collect()
    }

    fn area(&self, polygon: &Polygon) -> Area {
        let mut rings = polygon.0.iter().map(|ring| self.line(ring));
        Area::new(rings.next().unwrap(), rings.collect())
    }

    /// Whether inside, the distance (0 inside), and that to the boundary. `None` on the
    /// boundary, where whole numbers decide and floats cannot.
    fn to_zone(&self, zone: &Zone, here: Spot) -> Option<(bool, i64, i64)> {
        let areas: Vec<Area> = zone.polygons.iter().map(|polygon| self.area(polygon)).collect();
        let rings =
            areas.iter().flat_map(|area| std::iter::once(area.exterior()).chain(area.interiors()));
        let to_edge = least(rings.map(|ring| Euclidean.distance(&here, ring)));
        let is_inside = areas.iter().any(|area| area.contains(&here));
        let edge = millimetres(to_edge)?;
        let distance = if is_inside { 0 } else { edge };
        (to_edge > 1e-6).then_some((is_inside, distance, edge))
    }
}
