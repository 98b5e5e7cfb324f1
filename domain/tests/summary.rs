//! What a case's summary says at each step of its life, and that it says enough to tell who
//! sees the case.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod common;

use common::{Story, actor, at, report, shot};
use domain::{
    Timestamp,
    access::{Actor, Role},
    calendar::LampTimes,
    case::{Case, CaseState, Command, OrderTo, Outcome, Report, sees},
    duty::Tier,
    summary::{
        self, CaseQuery, CaseSummary, CaseTerms, Moment, Queue, SearchText, TermFilter,
        is_kept_on_phone,
    },
};

fn summary_of(story: &Story) -> CaseSummary {
    CaseSummary::of(&story.case(), &story.district)
}

fn inspector() -> Actor {
    actor(Role::Inspector, None)
}

fn reviewer() -> Actor {
    actor(Role::Reviewer, None)
}

fn handler() -> Actor {
    actor(Role::Handler, Some("cgj"))
}

fn rectify() -> Command {
    Command::Rectify { photos: vec![shot("after")], note: "已清理".into() }
}

fn verify(outcome: Outcome) -> Command {
    Command::Verify { outcome, photos: Vec::new(), note: "看过现场".into() }
}

fn order(unit: &str, co_units: &[&str]) -> Command {
    Command::Assign(OrderTo {
        unit: unit.into(),
        person: None,
        co_units: co_units.iter().map(|code| (*code).into()).collect(),
        limit: None,
        reason: "指挥部会议第三次".into(),
    })
}

#[test]
fn summary_of_a_report_names_its_place_unit_person_and_moments() {
    let story = Story::reported();
    let case = story.case();
    let said = summary_of(&story);
    assert_eq!(said.state, CaseState::Assigned);
    assert_eq!(said.category.as_str(), "0401");
    assert_eq!(said.condition.as_str(), "1");
    assert_eq!(said.reporter, Some(inspector().user));
    let innermost = case.routing.place.zone.as_ref().expect("inside");
    assert_eq!(said.place.zones.values().next_back(), Some(innermost));
    assert_eq!(said.place.zones.len(), story.district.zone_chain(innermost).count());
    assert_eq!(said.place.section, case.routing.place.section);
    assert!(said.place.is_certain && said.place.at.is_some());
    let (one, assigned) = (said.assignment.unwrap(), case.assignment.unwrap());
    assert_eq!((one.unit.as_str(), one.tier), ("cgj", Tier::Law));
    assert_eq!(one.person, assigned.person.map(|person| person.code));
    assert_eq!(one.lamp, LampTimes::of(case.reported_at, assigned.due.at));
    assert_eq!(one.assigned_at, case.reported_at);
    assert_eq!((said.captured_at, said.reported_at), (at("2026-11-23 10:01"), story.now));
    assert_eq!((said.photo, said.photos_missing), (Some(shot("before").hash), 1));
}

#[test]
fn summary_follows_the_case_to_its_end() {
    let mut story = Story::reported();
    let mut moment = |act: &dyn Fn(&mut Story)| -> (CaseSummary, Timestamp) {
        act(&mut story);
        (summary_of(&story), story.now)
    };
    let (said, now) = moment(&|story| story.act(&handler(), &Command::Claim).unwrap());
    assert_eq!((said.state, said.claimed_at), (CaseState::Claimed, Some(now)));
    let (said, now) = moment(&|story| story.act(&handler(), &rectify()).unwrap());
    assert_eq!((said.state, said.rectified_at), (CaseState::Rectified, Some(now)));
    assert_eq!(said.photos_missing, 2);
    let (said, _) = moment(&|story| story.photo_arrives("after"));
    assert_eq!(said.photos_missing, 1);
    moment(&|story| story.photo_arrives("before"));
    let (said, _) = moment(&|story| story.act(&reviewer(), &verify(Outcome::Rework)).unwrap());
    assert_eq!((said.state, said.reworks, said.ended_at), (CaseState::Claimed, 1, None));
    moment(&|story| story.act(&handler(), &rectify()).unwrap());
    moment(&|story| story.act(&reviewer(), &verify(Outcome::Pass)).unwrap());
    let close = Command::Close { note: String::new() };
    let (said, now) = moment(&|story| story.act(&reviewer(), &close).unwrap());
    assert_eq!((said.state, said.ended_at), (CaseState::Closed, Some(now)));
    assert_eq!((said.photos_missing, said.revision), (0, story.case().revision));
}

