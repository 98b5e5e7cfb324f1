//! Lists and counts of cases through HTTP, against what `domain` says of every case: who sees
//! it, and what a query means.

use std::collections::BTreeMap;

use domain::{
    CaseId, CategoryCode, DeviceTime, District, PhotoHash, Timestamp,
    access::{Actor, Role},
    case::{ActorStamp, Case, CaseState, Event, Outcome, Recorded, Source, sees},
    duty::{Destination, Facts, Routing, assign},
    place::{Bounds, GeoPoint, PlaceChoice, metres_between},
    summary::{
        CasePage, CaseQuery, CaseSummary, Cursor, Moment, NearbyCases, Queue, QueueCounts, Sort,
    },
    sync::CaseLog,
};
use fastrand::Rng;
use xunjie::{store::cases, system::clock};

use crate::support::{
    Device, TestApp,
    demo::{To, position, report, shot},
    device::{new_case, order},
    picture::jpeg,
    test_app::send,
};

const CASES: usize = 400;
/// Of each role.
const QUERIES: usize = 40;
const SEED: u64 = 20_261_129;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

const ACCOUNTS: [&str; 8] =
    ["inspector", "reviewer", "cgj", "cgjlead", "leader", "discipline", "admin", "city"];

/// Cases of the last weeks that went through anything: a fold takes every event.
struct World<'a> {
    district: &'a District,
    random: Rng,
    now: Timestamp,
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

    fn case(&mut self) -> Case {
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
            let event = match self.random.u8(..8) {
                0 => match self.routing(&category, at).destination {
                    Destination::Unit(assignment) => Event::Assigned { assignment },
                    Destination::Headquarters { .. } => continue,
                },
                1 => Event::Claimed { unit: "cgj".into() },
                2 | 3 => Event::Rectified { photos: Vec::new(), note: String::new() },
                4 | 5 => Event::Verified {
                    outcome: self.pick(&[Outcome::Pass, Outcome::Rework]),
                    photos: Vec::new(),
                    note: String::new(),
                },
                6 => Event::Closed { note: String::new() },
                _ => Event::Voided { reason: String::new() },
            };
            record(at, None, event);
        }
        Case::fold(new_case(), &log).expect("begins with a report")
    }

    /// Names what some case has, and at times what none has.
    fn query(&mut self, cases: &[(Case, CaseSummary)]) -> CaseQuery {
        let mut asked = CaseQuery::default();
        for _ in 0..self.random.u8(..3) {
            let (case, summary) = &cases[self.random.usize(..cases.len())];
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

/// The summaries that this person is to be shown, in their order.
fn expected(
    cases: &[(Case, CaseSummary)],
    actor: &Actor,
    district: &District,
    query: &CaseQuery,
    moment: Moment,
) -> Vec<CaseSummary> {
    let mut listed: Vec<CaseSummary> = cases
        .iter()
        .filter(|(case, _)| sees(actor, case, district))
        .map(|(_, summary)| summary.clone().redacted(actor.role))
        .filter(|summary| query.matches(summary, moment))
        .collect();
    listed.sort_by_key(|summary| (Cursor::key(summary, query.sort), summary.id.to_string()));
    if query.sort == Sort::Reported {
        listed.reverse();
    }
    listed
}

/// All pages, one after the other.
async fn all_pages(device: &Device, query: &CaseQuery) -> Vec<CaseSummary> {
    let mut query = query.clone();
    let mut listed = Vec::new();
    loop {
        let text = serde_urlencoded::to_string(&query).unwrap();
        let page: CasePage = device.get(&format!("/api/v1/cases?{text}"), 200).await.json();
        assert!(page.cases.len() <= usize::try_from(query.limit.unwrap()).unwrap());
        listed.extend(page.cases.into_iter().map(|row| row.summary));
        query.cursor = page.next;
        if query.cursor.is_none() {
            return listed;
        }
    }
}

async fn counted(device: &Device, query: &CaseQuery) -> BTreeMap<Queue, u32> {
    let query = CaseQuery { queue: None, limit: None, ..query.clone() };
    let text = serde_urlencoded::to_string(&query).unwrap();
    let counts: QueueCounts = device.get(&format!("/api/v1/cases/counts?{text}"), 200).await.json();
    assert_eq!(counts.queues.len(), Queue::ALL.len());
    counts.queues.into_iter().map(|count| (count.queue, count.cases)).collect()
}

#[tokio::test]
async fn every_role_is_listed_just_the_cases_it_sees_that_match_in_their_order() {
    let app = TestApp::start().await;
    let district = std::sync::Arc::clone(&app.app.decision_context.district);
    let mut world = World { district: &district, random: Rng::with_seed(SEED), now: clock::now() };
    let made: Vec<(Case, CaseSummary)> = (0..CASES)
        .map(|_| {
            let case = world.case();
            let summary = CaseSummary::of(&case, &district);
            (case, summary)
        })
        .collect();
    let summaries: Vec<CaseSummary> = made.iter().map(|(_, summary)| summary.clone()).collect();
    app.app
        .store
        .write(move |transaction| {
            for (summary, change) in summaries.iter().zip(1..) {
                cases::open(transaction, summary, 2026, change)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let mut lengths = BTreeMap::new();
    for user in ACCOUNTS {
        let device = app.device(user).await;
        let actor = device.profile.clone().unwrap().actor;
        for _ in 0..QUERIES {
            let query = world.query(&made);
            let moment = Moment::of(district.calendar(), clock::now());
            let right = expected(&made, &actor, &district, &query, moment);
            let listed = all_pages(&device, &query).await;
            assert_eq!(listed, right, "{user}: {query:?}");
            *lengths.entry(listed.len().min(2)).or_insert(0) += 1;
            let counts = counted(&device, &query).await;
            for queue in Queue::ALL {
                let of_queue = CaseQuery { queue: Some(queue), ..query.clone() };
                let right = expected(&made, &actor, &district, &of_queue, moment).len();
                assert_eq!(counts[&queue], u32::try_from(right).unwrap(), "{user}: {of_queue:?}");
            }
        }
    }
    for user in ACCOUNTS {
        let device = app.device(user).await;
        let actor = device.profile.clone().unwrap().actor;
        for (_, summary) in made.iter().step_by(40) {
            let Some(at) = summary.place.at else { continue };
            let path = format!("/api/v1/cases/near?lat={}&lon={}&metres=1500", at.lat(), at.lon());
            let near: NearbyCases = device.get(&path, 200).await.json();
            assert!(near.cases.is_sorted_by_key(|near| near.metres));
            let listed: Vec<CaseId> = near.cases.iter().map(|near| near.case.summary.id).collect();
            let mut right: Vec<(u32, CaseId)> = made
                .iter()
                .filter(|(case, _)| sees(&actor, case, &district) && case.state.is_open())
                .filter_map(|(case, _)| {
                    let away = metres_between(at, case.routing.place.at?);
                    (away <= 1500).then_some((away, case.id))
                })
                .collect();
            right.sort();
            right.truncate(20);
            let right: Vec<CaseId> = right.into_iter().map(|(_, id)| id).collect();
            assert_eq!(listed, right, "{user}");
        }
    }
    assert!(lengths[&0] > 10 && lengths[&2] > 100, "queries that find something: {lengths:?}");
    let states: std::collections::BTreeSet<CaseState> =
        made.iter().map(|(case, _)| case.state).collect();
    assert_eq!(states.len(), 7, "{states:?}");
}

#[tokio::test]
async fn a_query_with_an_unknown_name_or_a_bad_value_is_refused() {
    let app = TestApp::start().await;
    let device = app.device("reviewer").await;
    for path in ["cases", "cases/counts"] {
        for query in [
            "colour=red",
            "queue=late",
            "bbox=1,2,3",
            "cursor=17",
            "cursor=17_x",
            "from=yesterday",
            "limit=-1",
            "limit=many",
            "sort=size",
        ] {
            let answer = device.get(&format!("/api/v1/{path}?{query}"), 400).await;
            assert_eq!(answer.problem(), "malformed", "{query}");
        }
    }
    for query in ["lat=91&lon=109", "lat=x&lon=109", "lat=32.7", "lat=32.7&lon=109&near=1", ""] {
        let answer = device.get(&format!("/api/v1/cases/near?{query}"), 400).await;
        assert_eq!(answer.problem(), "malformed", "{query}");
    }
    // A limit beyond the largest page is cut to it.
    device.get("/api/v1/cases?limit=4000000000", 200).await;
}

#[tokio::test]
async fn what_has_not_changed_is_answered_304_and_what_has_is_sent_again() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let paths = ["cases?queue=all".into(), "cases/counts".into(), format!("cases/{id}")];
    let mut tags = Vec::new();
    for path in &paths {
        let answer = inspector.get(&format!("/api/v1/{path}"), 200).await;
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        tags.push(answer.header("etag").to_owned());
    }
    let ask = |device: &Device, path: &str, tag: &str| {
        device.ask(reqwest::Method::GET, &format!("/api/v1/{path}")).header("if-none-match", tag)
    };
    for (path, tag) in paths.iter().zip(&tags) {
        let answer = send(ask(&inspector, path, tag), 304).await;
        assert!(answer.bytes.is_empty() && answer.header("etag") == tag, "{path}");
    }
    let mut reviewer = app.device("reviewer").await;
    reviewer.act(id, 1, order("cgj")).await;
    for (path, tag) in paths.iter().zip(&tags) {
        assert_ne!(send(ask(&inspector, path, tag), 200).await.header("etag"), tag, "{path}");
    }
}

#[tokio::test]
async fn a_case_is_shown_with_its_log_to_who_sees_it_and_is_not_there_for_others() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let unit = To::Unit(domain::duty::Tier::Law, "cgj");
    let id = inspector.report(report(unit, &[jpeg(1).hash])).await;
    let page: CasePage = inspector.get("/api/v1/cases?queue=open", 200).await.json();
    assert_eq!(page.cases.len(), 1);
    for (user, status) in [("reviewer", 200), ("cgj", 200), ("jjd", 404)] {
        let device = app.device(user).await;
        let answer = device.get(&format!("/api/v1/cases/{id}"), status).await;
        if status == 404 {
            assert_eq!(answer.problem(), "not_found");
            continue;
        }
        let case: CaseLog = answer.json();
        assert_eq!((case.case, &case.number), (id, &page.cases[0].number));
        let is_named = case.events[0].by.is_some();
        assert_eq!(is_named, user == "reviewer", "reporters are shielded");
    }
    let nobody: CaseId = new_case();
    let reviewer = app.device("reviewer").await;
    assert_eq!(reviewer.get(&format!("/api/v1/cases/{nobody}"), 404).await.problem(), "not_found");
    assert_eq!(reviewer.get("/api/v1/cases/x", 404).await.problem(), "not_found");
}
