//! A report whose position does not tell the place: kept, marked, and nobody is named by it;
//! one whose position is no place at all: held as unreadable.

use domain::{
    Sha256Hash, Timestamp,
    case::{CaseState, Command, Report},
    duty::{Destination, Tier, Why},
    place::{PlaceChoice, PlaceDoubt, Position},
    sync::{QuarantineReason, Sealed, Verdict},
};
use xunjie::system::clock;

use crate::support::{
    TestApp,
    demo::{To, report},
    device::new_case,
    picture::jpeg,
};

/// Goes to a unit by law, as it stands.
fn by_law(change: impl FnOnce(&mut Position)) -> Report {
    let mut report = report(To::Unit(Tier::Law, "cgj"), &[jpeg(1).hash]);
    change(report.position.as_mut().unwrap());
    report
}

fn ago(millis: i64) -> Timestamp {
    clock::now().plus_millis(-millis)
}

#[tokio::test]
async fn position_of_another_time_or_a_wide_circle_marks_the_case_and_names_nobody() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    for (what, report, why) in [
        ("now, within 5 m", by_law(|_| {}), None),
        ("a minute ago", by_law(|it| it.read = ago(60_000)), None),
        ("two hours ago", by_law(|it| it.read = ago(7_272_000)), Some(Why::PositionStale)),
        ("in 1970", by_law(|it| it.read = Timestamp::from_millis(0)), Some(Why::PositionStale)),
        ("within 300 m", by_law(|it| it.accuracy_m = 300), Some(Why::PositionCoarse)),
        ("within 10 km", by_law(|it| it.accuracy_m = 10_000), Some(Why::PositionCoarse)),
        ("nobody knows", by_law(|it| it.accuracy_m = u32::MAX), Some(Why::PositionCoarse)),
    ] {
        let at = report.position.map(|position| position.at);
        let id = inspector.report(report).await;
        let case = inspector.case(id).await;
        let place = &case.routing.place;
        assert_eq!(place.at, at, "{what}: the coordinates stay");
        match &case.routing.destination {
            Destination::Unit(_) => assert_eq!(why, None, "{what}"),
            Destination::Headquarters { why: found, .. } => assert_eq!(why, Some(*found), "{what}"),
        }
        assert_eq!(case.assignment.is_none(), why.is_some(), "{what}");
        let is_unassigned = case.state == CaseState::Unassigned;
        assert_eq!(is_unassigned, why.is_some(), "{what}");
        let marked = match place.doubt {
            Some(PlaceDoubt::Stale { age_s }) => {
                assert!(age_s >= 7_272, "{what}: {age_s} s");
                Some(Why::PositionStale)
            }
            Some(PlaceDoubt::Coarse { .. }) => Some(Why::PositionCoarse),
            None => None,
        };
        assert_eq!(marked, why, "{what}");
        if why.is_some() {
            assert_eq!((&place.section, &place.point), (&None, &None), "{what}");
        }
    }
}

#[tokio::test]
async fn chosen_section_settles_a_position_that_tells_nothing() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let section = app.app.decision_context.district.pack().sections[0].code.clone();
    let mut report = by_law(|it| {
        it.read = ago(7_272_000);
        it.accuracy_m = 10_000;
    });
    report.chosen = PlaceChoice { section: Some(section.clone()), ..PlaceChoice::default() };
    let id = inspector.report(report).await;
    let place = inspector.case(id).await.routing.place;
    assert_eq!((place.section, place.doubt), (Some(section), None));
    assert!(place.zone.is_some() && place.at.is_none());
}

#[tokio::test]
async fn position_off_the_globe_is_held_as_unreadable() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let unreadable = Verdict::Quarantined { reason: QuarantineReason::Unreadable };
    for (position, expected) in [
        (r#"{"at":[0,91000000],"accuracy_m":5,"read":1}"#, &unreadable),
        (r#"{"at":[0,-90000001],"accuracy_m":5,"read":1}"#, &unreadable),
        (r#"{"at":[180000001,0],"accuracy_m":5,"read":1}"#, &unreadable),
        (r#"{"at":[-180000001,0],"accuracy_m":5,"read":1}"#, &unreadable),
        (r#"{"at":[0],"accuracy_m":5,"read":1}"#, &unreadable),
        (r#"{"at":[0,0],"accuracy_m":-5,"read":1}"#, &unreadable),
        (r#"{"at":[0,0],"accuracy_m":4294967296,"read":1}"#, &unreadable),
        (r#"{"at":[0,0],"accuracy_m":5}"#, &unreadable),
        (r#"{"at":[0,0],"accuracy_m":5,"read":1}"#, &Verdict::Accepted),
        (r#"{"at":[180000000,-90000000],"accuracy_m":4294967295,"read":1}"#, &Verdict::Accepted),
    ] {
        let good = by_law(|_| {});
        let written = serde_json::to_string(&good.position).unwrap();
        let sealed = inspector.operation(new_case(), 0, Command::Report(Box::new(good)));
        let body = sealed.body.replacen(&written, position, 1);
        assert_ne!(body, sealed.body);
        let sealed = Sealed { digest: Sha256Hash::of(body.as_bytes()), body, ..sealed };
        let results = inspector.send(&[sealed]).await;
        assert_eq!(results[0].verdict, *expected, "{position}");
    }
}