#[test]
fn summary_of_a_case_in_the_tray_names_nobody_until_headquarters_orders() {
    let mut story = Story::new();
    let gravel = Command::Report(Box::new(report("0404", 32.702, 109.130)));
    story.act(&inspector(), &gravel).unwrap();
    let said = summary_of(&story);
    assert_eq!((said.state, said.assignment), (CaseState::Unassigned, None));
    assert!(said.units.is_empty());
    story.act(&reviewer(), &order("cgj", &["jjd"])).unwrap();
    let said = summary_of(&story);
    let one = said.assignment.unwrap();
    assert_eq!((one.tier, one.assigned_at), (Tier::Order, story.now));
    assert_eq!(one.co_units, ["jjd".into()]);
    assert_eq!(said.units, ["cgj".into(), "jjd".into()].into());
}

#[test]
fn summary_tells_who_sees_the_case_for_every_role_place_and_end() {
    let district = common::district();
    let mut actors: Vec<Actor> = Vec::new();
    for role in Role::ALL {
        for unit in [None, Some("cgj"), Some("jjd")] {
            actors.push(actor(role, unit));
        }
        for patch in &district.pack().patches {
            actors.push(Actor { person: Some(patch.leader.clone()), ..actor(role, None) });
        }
    }
    let (mut seen, mut unseen) = (0, 0);
    for (lat, lon) in [(32.705, 109.101), (32.702, 109.130), (32.711, 109.1), (10.0, 10.0)] {
        for category in ["0401", "0402", "0404"] {
            for is_void in [false, true] {
                let mut story = Story::new();
                let report = Command::Report(Box::new(report(category, lat, lon)));
                story.act(&inspector(), &report).unwrap();
                if is_void {
                    story.act(&reviewer(), &Command::Void { reason: "重复".into() }).unwrap();
                }
                let case: Case = story.case();
                for actor in &actors {
                    let is_seen = sees(actor, &case, &district);
                    let said = CaseSummary::of(&case, &district);
                    assert_eq!(summary::sees(actor, &said), is_seen, "{actor:?} {said:?}");
                    assert!(is_seen || !is_kept_on_phone(actor, &said), "{actor:?} {said:?}");
                    *(if is_seen { &mut seen } else { &mut unseen }) += 1;
                }
            }
        }
    }
    assert!(seen > 100 && unseen > 100, "{seen} {unseen}");
}

#[test]
fn phone_keeps_own_reports_and_what_its_unit_is_to_fix_until_that_is_verified() {
    let assigned = summary_of(&Story::reported());
    let unit = assigned.assignment.clone().unwrap().unit;
    let rectified = CaseSummary { state: CaseState::Rectified, ..assigned.clone() };
    let verified = CaseSummary { state: CaseState::Verified, ..assigned.clone() };
    let closed = CaseSummary { state: CaseState::Closed, ..assigned.clone() };
    let mut moved = assigned.clone();
    moved.assignment.as_mut().unwrap().unit = "other".into();
    let mut joint = moved.clone();
    joint.assignment.as_mut().unwrap().co_units = vec![unit.clone()];
    let another = Actor { user: "another".into(), ..inspector() };
    let of_unit = |role| actor(role, Some(unit.as_str()));
    for (name, actor, kept) in [
        ("who reported it", inspector(), [true; 6]),
        ("another inspector", another, [false; 6]),
        ("handler of its unit", of_unit(Role::Handler), [true, true, false, false, false, true]),
        ("lead of its unit", of_unit(Role::UnitLead), [true, true, false, false, false, true]),
        ("handler of no unit", actor(Role::Handler, None), [false; 6]),
        ("reviewer", reviewer(), [false; 6]),
        ("patch leader", of_unit(Role::PatchLeader), [false; 6]),
        ("discipline office", actor(Role::Discipline, None), [false; 6]),
        ("administrator", actor(Role::Administrator, None), [false; 6]),
        ("city", actor(Role::City, None), [false; 6]),
    ] {
        let cases = [&assigned, &rectified, &verified, &closed, &moved, &joint];
        assert_eq!(cases.map(|case| is_kept_on_phone(&actor, case)), kept, "{name}");
    }
}

#[test]
fn reporter_is_shielded_from_the_roles_that_need_not_know() {
    let said = summary_of(&Story::reported());
    for role in Role::ALL {
        let is_named = said.clone().redacted(role).reporter.is_some();
        assert_eq!(is_named, role.sees_reporter(), "{role:?}");
    }
}

#[test]
fn summary_is_read_as_it_is_written() {
    for story in [Story::reported(), {
        let mut story = Story::new();
        story.act(&inspector(), &Command::Report(Box::new(report("0401", 10.0, 10.0)))).unwrap();
        story
    }] {
        let said = summary_of(&story);
        let text = serde_json::to_string(&said).unwrap();
        assert_eq!(serde_json::from_str::<CaseSummary>(&text).unwrap(), said);
        let state = serde_json::to_value(said.state).unwrap();
        assert_eq!(state, said.state.code(), "one name for storage, wire and address");
    }
}

