//! Cases and a small district for the tests of the board. A case is made of the events that
//! it would have had.

use std::sync::Arc;

use domain::{
    CaseId, District, Names, Timestamp,
    calendar::{Clock, Limit, Weekdays, WorkingHours},
    case::{Case, Event, Outcome, Recorded, Report, Source},
    catalogue::{Category, CategoryKind, InForce},
    duty::{
        Assignment, Basis, Destination, Due, Person, PersonRef, Routing, Tier, Unit, UnitRef, Via,
        Why,
    },
    pack::{DistrictPack, PACK_FORMAT},
    place::{
        AreaKind, AreaLevel, GeoPoint, Place, PlaceChoice, Point, PointKind, Section, Tolerance,
        Zone,
    },
    summary::{CaseRow, CaseSummary},
};

use app_shared::model::CaseEntry;

pub const HOUR_MS: i64 = 3_600_000;
/// Noon of 29 November 2026 in the district, which is eight hours ahead of UTC.
pub const NOON_MS: i64 = 1_795_924_800_000;

/// Reported five hours before noon, and due five hours after it where it is assigned.
pub struct TestCase {
    id: CaseId,
    number: Option<String>,
    due_ms: i64,
    is_assigned: bool,
    events: Vec<(i64, Event)>,
}

impl TestCase {
    pub fn case_id(id: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(NOON_MS), [id; 10])
    }

    pub fn in_tray() -> Self {
        Self {
            id: Self::case_id(0),
            number: None,
            due_ms: NOON_MS + 5 * HOUR_MS,
            is_assigned: false,
            events: Vec::new(),
        }
    }

    pub fn assigned() -> Self {
        Self { is_assigned: true, ..Self::in_tray() }
    }

    pub fn id(self, id: u8) -> Self {
        Self { id: Self::case_id(id), ..self }
    }

    pub fn number(self, number: &str) -> Self {
        Self { number: Some(number.into()), ..self }
    }

    pub fn due(self, due_ms: i64) -> Self {
        Self { due_ms, ..self }
    }

    pub fn claimed(self) -> Self {
        self.then(NOON_MS - 4 * HOUR_MS, Event::Claimed { unit: "cgj".into() })
    }

    pub fn rectified(self) -> Self {
        let fixed = Event::Rectified { photos: Vec::new(), note: String::new() };
        self.claimed().then(NOON_MS - 3 * HOUR_MS, fixed)
    }

    pub fn passed(self) -> Self {
        self.verified(Outcome::Pass)
    }

    pub fn closed(self, at_ms: i64) -> Self {
        self.passed().then(at_ms, Event::Closed { note: String::new() })
    }

    /// As the server lists it, after change 1.
    pub fn row(self) -> CaseRow {
        let entry = self.entry();
        CaseRow {
            number: entry.number.clone().unwrap_or_default(),
            change: 1,
            summary: CaseSummary::of(&entry.case, &district()),
        }
    }

    pub fn entry(self) -> Arc<CaseEntry> {
        let reported = Event::Reported {
            report: Box::new(report()),
            routing: Box::new(routing(self.is_assigned.then_some(self.due_ms))),
        };
        let events = [(NOON_MS - 5 * HOUR_MS, reported)].into_iter().chain(self.events);
        let log: Vec<Recorded> = (1..)
            .zip(events)
            .map(|(number, (at, event))| Recorded {
                number,
                at: Timestamp::from_millis(at),
                done: None,
                by: None,
                operation: None,
                event,
            })
            .collect();
        Arc::new(CaseEntry {
            id: self.id,
            number: self.number,
            seq: 1,
            confirmed: log.len(),
            case: Case::fold(self.id, &log).expect("the log begins with a report"),
            log,
            pending: Vec::new(),
        })
    }

    fn verified(self, outcome: Outcome) -> Self {
        let verified = Event::Verified { outcome, photos: Vec::new(), note: "看过".into() };
        self.then(NOON_MS - 2 * HOUR_MS, verified)
    }

    fn then(mut self, at_ms: i64, event: Event) -> Self {
        self.events.push((at_ms, event));
        self
    }
}

