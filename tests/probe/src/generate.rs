//! Reports spread over a district, a little beyond its border, over all categories,
//! conditions and a year of hours. The same seed gives the same reports everywhere.

use domain::{
    District, Timestamp,
    duty::Facts,
    place::{AgedPosition, GeoPoint, PlaceChoice},
};

/// 2026-01-01T00:00:00Z
const START_MS: i64 = 1_767_225_600_000;
const YEAR_MS: u64 = 365 * 24 * 3_600_000;

pub fn reports(district: &District, seed: u64, count: u32) -> impl Iterator<Item = Facts> {
    let mut random = SplitMix64(seed);
    let [west, south, east, north] = extent(district);
    let sections = &district.pack().sections;
    (0..count).map(move |_| {
        let categories = &district.pack().categories;
        let category = &categories[random.below(categories.len() as u64) as usize];
        let condition =
            &category.conditions[random.below(category.conditions.len() as u64) as usize];
        let at = if random.below(3) == 0 && !sections.is_empty() {
            near_a_section(district, &mut random)
        } else {
            GeoPoint { lon_e6: random.between(west, east), lat_e6: random.between(south, north) }
        };
        // Some of them wide, and some of another time.
        let widest = if random.below(16) == 0 { 20_000 } else { 80 };
        let oldest = if random.below(16) == 0 { 600_000 } else { 1 };
        let position = AgedPosition {
            at,
            accuracy_m: random.below(widest) as u32,
            age_ms: random.below(oldest),
        };
        let position = (random.below(50) != 0).then_some(position);
        let mut chosen = PlaceChoice::default();
        if random.below(10) == 0 && !sections.is_empty() {
            let section = &sections[random.below(sections.len() as u64) as usize];
            chosen.section = Some(section.code.clone());
        }
        let captured = Timestamp::from_millis(START_MS + random.below(YEAR_MS) as i64);
        Facts {
            category: category.code.clone(),
            condition: condition.code.clone(),
            place: district.place(position, &chosen),
            captured,
            now: captured.plus_millis(random.below(86_400_000) as i64),
        }
    })
}

/// Within some 50 m of a vertex of a section, where tolerances decide.
fn near_a_section(district: &District, random: &mut SplitMix64) -> GeoPoint {
    let sections = &district.pack().sections;
    let section = &sections[random.below(sections.len() as u64) as usize];
    let line = &section.lines[random.below(section.lines.len() as u64) as usize].0;
    let vertex = line[random.below(line.len() as u64) as usize];
    GeoPoint {
        lon_e6: vertex.lon_e6 + random.between(-500, 500),
        lat_e6: vertex.lat_e6 + random.between(-500, 500),
    }
}

/// West, south, east, north of all areas, widened by a tenth.
fn extent(district: &District) -> [i32; 4] {
    let vertices = || {
        let polygons = district.pack().zones.iter().flat_map(|zone| &zone.polygons);
        polygons.flat_map(|polygon| polygon.0.iter().flatten())
    };
    let lon = |end: fn(i32, i32) -> i32, from| vertices().map(|v| v.lon_e6).fold(from, end);
    let lat = |end: fn(i32, i32) -> i32, from| vertices().map(|v| v.lat_e6).fold(from, end);
    let (west, east) = (lon(i32::min, i32::MAX), lon(i32::max, i32::MIN));
    let (south, north) = (lat(i32::min, i32::MAX), lat(i32::max, i32::MIN));
    let (wider, higher) = ((east - west) / 10, (north - south) / 10);
    [west - wider, south - higher, east + wider, north + higher]
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn between(&mut self, from: i32, until: i32) -> i32 {
        from + self.below((until - from) as u64) as i32
    }
}
