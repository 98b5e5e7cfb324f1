//! Lists and counts of cases through HTTP, against what `domain` says of every case: who sees
//! it, and what a query means.

mod tiles;
pub(crate) mod world;

use std::collections::BTreeMap;

use domain::{
    CaseId, District,
    access::Actor,
    case::{CaseState, sees},
    place::metres_between,
    summary::{
        CasePage, CaseQuery, CaseSummary, CaseTerms, Cursor, Moment, NearbyCases, Queue,
        QueueCounts, SearchText, Sort, search,
    },
    sync::CaseLog,
};
use fastrand::Rng;
use xunjie::{
    store::{case_terms, cases},
    system::clock,
};

use self::world::{Made, World, number};
use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::{new_case, order},
    picture::jpeg,
    test_app::send,
};

const CASES: usize = 400;
/// Of each role.
const QUERIES: usize = 40;
const SEED: u64 = 20_261_129;
const ACCOUNTS: [&str; 8] =
    ["inspector", "reviewer", "cgj", "cgjlead", "leader", "discipline", "admin", "city"];

/// The summaries that this person is to be shown, in their order.
fn expected(
    cases: &[Made],
    actor: &Actor,
    district: &District,
    query: &CaseQuery,
    moment: Moment,
) -> Vec<CaseSummary> {
    let text = SearchText::parse(query.q.as_deref().unwrap_or_default()).unwrap();
    let found = text.map(|text| search(&text, district));
    let mut listed: Vec<CaseSummary> = cases
        .iter()
        .filter(|(case, ..)| sees(actor, case, district))
        .map(|(_, summary, terms)| (summary.clone().redacted(actor.role), terms))
        .filter(|(summary, terms)| query.matches(summary, terms, found.as_ref(), moment))
        .map(|(summary, _)| summary)
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

/// Cases that went through anything, as the server has them.
async fn stored_cases(app: &TestApp, world: &mut World<'_>) -> Vec<Made> {
    let mut cases: Vec<_> = (0..CASES).map(|_| world.case()).collect();
    // Phones were without a network: reports of one moment come in any order of their ids.
    world.random.shuffle(&mut cases);
    let district = world.district;
    let made: Vec<Made> = (0..CASES)
        .zip(cases)
        .map(|(before, case)| {
            let summary = CaseSummary::of(&case, district);
            let terms = CaseTerms::of(&case, &summary, &number(before), district.calendar());
            (case, summary, terms)
        })
        .collect();
    let stored: Vec<_> = made.iter().map(|(_, it, terms)| (it.clone(), terms.clone())).collect();
    app.app
        .store
        .write(move |transaction| {
            for ((summary, terms), change) in stored.into_iter().zip(1..) {
                cases::open(transaction, &summary, 2026, change)?;
                case_terms::write(transaction, summary.id, |_| terms)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    made
}

#[tokio::test]
async fn every_role_is_listed_just_the_cases_it_sees_that_match_in_their_order() {
    let app = TestApp::start().await;
    let district = std::sync::Arc::clone(&app.app.decision_context.district);
    let mut world = World { district: &district, random: Rng::with_seed(SEED), now: clock::now() };
    let made = stored_cases(&app, &mut world).await;
    let (mut lengths, mut searches) = (BTreeMap::new(), BTreeMap::new());
    for user in ACCOUNTS {
        let device = app.device(user).await;
        let actor = device.profile.clone().unwrap().actor;
        for _ in 0..QUERIES {
            let query = world.query(&made);
            let moment = Moment::of(district.calendar(), clock::now());
            let right = expected(&made, &actor, &district, &query, moment);
            let listed = all_pages(&device, &query).await;
            assert_eq!(listed, right, "{user}: {query:?}");
            let tally = if query.q.is_some() { &mut searches } else { &mut lengths };
            *tally.entry(listed.len().min(2)).or_insert(0) += 1;
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
        for (_, summary, _) in made.iter().step_by(40) {
            let Some(at) = summary.place.at else { continue };
            let path = format!("/api/v1/cases/near?lat={}&lon={}&metres=1500", at.lat(), at.lon());
            let near: NearbyCases = device.get(&path, 200).await.json();
            assert!(near.cases.is_sorted_by_key(|near| near.metres));
            let listed: Vec<CaseId> = near.cases.iter().map(|near| near.case.summary.id).collect();
            let mut right: Vec<(u32, CaseId)> = made
                .iter()
                .filter(|(case, ..)| sees(&actor, case, &district) && case.state.is_open())
                .filter_map(|(case, ..)| {
                    let away = metres_between(at, case.routing.place.at?);
                    (away <= 1500).then_some((away, case.id))
                })
                .collect();
            right.sort();
            right.truncate(200);
            let right: Vec<CaseId> = right.into_iter().map(|(_, id)| id).collect();
            assert_eq!(listed, right, "{user}");
        }
    }
    for found in [lengths, searches] {
        assert!(found[&0] > 10 && found[&2] > 40, "queries that find something: {found:?}");
    }
    let states: std::collections::BTreeSet<CaseState> =
        made.iter().map(|(case, ..)| case.state).collect();
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
    let paths = [
        "cases?queue=all".into(),
        "cases/counts".into(),
        "cases/tiles/0/0/0".into(),
        format!("cases/{id}"),
    ];
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