fn report() -> Report {
    Report {
        category: "0402".into(),
        condition: "1".into(),
        position: None,
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: String::new(),
        photos: Vec::new(),
        pack: "1".into(),
        told_permitted: None,
    }
}

fn routing(due_ms: Option<i64>) -> Routing {
    let place = Place {
        zone: Some("east".into()),
        section: Some("renmin".into()),
        point: Some("market".into()),
        ..Place::default()
    };
    let destination = match due_ms {
        Some(due_ms) => Destination::Unit(Box::new(assignment(due_ms))),
        None => Destination::Headquarters {
            why: Why::NoBasisFound,
            sentence: Names::default(),
            lost: Vec::new(),
        },
    };
    Routing { pack: "1".into(), place, permitted: None, destination }
}

fn assignment(due_ms: i64) -> Assignment {
    Assignment {
        unit: UnitRef {
            code: "cgj".into(),
            names: Names::new("城管局", "城管局", "Urban Management"),
        },
        person: Some(PersonRef {
            code: "xuchanghua".into(),
            names: Names::new("徐昌华", "徐昌華", "Xu Changhua"),
            via: Via::Warden,
        }),
        co_units: Vec::new(),
        patch_leader: None,
        tier: Tier::Order,
        basis: Basis::Order { reason: "指挥部会议".into() },
        due: Due {
            at: Timestamp::from_millis(due_ms),
            limit: Limit::new(10, Clock::UrgentHours).expect("a limit"),
        },
        sentence: Names::default(),
        lost: Vec::new(),
    }
}

/// With one zone, section, point, unit, person and category.
pub fn district() -> District {
    District::new(DistrictPack {
        format: PACK_FORMAT,
        id: "test".into(),
        version: "1".into(),
        sample: true,
        names: Names::new("试验区", "試驗區", "Test district"),
        utc_offset_minutes: 480,
        hours: WorkingHours { hours: Vec::new(), weekdays: Weekdays::MONDAY_TO_FRIDAY },
        days: Vec::new(),
        tolerance: Tolerance { section_m: 30, point_m: 60 },
        headquarters: "zhb".into(),
        zones: vec![Zone {
            code: "east".into(),
            names: Names::new("城东片区", "城東片區", "East zone"),
            level: AreaLevel::Zone,
            area: AreaKind::Urban,
            parent: None,
            street_office: None,
            polygons: Vec::new(),
        }],
        sections: vec![Section {
            code: "renmin".into(),
            names: Names::new("人民路", "人民路", "People’s Road"),
            lines: Vec::new(),
        }],
        points: vec![Point {
            code: "market".into(),
            names: Names::new("中心市场", "中心市場", "Central market"),
            kind: PointKind::Market,
            at: GeoPoint::from_degrees(32.7, 109.1).expect("on the globe"),
            radius_m: None,
            manager: None,
        }],
        stalls: Vec::new(),
        units: vec![Unit {
            code: "cgj".into(),
            names: Names::new("城管局", "城管局", "Urban Management"),
            roles: Vec::new(),
            lead: None,
            duty: None,
            deputy: None,
        }],
        people: vec![Person {
            code: "xuchanghua".into(),
            names: Names::new("徐昌华", "徐昌華", "Xu Changhua"),
            unit: Some("cgj".into()),
            phone: "".into(),
        }],
        absences: Vec::new(),
        wardens: Vec::new(),
        patches: Vec::new(),
        owners: Vec::new(),
        categories: vec![Category {
            code: "0402".into(),
            kind: CategoryKind::Event,
            class: "E04".into(),
            class_names: Names::new("街面秩序", "街面秩序", "Street order"),
            names: Names::new("占道经营", "佔道經營", "Stalls blocking the way"),
            evidence: Names::default(),
            words: vec!["摆摊".into(), "vendor".into()],
            frequency: 0,
            usual_at: Vec::new(),
            force: InForce::default(),
            conditions: Vec::new(),
        }],
        citations: Vec::new(),
        rules: Vec::new(),
    })
}
