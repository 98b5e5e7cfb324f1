//! Searching cases by text: what was written in them since when, what it is not found by, and
//! what a search may be.

use domain::{
    CaseId,
    case::Command,
    duty::Tier,
    summary::{CasePage, QueueCounts, SearchText},
    sync::{Problem, Verdict},
};
use reqwest::Method;

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::{order, rectify},
    picture::jpeg,
    test_app::send,
};

async fn found(device: &Device, typed: &str) -> Vec<CaseId> {
    let query = serde_urlencoded::to_string([("q", typed)]).unwrap();
    let page: CasePage = device.get(&format!("/api/v1/cases?{query}"), 200).await.json();
    let counts: QueueCounts =
        device.get(&format!("/api/v1/cases/counts?{query}"), 200).await.json();
    let counted = counts.queues.iter().map(|count| count.cases).max().unwrap();
    assert_eq!(counted, u32::try_from(page.cases.len()).unwrap(), "{typed}");
    page.cases.into_iter().map(|row| row.summary.id).collect()
}

#[tokio::test]
async fn what_is_written_in_a_case_is_found_from_the_moment_it_is_written() {
    let app = TestApp::start().await;
    let (mut inspector, mut reviewer) =
        (app.device("inspector").await, app.device("reviewer").await);
    let mut handler = app.device("cgj").await;
    let noted =
        domain::case::Report { note: "井盖松动".into(), ..report(To::Tray, &[jpeg(1).hash]) };
    let id = inspector.report(noted).await;
    let other = inspector.report(report(To::Tray, &[jpeg(2).hash])).await;
    assert_eq!(found(&reviewer, "井盖").await, [id]);
    let comment = |text: &str| Command::Comment { text: text.into() };
    let close = Command::Close { note: "回访满意".into() };
    for (typed, step) in
        [("指挥部交办", 0), ("tactile", 1), ("已清理", 2), ("通过复核", 3), ("回访", 4)]
    {
        assert_eq!(found(&reviewer, typed).await, [], "{typed}");
        let verdict = match step {
            0 => reviewer.act(id, 1, order("cgj")).await,
            1 => inspector.act(id, 2, comment("Blocks the TACTILE paving")).await,
            2 => {
                handler.act(id, 2, Command::Claim).await;
                handler.act(id, 3, rectify(&jpeg(3))).await
            }
            3 => reviewer.act(id, 4, comment("等通过复核")).await,
            _ => {
                inspector.put(&jpeg(1)).await;
                handler.put(&jpeg(3)).await;
                let (outcome, note) = (domain::case::Outcome::Pass, String::new());
                let pass = Command::Verify { outcome, photos: Vec::new(), note };
                reviewer.act(id, 4, pass).await;
                reviewer.act(id, 5, close.clone()).await
            }
        };
        assert_eq!(verdict, Verdict::Accepted, "{typed}");
        assert_eq!(found(&reviewer, typed).await, [id], "{typed}");
    }
    // What it was first found by finds it still, and all of it together.
    assert_eq!(found(&reviewer, "井盖 tactile 清理 cgj").await, [id]);
    let both = [other, id];
    assert_eq!(found(&reviewer, "2026").await.len(), both.len());
    assert_eq!(found(&reviewer, "2").await, [other]);
}

#[tokio::test]
async fn search_finds_nothing_that_a_list_would_not_show_and_nobody_by_their_reports() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let unit = To::Unit(Tier::Law, "cgj");
    let noted =
        domain::case::Report { note: "井盖松动".into(), ..report(unit, &[jpeg(1).hash]) };
    let id = inspector.report(noted).await;
    let shown = inspector.profile.clone().unwrap().actor.name;
    for (user, is_seen) in [("reviewer", true), ("inspector", true), ("cgj", true), ("jjd", false)]
    {
        let device = app.device(user).await;
        let expected = if is_seen { vec![id] } else { Vec::new() };
        assert_eq!(found(&device, "井盖").await, expected, "{user}");
        // As terms of the index have it, and as people know it.
        for reporter in ["inspector", "x696e73706563746f72", &shown] {
            assert_eq!(found(&device, reporter).await, [], "{user}: {reporter}");
        }
        let counts: QueueCounts =
            device.get("/api/v1/cases/counts?q=2026&reporter=inspector", 200).await.json();
        let counted = counts.queues.iter().map(|count| count.cases).max().unwrap();
        assert_eq!(counted, u32::from(matches!(user, "reviewer" | "inspector")), "{user}");
    }
}

#[tokio::test]
async fn what_is_syntax_to_a_database_is_text_to_a_search() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let noted =
        domain::case::Report { note: "near the gate".into(), ..report(To::Tray, &[jpeg(1).hash]) };
    let id = inspector.report(noted).await;
    for (typed, is_found) in [
        ("gate", true),
        ("\"gate", true),
        ("gate*", true),
        ("-gate", true),
        ("terms:gate", false),
        ("NEAR(gate the)", true),
        ("gate OR nothing", false),
        ("gate NOT nothing", false),
        ("NOT nothing", false),
        ("'); DROP TABLE cases; --", false),
        ("{terms} : ^gate + \u{0} tgate", false),
        ("%", true),
        ("", true),
    ] {
        let expected = if is_found { vec![id] } else { Vec::new() };
        assert_eq!(found(&inspector, typed).await, expected, "{typed}");
    }
}

#[tokio::test]
async fn search_that_is_too_long_is_refused_in_three_languages() {
    let app = TestApp::start().await;
    let device = app.device("reviewer").await;
    for (typed, is_good) in [
        ("占".repeat(SearchText::MAX_CHARS), true),
        ("占".repeat(SearchText::MAX_CHARS + 1), false),
        ("a ".repeat(SearchText::MAX_WORDS), true),
        ("a ".repeat(SearchText::MAX_WORDS + 1), false),
    ] {
        let query = serde_urlencoded::to_string([("q", &typed)]).unwrap();
        for path in ["cases", "cases/counts"] {
            let path = format!("/api/v1/{path}?{query}");
            if is_good {
                device.get(&path, 200).await;
                continue;
            }
            let mut titles = std::collections::BTreeSet::new();
            for language in ["zh-Hans", "zh-Hant", "en"] {
                let request = device.ask(Method::GET, &path).header("accept-language", language);
                let answer = send(request, 422).await;
                assert_eq!(answer.problem(), "search_too_long");
                titles.insert(answer.json::<Problem>().title);
            }
            assert_eq!(titles.len(), 3, "{titles:?}");
        }
    }
}
