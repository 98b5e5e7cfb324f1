//! The life of a case, as tables: who may do what where it stands, and what a stale
//! picture leads to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod common;

use common::{Story, actor, report, shot};
use domain::{
    Lang,
    access::{Act, Role},
    calendar::Lamp,
    case::{CaseState, Command, OrderTo, Outcome, Recorded, Refusal, redact, sees},
    duty::Tier,
};

fn inspector() -> domain::access::Actor {
    actor(Role::Inspector, None)
}

fn reviewer() -> domain::access::Actor {
    actor(Role::Reviewer, None)
}

fn handler() -> domain::access::Actor {
    actor(Role::Handler, Some("cgj"))
}

fn rectify() -> Command {
    Command::Rectify { photos: vec![shot("after")], note: "已清理".into() }
}

fn verify(outcome: Outcome) -> Command {
    Command::Verify { outcome, photos: Vec::new(), note: "看过现场".into() }
}

fn close() -> Command {
    Command::Close { note: String::new() }
}

fn order(unit: &str) -> Command {
    Command::Assign(OrderTo {
        unit: unit.into(),
        person: None,
        co_units: Vec::new(),
        limit: None,
        reason: "指挥部会议第三次".into(),
    })
}

#[test]
fn from_report_to_closed() {
    let mut story = Story::reported();
    assert_eq!(story.case().state, CaseState::Assigned);
    story.act(&handler(), &Command::Claim).unwrap();
    story.act(&handler(), &rectify()).unwrap();
    story.photo_arrives("before");
    story.photo_arrives("after");
    story.act(&inspector(), &verify(Outcome::Rework)).unwrap();
    assert_eq!(story.case().state, CaseState::Claimed);
    assert_eq!(story.case().returned_by().map(|check| check.note.as_str()), Some("看过现场"));
    story.act(&handler(), &rectify()).unwrap();
    assert!(story.case().returned_by().is_none(), "fixed again");
    story.act(&reviewer(), &verify(Outcome::Pass)).unwrap();
    story.act(&reviewer(), &close()).unwrap();
    let case = story.case();
    assert_eq!(case.state, CaseState::Closed);
    assert_eq!(case.rework_count(), 1);
    assert_eq!(case.revision, 7);
    assert!(case.closed_at.is_some());
}

#[test]
fn lamp_counts_from_the_assignment_that_counts_and_ends_with_the_case() {
    let mut story = Story::reported();
    let case = story.case();
    let due = case.assignment.as_ref().unwrap().due.at;
    let given = due.since(case.reported_at);
    for (now, lamp) in [
        (case.reported_at, Lamp::OnTime),
        (due.plus_millis(-given / 4 + 1), Lamp::Near),
        (due, Lamp::Near),
        (due.plus_millis(1), Lamp::Over),
    ] {
        assert_eq!(case.lamp(now), Some(lamp), "{} ms before due", due.since(now));
    }
    story.act(&reviewer(), &Command::Void { reason: "重复".into() }).unwrap();
    assert_eq!(story.case().lamp(due), Some(Lamp::Ended));

    let mut story = Story::new();
    let gravel = Command::Report(Box::new(report("0404", 32.702, 109.130)));
    story.act(&inspector(), &gravel).unwrap();
    assert_eq!(story.case().lamp(story.now), None, "in the tray");
    story.now = story.now.plus_millis(86_400_000);
    story.act(&reviewer(), &order("cgj")).unwrap();
    let case = story.case();
    assert_eq!(case.assigned_at, Some(story.now));
    assert_eq!(case.lamp(story.now), Some(Lamp::OnTime));
}

#[test]
fn from_the_tray_by_order() {
    let mut story = Story::new();
    let gravel = Command::Report(Box::new(report("0404", 32.702, 109.130)));
    story.act(&inspector(), &gravel).unwrap();
    assert_eq!(story.case().state, CaseState::Unassigned);
    story.act(&reviewer(), &order("cgj")).unwrap();
    let case = story.case();
    assert_eq!(case.state, CaseState::Assigned);
    assert_eq!(case.assignment.unwrap().tier, Tier::Order);
    // Headquarters may move what headquarters assigned.
    story.act(&reviewer(), &order("so2")).unwrap();
    assert_eq!(story.case().units.len(), 2);
}

#[test]
fn an_order_does_not_overrule_the_law() {
    let mut story = Story::reported();
    assert_eq!(story.act(&reviewer(), &order("so1")), Err(Refusal::HigherTierDecides));
}

#[test]
fn a_role_does_only_what_is_its_own() {
    let commands = [
        Command::Report(Box::new(report("0401", 32.705, 109.101))),
        order("cgj"),
        Command::Claim,
        rectify(),
        verify(Outcome::Pass),
        close(),
        Command::Void { reason: "重复".into() },
        Command::Comment { text: "已联系".into() },
    ];
    for role in Role::ALL {
        for command in &commands {
            let refused = Story::reported().act(&actor(role, Some("cgj")), command);
            let forbidden = refused == Err(Refusal::NotAllowed);
            assert_eq!(forbidden, !role.may(command.act()), "{role:?} {:?}", command.act());
        }
    }
    assert!(!Role::Inspector.may(Act::Close) && !Role::City.may(Act::Comment));
}

