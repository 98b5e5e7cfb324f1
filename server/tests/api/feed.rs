//! The feed of changes: which role sees which cases, and whether it sees the reporter.

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
async fn units_see_their_case_without_the_reporter() {
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
        let body = String::from_utf8(answer.bytes.clone()).unwrap();
        assert_eq!(body.contains(&id.to_string()), sees_case, "{user}");
        let log = device.log(id).await;
        assert_eq!(log.is_some(), sees_case, "{user}");
        let shown = log.is_some_and(|log| log.events[0].by.is_some());
        assert_eq!(shown, sees_reporter, "{user}");
        if !sees_reporter {
            assert!(!body.contains("林长芳"), "{user} is sent the reporter's name");
        }
    }
}

#[tokio::test]
async fn a_case_that_ended_is_reported_as_gone_to_roles_that_see_only_open_cases() {
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
async fn a_reassigned_case_stays_visible_to_its_first_unit() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut reviewer = app.device("reviewer").await;
    let (first, second) = (app.device("cgj").await, app.device("hws").await);
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    assert_eq!(reviewer.act(id, 1, order("cgj")).await, Verdict::Accepted);
    assert!(second.log(id).await.is_none());
    assert_eq!(reviewer.act(id, 2, order("hws")).await, Verdict::Accepted);
    assert!(second.log(id).await.is_some());
    assert!(first.log(id).await.is_some(), "it was assigned to this unit once");
}

#[tokio::test]
async fn reading_the_feed_page_by_page_skips_no_case() {
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
async fn a_feed_position_beyond_the_latest_change_starts_from_the_beginning() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let answer = inspector.changes(1_000_000).await;
    assert_eq!(answer.cases.len(), 1);
    assert_eq!(inspector.get("/api/v1/sync/changes?after=x", 400).await.problem(), "malformed");
}