#[test]
fn case_is_found_by_what_is_written_its_number_and_what_it_is_about_in_any_words() {
    let mut story = Story::new();
    let noted = Report { note: "摊主不在场".into(), ..report("0401", 32.705, 109.101) };
    story.act(&inspector(), &Command::Report(Box::new(noted))).unwrap();
    story.act(&handler(), &Command::Claim).unwrap();
    story.act(&handler(), &rectify()).unwrap();
    story.photo_arrives("before");
    story.photo_arrives("after");
    story.act(&reviewer(), &verify(Outcome::Rework)).unwrap();
    let comment = Command::Comment { text: "Next to the school gate".into() };
    story.act(&reviewer(), &comment).unwrap();
    let (case, summary) = (story.case(), summary_of(&story));
    let terms = CaseTerms::of(&case, &summary, "2026-000017", story.district.calendar());
    for (typed, expected) in [
        // What was written, by whoever and whenever.
        ("摊主", true),
        ("在场", true),
        ("已清理", true),
        ("看过现场", true),
        ("school", true),
        ("scho gate", true),
        ("摊贩", false),
        ("hool", false),
        // The number.
        ("2026-000017", true),
        ("2026-0000", true),
        ("2026", true),
        ("000017", true),
        ("17", true),
        ("2026000017", true),
        ("2026-000018", false),
        ("7", false),
        ("2025", false),
        // Category, place, unit and person, as the pack names them.
        ("0401", true),
        ("无照经营", true),
        ("無照經營", true),
        ("wzjyys", true),
        ("wuzhaojingying", true),
        ("street vending", true),
        ("vendimg", true),
        ("安康路", true),
        ("akl", true),
        ("ankang", true),
        ("一片区", true),
        ("城管局", true),
        ("cgj", true),
        ("urban", true),
        ("jjd", false),
        ("月河街", false),
        ("0402", false),
        // All words, in any order.
        ("17 摊主 城管局 ankang", true),
        ("17 摊主 交警队", false),
        // Who reported it.
        ("某人", false),
        (summary.reporter.as_ref().unwrap().as_str(), false),
    ] {
        let text = SearchText::parse(typed).unwrap().unwrap();
        let found = summary::search(&text, &story.district);
        assert_eq!(found.holds(&terms), expected, "{typed}");
        let query = CaseQuery { q: Some(typed.into()), ..CaseQuery::default() };
        let moment = Moment::of(story.district.calendar(), story.now);
        assert_eq!(query.matches(&summary, &terms, Some(&found), moment), expected, "{typed}");
    }
}

#[test]
fn terms_tell_who_sees_a_case_and_which_queue_it_is_in_as_the_summary_does() {
    let mut story = Story::reported();
    let district = common::district();
    let calendar = district.calendar();
    let mut told = 0;
    let steps: [&dyn Fn(&mut Story); 5] = [
        &|_| {},
        &|story| story.act(&handler(), &Command::Claim).unwrap(),
        &|story| story.act(&handler(), &rectify()).unwrap(),
        &|story| {
            story.photo_arrives("before");
            story.photo_arrives("after");
            story.act(&reviewer(), &verify(Outcome::Pass)).unwrap();
        },
        &|story| story.act(&reviewer(), &Command::Close { note: String::new() }).unwrap(),
    ];
    for step in steps {
        step(&mut story);
        let (case, said) = (story.case(), summary_of(&story));
        let terms = CaseTerms::of(&case, &said, "2026-000001", calendar);
        for role in Role::ALL {
            for (unit, person) in
                [(None, None), (Some("cgj"), Some("l1")), (Some("jjd"), Some("x"))]
            {
                let own = Actor { person: person.map(Into::into), ..actor(role, unit) };
                let of_reporter = Actor { user: inspector().user, ..own.clone() };
                for actor in [own, of_reporter] {
                    let mut filter = TermFilter::default();
                    let is_seen = filter.add_sight(&actor) && filter.holds(&terms);
                    assert_eq!(is_seen, summary::sees(&actor, &said), "{actor:?}");
                }
            }
        }
        for days in [0, 1] {
            let now = story.now.plus_millis(days * 24 * 3_600_000);
            let moment = Moment::of(calendar, now);
            for queue in Queue::ALL {
                let query = CaseQuery { queue: Some(queue), ..CaseQuery::default() };
                let mut filter = TermFilter::default();
                let is_whole = filter.add_query(&query, moment);
                let (by_terms, right) = (filter.holds(&terms), queue.contains(&said, moment));
                assert!(by_terms || !right, "{queue:?} {said:?}");
                if is_whole {
                    assert_eq!(by_terms, right, "{queue:?} {said:?}");
                    told += 1;
                }
            }
        }
    }
    assert_eq!(told, 5 * 2 * 6, "all but those that are late or nearly");
}