#[test]
fn each_state_admits_its_own_acts() {
    let unit = handler();
    let other = actor(Role::Handler, Some("so1"));
    let hq = reviewer();
    let wrong = |state: &str| Err(Refusal::WrongState { state: state.into() });
    // What has been done so far, then who tries what.
    let claimed = |story: &mut Story| story.act(&handler(), &Command::Claim).unwrap();
    let nothing = |_: &mut Story| {};
    type Before<'a> = &'a dyn Fn(&mut Story);
    let rows: [(Before<'_>, &domain::access::Actor, Command, Result<(), Refusal>); 11] = [
        (&nothing, &unit, Command::Claim, Ok(())),
        (&nothing, &other, Command::Claim, Err(Refusal::NotYours)),
        (&nothing, &unit, rectify(), wrong("assigned")),
        (&nothing, &hq, verify(Outcome::Pass), wrong("assigned")),
        (&nothing, &hq, close(), wrong("assigned")),
        (&nothing, &hq, Command::Void { reason: "  ".into() }, Err(Refusal::ReasonNeeded)),
        (&nothing, &hq, Command::Void { reason: "重复".into() }, Ok(())),
        (&claimed, &unit, Command::Claim, wrong("claimed")),
        (
            &claimed,
            &unit,
            Command::Rectify { photos: Vec::new(), note: String::new() },
            Err(Refusal::PhotoNeeded),
        ),
        (&claimed, &unit, rectify(), Ok(())),
        (
            &nothing,
            &unit,
            Command::Comment { text: "字".repeat(2001) },
            Err(Refusal::TextTooLong { most: 2000 }),
        ),
    ];
    for (before, who, command, expected) in rows {
        let mut story = Story::reported();
        before(&mut story);
        assert_eq!(story.act(who, &command), expected, "{command:?}");
    }
}

#[test]
fn photos_on_their_way_hold_up_verification_but_not_a_claim() {
    let mut story = Story::reported();
    story.act(&handler(), &Command::Claim).unwrap();
    story.act(&handler(), &rectify()).unwrap();
    let pending = |missing| Err(Refusal::PhotosPending { missing });
    assert_eq!(story.act(&reviewer(), &verify(Outcome::Pass)), pending(2));
    story.photo_arrives("after");
    assert_eq!(story.act(&reviewer(), &verify(Outcome::Pass)), pending(1));
    story.photo_arrives("before");
    assert_eq!(story.act(&reviewer(), &verify(Outcome::Pass)), Ok(()));
}

#[test]
fn a_stale_picture_is_told_and_overwrites_nothing() {
    let mut story = Story::reported();
    let seen = story.case().revision;
    story.act(&reviewer(), &Command::Void { reason: "重复".into() }).unwrap();
    let refused = story.act_from(&handler(), &Command::Claim, seen);
    assert_eq!(refused, Err(Refusal::Moved { seen: 1, now: 2 }));
    assert_eq!(story.case().state, CaseState::Void);
}

#[test]
fn comments_and_arriving_photos_make_no_picture_stale() {
    let mut story = Story::reported();
    let seen = story.case().revision;
    story.photo_arrives("before");
    story.act(&reviewer(), &Command::Comment { text: "请尽快".into() }).unwrap();
    assert_eq!(story.act_from(&handler(), &Command::Claim, seen), Ok(()));
}

#[test]
fn claim_and_fix_made_offline_arrive_in_a_row() {
    let mut story = Story::reported();
    story.act_from(&handler(), &Command::Claim, 1).unwrap();
    story.photo_arrives("before");
    assert_eq!(story.act_from(&handler(), &rectify(), 2), Ok(()));
}

#[test]
fn what_is_unknown_is_named() {
    let mut story = Story::new();
    let unknown = Command::Report(Box::new(report("9999", 32.705, 109.101)));
    let refused = story.act(&inspector(), &unknown).unwrap_err();
    assert_eq!(refused, Refusal::UnknownCategory { category: "9999".into() });
    for lang in Lang::ALL {
        assert!(refused.sentence(lang).contains("9999"));
    }
}

#[test]
fn reporters_are_shielded_from_units() {
    let story = Story::reported();
    let by = |log: Vec<Recorded>| log.first().and_then(|first| first.by.clone());
    assert!(by(redact(story.log.clone(), Role::Handler)).is_none());
    assert!(by(redact(story.log.clone(), Role::Reviewer)).is_some());
}

#[test]
fn a_unit_sees_what_was_ever_its_own() {
    let story = Story::reported();
    let case = story.case();
    for (role, unit, expected) in [
        (Role::Handler, Some("cgj"), true),
        (Role::Handler, Some("so1"), false),
        (Role::UnitLead, None, false),
        (Role::Inspector, None, true),
        (Role::PatchLeader, None, false),
        (Role::Discipline, None, true),
    ] {
        assert_eq!(sees(&actor(role, unit), &case, &story.district), expected, "{role:?} {unit:?}");
    }
}

#[test]
fn an_event_of_a_later_version_is_kept_as_unknown() {
    let mut story = Story::reported();
    let later = r#"{"number":2,"at":1,"event":{"disputed":{"basis":"…"}},"by":null}"#;
    let recorded: Recorded = serde_json::from_str(later).unwrap();
    story.log.push(recorded);
    let case = story.case();
    assert_eq!((case.events, case.state), (2, CaseState::Assigned));
}
