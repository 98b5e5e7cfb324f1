//! The feed of changes: who sees what, with whom shielded.

use domain::{
    case::{CaseState, Command},
    duty::Tier,
    sync::Verdict,
};

use crate::support::{
    TestApp,
    demo::{To, report},
    device::order,
    picture::jpeg,
};

#[tokio::test]
async fn units_see_a_case_and_not_who_found_it() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photo = jpeg(1);
    let id = inspector.report(report(To::Unit(Tier::Law, "cgj"), &[photo.hash])).await;
    for (user, sees_case, sees_reporter) in [
        ("inspector", true, true),
        ("inspector2", true, true),
        ("reviewer", true, true),
        ("discipline", true, true),
        ("cgj", true, false),
        ("cgjlead", true, false),
        ("hws", false, false),
        ("admin", true, false),
        ("city", true, false),
    ] {
        let device = app.device(user).await;
        let answer = device.get("/api/v1/sync/changes", 200).await;
        let told = String::from_utf8(answer.bytes.clone()).unwrap();
        assert_eq!(told.contains(&id.to_string()), sees_case, "{user}");
        let log = device.log(id).await;
        assert_eq!(log.is_some(), sees_case, "{user}");
        let shown = log.is_some_and(|log| log.events[0].by.is_some());
        assert_eq!(shown, sees_reporter, "{user}");
        if !sees_reporter {
            assert!(!told.contains("林长芳"), "{user} is told the reporter's name");
        }
    }
}

#[tokio::test]
async fn what_ends_is_gone_for_who_sees_only_what_is_open() {
    let app = TestApp::start().await;
    let mut reporter = app.device("inspector").await;
    let other = app.device("inspector2").await;
    let mut reviewer = app.device("reviewer").await;
    let id = reporter.report(report(To::Tray, &[jpeg(1).hash])).await;
    let seen = other.changes(0).await;
    assert_eq!(seen.cases.len(), 1);
    let void = Command::Void { reason: "重复上报".into() };
    assert_eq!(reviewer.act(id, 1, void).await, Verdict::Accepted);
    let then = other.changes(seen.next).await;
    assert!(then.cases.is_empty());
    assert_eq!(then.gone, [id]);
    assert!(then.next > seen.next);
    let fresh = other.changes(0).await;
    assert!(fresh.cases.is_empty() && fresh.gone.is_empty(), "it never had it");
    assert_eq!(reporter.case(id).await.state, CaseState::Void, "who reported it keeps it");
}

#[tokio::test]
async fn a_case_that_moved_on_stays_with_its_first_unit() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut reviewer = app.device("reviewer").await;
    let (first, second) = (app.device("cgj").await, app.device("hws").await);
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    assert_eq!(reviewer.act(id, 1, order("cgj")).await, Verdict::Accepted);
    assert!(second.log(id).await.is_none());
    assert_eq!(reviewer.act(id, 2, order("hws")).await, Verdict::Accepted);
    assert!(second.log(id).await.is_some());
    assert!(first.log(id).await.is_some(), "it was ever its own");
}

#[tokio::test]
async fn page_by_page_nothing_is_skipped() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut expected = Vec::new();
    for _ in 0..7 {
        expected.push(inspector.report(report(To::Tray, &[jpeg(1).hash])).await);
    }
    let (mut after, mut found) = (0, Vec::new());
    loop {
        let path = format!("/api/v1/sync/changes?after={after}&limit=2");
        let page: domain::sync::Changes = inspector.get(&path, 200).await.json();
        assert!(page.cases.len() <= 2);
        assert!(page.cases.windows(2).all(|pair| pair[0].seq < pair[1].seq));
        found.extend(page.cases.iter().map(|log| log.case));
        after = page.next;
        if !page.more {
            break;
        }
    }
    assert_eq!(found, expected);
    let nothing = inspector.changes(after).await;
    assert!(nothing.cases.is_empty() && nothing.next == after && !nothing.more);
}

#[tokio::test]
async fn a_number_of_another_life_begins_anew() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let answer = inspector.changes(1_000_000).await;
    assert_eq!(answer.cases.len(), 1);
    assert_eq!(inspector.get("/api/v1/sync/changes?after=x", 400).await.problem(), "malformed");
}
