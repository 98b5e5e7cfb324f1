//! The small district that the tables of duty and case speak of.
#![allow(dead_code, reason = "each test file uses its part")]

use domain::{
    CaseId, DeviceTime, District, OperationId, PhotoHash, Timestamp,
    access::{Actor, Role},
    case::{ActorStamp, Case, Command, Context, Event, Recorded, Refusal, Report, Source, decide},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    pack::DistrictPack,
    place::{GeoPoint, PlaceChoice, Position},
};

pub fn pack() -> DistrictPack {
    serde_json::from_str(include_str!("../formats/pack-1.json")).expect("the fixture reads")
}

pub fn district() -> District {
    District::new(pack())
}

/// District time (UTC+8), as `2026-11-23 10:00`.
pub fn at(text: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = text.replace(' ', "T").parse().expect("a date and time");
    let utc = civil.to_zoned(jiff::tz::TimeZone::UTC).expect("in range").timestamp();
    Timestamp::from_millis(utc.as_millisecond() - 8 * 3_600_000)
}

pub fn position(lat: f64, lon: f64) -> Position {
    let at = GeoPoint::from_degrees(lat, lon).expect("on the globe");
    Position { at, accuracy_m: 8, read: photographed() }
}

/// When what is reported was photographed, and the position read.
fn photographed() -> Timestamp {
    at("2026-11-23 09:59")
}

pub fn shot(content: &str) -> Shot {
    Shot {
        hash: PhotoHash::of(content.as_bytes()),
        length: 7,
        format: PhotoFormat::Jpeg,
        width: 4,
        height: 3,
        taken: DeviceTime { claimed: photographed(), offset_ms: None },
        origin: ShotOrigin::Camera,
    }
}

pub fn report(category: &str, lat: f64, lon: f64) -> Report {
    Report {
        category: category.into(),
        condition: "1".into(),
        position: Some(position(lat, lon)),
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: String::new(),
        photos: vec![shot("before")],
        pack: "1".into(),
        told_permitted: None,
    }
}

pub fn actor(role: Role, unit: Option<&str>) -> Actor {
    Actor {
        user: format!("{role:?}-{unit:?}").as_str().into(),
        name: "某人".into(),
        role,
        unit: unit.map(Into::into),
        person: None,
    }
}

/// A case under test: every step is decided and applied as the server would.
pub struct Story {
    pub district: District,
    pub log: Vec<Recorded>,
    pub now: Timestamp,
    id: CaseId,
}

impl Story {
    pub fn new() -> Self {
        let now = at("2026-11-23 10:00");
        Self { district: district(), log: Vec::new(), now, id: CaseId::new(now, [1; 10]) }
    }

    /// In Zone 1 on East Ankang Road, away from the market: law gives it to `cgj`.
    pub fn reported() -> Self {
        let mut story = Self::new();
        let report = Command::Report(Box::new(report("0401", 32.705, 109.101)));
        story.act(&actor(Role::Inspector, None), &report).expect("a good report");
        story
    }

    pub fn case(&self) -> Case {
        Case::fold(self.id, &self.log).expect("begins with a report")
    }

    pub fn act(&mut self, actor: &Actor, command: &Command) -> Result<(), Refusal> {
        let base = if self.log.is_empty() { 0 } else { self.case().revision };
        self.act_from(actor, command, base)
    }

    /// Acts with the picture of an earlier revision.
    pub fn act_from(&mut self, actor: &Actor, command: &Command, base: u32) -> Result<(), Refusal> {
        self.now = self.now.plus_millis(60_000);
        let done = DeviceTime { claimed: self.now, offset_ms: None };
        let context = Context { actor, district: &self.district, now: self.now, done, base };
        let case = Case::fold(self.id, &self.log);
        let events = decide(case.as_ref(), command, &context)?;
        let operation = OperationId::new(self.now, [2; 10]);
        for event in events {
            self.record(Some(actor.into()), Some(operation), event);
        }
        Ok(())
    }

    pub fn photo_arrives(&mut self, content: &str) {
        let hash = PhotoHash::of(content.as_bytes());
        self.record(None, None, Event::PhotoArrived { hash });
    }

    fn record(&mut self, by: Option<ActorStamp>, operation: Option<OperationId>, event: Event) {
        let number = u32::try_from(self.log.len()).expect("a short story") + 1;
        let done = operation.map(|_| DeviceTime { claimed: self.now, offset_ms: None });
        self.log.push(Recorded { number, at: self.now, done, by, operation, event });
    }
}
