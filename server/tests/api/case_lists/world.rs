//! Cases that went through anything, and queries that name what they have.

use domain::{
    CategoryCode, DeviceTime, District, PhotoHash, Timestamp,
    access::Role,
    case::{ActorStamp, Case, Event, Outcome, Recorded, Source},
    duty::{Destination, Facts, Routing, assign},
    place::{Bounds, GeoPoint, PlaceChoice},
    summary::{CaseQuery, CaseSummary, CaseTerms, Queue, Sort},
};
use fastrand::Rng;
use xunjie::store::cases;

use crate::support::{
    demo::{To, position, report, shot},
    device::new_case,
};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// What people write in cases.
const NOTES: [&str; 5] =
    ["", "摊主不在场", "第三次发现，已口头劝离摊主", "next to the school gate", "17号门前占道"];
/// What people type, beside what a case has.
const TYPED: [&str; 14] = [
    "摊主",
    "占道",
    "主",
    "sch",
    "gate",
    "zdjy",
    "vendor",
    "城市管理",
    "csgl",
    "恒口",
    "market",
    "17",
    "2026",
    "\"gate\" OR *",
];

/// A case, and what lists and searches ask of it.
pub type Made = (Case, CaseSummary, CaseTerms);

/// Cases of the last weeks that went through anything: a fold takes every event.
pub struct World<'a> {
    pub district: &'a District,
    pub random: Rng,
    pub now: Timestamp,
}

