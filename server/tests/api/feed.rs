//! Which role sees which cases, and whether it sees the reporter; and the feed of a phone, which is
//! of the cases that it keeps.

use domain::{
    case::{CaseState, Command, Outcome},
    duty::Tier,
    sync::Verdict,
};

use reqwest::Method;

use crate::support::{
    Device, TestApp,
    demo::{To, report, shot},
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
        let log = device.log(id).await;
        assert_eq!(log.is_some(), sees_case, "{user}");
        let shown = log.is_some_and(|log| log.events[0].by.is_some());
        assert_eq!(shown, sees_reporter, "{user}");
        if !sees_reporter {
            for path in [
                "/api/v1/sync/changes".to_owned(),
                "/api/v1/cases".to_owned(),
                format!("/api/v1/cases/{id}"),
            ] {
                let request = device.ask(Method::GET, &path);
                let body = request.send().await.unwrap().text().await.unwrap();
                assert!(!body.contains("林长芳"), "{user} is sent the reporter's name: {path}");
            }
        }
    }
}

#[tokio::test]
async fn phone_is_sent_the_cases_that_it_keeps_and_told_once_of_what_it_no_longer_does() {
    let app = TestApp::start().await;
    let mut reporter = app.device("inspector").await;
    let (mut reviewer, mut handler) = (app.device("reviewer").await, app.device("cgj").await);
    let (other, unit) = (app.device("inspector2").await, app.device("hws").await);
    let (before, after) = (jpeg(1), jpeg(2));
    let id = reporter.report(report(To::Tray, &[before.hash])).await;
    reporter.put(&before).await;
    assert_eq!(reviewer.act(id, 1, order("cgj")).await, Verdict::Accepted);
    // Of each phone: what it is sent, and what it is told is gone.
    let told = async |device: &Device, since: &mut u64| {
        let answer = device.changes(*since).await;
        *since = answer.next;
        let sent: Vec<_> = answer.cases.iter().map(|log| log.case).collect();
        (sent, answer.gone)
    };
    let [mut of_reporter, mut of_other, mut of_unit, mut of_next] = [0; 4];
    assert_eq!(told(&reporter, &mut of_reporter).await, (vec![id], vec![]));
    assert_eq!(told(&other, &mut of_other).await, (vec![], vec![]), "another inspector's");
    assert_eq!(told(&handler, &mut of_unit).await, (vec![id], vec![]));
    assert_eq!(told(&reviewer, &mut 0).await, (vec![], vec![]), "headquarters asks");

    assert_eq!(handler.act(id, 2, Command::Claim).await, Verdict::Accepted);
    handler.put(&after).await;
    let rectify = Command::Rectify { photos: vec![shot(after.hash)], note: "已清理".into() };
    assert_eq!(handler.act(id, 3, rectify).await, Verdict::Accepted);
    assert_eq!(told(&other, &mut of_other).await, (vec![], vec![]), "asked for where it is near");
    assert_eq!(told(&unit, &mut of_next).await, (vec![], vec![]));

    let back =
        Command::Verify {
            outcome: Outcome::Rework, photos: Vec::new(), note: "还在原处".into()
        };
    assert_eq!(reviewer.act(id, 4, back).await, Verdict::Accepted);

    assert_eq!(reviewer.act(id, 5, order("hws")).await, Verdict::Accepted);
    assert_eq!(told(&handler, &mut of_unit).await, (vec![], vec![id]), "another unit fixes it now");
    assert_eq!(told(&handler, &mut of_unit).await, (vec![], vec![]), "told once");
    assert_eq!(told(&unit, &mut of_next).await, (vec![id], vec![]));
    assert!(handler.log(id).await.is_some(), "who asks for it sees it still");
    assert_eq!(told(&reporter, &mut of_reporter).await, (vec![id], vec![]));

    let void = Command::Void { reason: "重复上报".into() };
    assert_eq!(reviewer.act(id, 6, void).await, Verdict::Accepted);
    assert_eq!(told(&unit, &mut of_next).await, (vec![], vec![id]), "nothing is to be fixed");
    assert_eq!(told(&reporter, &mut of_reporter).await, (vec![id], vec![]));
    assert_eq!(told(&other, &mut of_other).await, (vec![], vec![]));
    assert_eq!(told(&other, &mut 0).await, (vec![], vec![]), "it never had it");
}

#[tokio::test]
async fn what_ended_is_seen_by_who_reported_it_and_not_by_other_inspectors() {
    let app = TestApp::start().await;
    let mut reporter = app.device("inspector").await;
    let (other, mut reviewer) = (app.device("inspector2").await, app.device("reviewer").await);
    let id = reporter.report(report(To::Tray, &[jpeg(1).hash])).await;
    assert!(other.log(id).await.is_some());
    let void = Command::Void { reason: "重复上报".into() };
    assert_eq!(reviewer.act(id, 1, void).await, Verdict::Accepted);
    assert!(other.log(id).await.is_none());
    assert_eq!(reporter.case(id).await.state, CaseState::Void);
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