impl World<'_> {
    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.random.usize(..of.len())].clone()
    }

    fn routing(&mut self, category: &CategoryCode, at: Timestamp) -> Routing {
        let points: Vec<GeoPoint> =
            self.district.pack().points.iter().map(|point| point.at).collect();
        let outside = GeoPoint::from_degrees(10.0, 10.0).unwrap();
        let there = if self.random.u8(..10) == 0 { outside } else { self.pick(&points) };
        let place = match self.random.u8(..10) {
            0 => self.district.place(None, &PlaceChoice::default()),
            _ => self.district.place(Some(position(there, at).fresh()), &PlaceChoice::default()),
        };
        let condition = self.district.category(category).unwrap().conditions[0].code.clone();
        let facts = Facts { category: category.clone(), condition, place, captured: at, now: at };
        assign(self.district, &facts)
    }

    pub fn case(&mut self) -> Case {
        // Few moments, so that some cases share theirs.
        let mut at = self.now.plus_millis(-self.random.i64(0..120) * DAY_MS / 4);
        let categories: Vec<CategoryCode> =
            self.district.pack().categories.iter().map(|it| it.code.clone()).collect();
        let category = self.pick(&categories);
        let routing = self.routing(&category, at);
        let hash = PhotoHash::of(&self.random.u64(..).to_be_bytes());
        let report = domain::case::Report {
            condition: self.district.category(&category).unwrap().conditions[0].code.clone(),
            category: category.clone(),
            source: self.pick(&Source::ALL),
            photos: vec![shot(hash)],
            note: self.pick(&NOTES).into(),
            ..report(To::Tray, &[])
        };
        let mut log = Vec::new();
        let mut record = |at: Timestamp, by: Option<ActorStamp>, event: Event| {
            let number = u32::try_from(log.len()).unwrap() + 1;
            let done = Some(DeviceTime { claimed: at, offset_ms: None });
            log.push(Recorded { number, at, done, by, operation: None, event });
        };
        let user = self.pick(&["inspector", "reviewer", "somebody"]);
        let role = Role::Inspector;
        let by = ActorStamp { user: user.into(), name: user.into(), role, unit: None };
        let reported =
            Event::Reported { report: Box::new(report), routing: Box::new(routing.clone()) };
        record(at, Some(by), reported);
        for _ in 0..self.random.u8(..6) {
            at = at.plus_millis(self.random.i64(1..48) * HOUR_MS).min(self.now.plus_millis(-1));
            let text: String = self.pick(&NOTES).into();
            let event = match self.random.u8(..9) {
                0 => match self.routing(&category, at).destination {
                    Destination::Unit(assignment) => Event::Assigned { assignment },
                    Destination::Headquarters { .. } => continue,
                },
                1 => Event::Claimed { unit: "cgj".into() },
                2 | 3 => Event::Rectified { photos: Vec::new(), note: text },
                4 | 5 => Event::Verified {
                    outcome: self.pick(&[Outcome::Pass, Outcome::Rework]),
                    photos: Vec::new(),
                    note: text,
                },
                6 => Event::Closed { note: text },
                7 => Event::Voided { reason: text },
                _ => Event::Commented { text },
            };
            record(at, None, event);
        }
        Case::fold(new_case(), &log).expect("begins with a report")
    }

    /// A word that some case has, or that people type.
    fn word(&mut self, cases: &[Made]) -> String {
        let at = self.random.usize(..cases.len());
        let (case, summary, _) = &cases[at];
        match self.random.u8(..8) {
            0 => number(at).chars().take(self.random.usize(6..12)).collect(),
            1 => (at + 1).to_string(),
            2 => self.district.category(&summary.category).unwrap().names.hans.clone(),
            3 => summary.category.to_string(),
            4 => case.assignment.as_ref().map_or("nobody".into(), |it| it.unit.names.en.clone()),
            _ => self.pick(&TYPED).into(),
        }
    }

    /// Names what some case has, and at times what none has.
    pub fn query(&mut self, cases: &[Made]) -> CaseQuery {
        let mut asked = CaseQuery::default();
        if self.random.bool() {
            let words = [(); 2].map(|()| self.word(cases));
            asked.q = Some(words[..self.random.usize(1..3)].join(" "));
        }
        for _ in 0..self.random.u8(..3) {
            let (case, summary, _) = &cases[self.random.usize(..cases.len())];
            let assignment = summary.assignment.as_ref();
            match self.random.u8(..17) {
                0 | 1 => asked.queue = Some(self.pick(&Queue::ALL)),
                2 => asked.state = Some(summary.state),
                3 => asked.unit = assignment.map(|one| one.unit.clone()),
                4 => asked.zone = summary.place.zones.values().next().cloned(),
                5 => asked.zone = summary.place.zones.values().next_back().cloned(),
                6 => asked.section = summary.place.section.clone(),
                7 => asked.point = summary.place.point.clone(),
                8 => asked.category = Some(summary.category.clone()),
                9 => asked.person = assignment.and_then(|one| one.person.clone()),
                10 => asked.patch = summary.place.patch_leaders.iter().next().cloned(),
                11 => asked.source = Some(summary.source),
                12 => asked.reporter = case.reporter.clone(),
                13 => asked.from = Some(summary.reported_at),
                14 => asked.until = Some(summary.reported_at),
                15 => {
                    asked.due_from = assignment.map(|one| one.lamp.due);
                    asked.due_until = asked.due_from.map(|due| due.plus_millis(5 * DAY_MS));
                }
                _ => {
                    let around = |at: GeoPoint, by: i32| GeoPoint {
                        lon_e6: at.lon_e6 + by,
                        lat_e6: at.lat_e6 + by,
                    };
                    asked.bbox = summary.place.at.map(|at| Bounds {
                        south_west: around(at, -5_000),
                        north_east: around(at, 5_000),
                    });
                }
            }
        }
        if self.random.u8(..20) == 0 {
            asked.zone = Some("nowhere".into());
        }
        asked.sort = self.pick(&[Sort::Reported, Sort::Due]);
        asked.limit = Some(self.random.u32(1..150));
        asked
    }
}

/// The number of the case that was opened so many before it.
pub fn number(before: usize) -> String {
    cases::case_number("2026", u64::try_from(before).unwrap() + 1)
}
