//! Filters of the board that people keep, through HTTP.

use domain::{
    ViewId,
    summary::{CaseQuery, Queue, SavedView, SavedViews, Sort, UnreadableView},
};
use reqwest::Method;
use serde_json::json;
use xunjie::{
    store::Value,
    system::{clock, random},
};

use crate::support::{Answer, Device, TestApp, test_app::send};

fn new_id() -> ViewId {
    ViewId::new(clock::now(), random::bytes().unwrap())
}

fn view(name: &str, query: CaseQuery) -> SavedView {
    SavedView { id: new_id(), name: name.parse().unwrap(), query }
}

fn overdue() -> CaseQuery {
    CaseQuery { queue: Some(Queue::Overdue), sort: Sort::Due, ..CaseQuery::default() }
}

fn path(id: ViewId) -> String {
    format!("/api/v1/views/{id}")
}

async fn put(device: &Device, view: &SavedView, expected: u16) -> Answer {
    send(device.ask(Method::PUT, &path(view.id)).json(view), expected).await
}

async fn remove(device: &Device, id: ViewId) {
    send(device.ask(Method::DELETE, &path(id)), 204).await;
}

async fn list(device: &Device) -> SavedViews {
    device.get("/api/v1/views", 200).await.json()
}

fn listed(views: &[&SavedView]) -> SavedViews {
    SavedViews { views: views.iter().copied().cloned().collect(), unreadable: Vec::new() }
}

#[tokio::test]
async fn a_view_is_on_each_device_of_its_person_until_it_is_removed() {
    let app = TestApp::start().await;
    let (desk, phone) = (app.device("reviewer").await, app.device("reviewer").await);
    let (second, mut first) = (view("b", overdue()), view("a", CaseQuery::default()));
    for view in [&second, &first, &first] {
        assert!(put(&desk, view, 204).await.bytes.is_empty());
    }
    assert_eq!(list(&phone).await, listed(&[&first, &second]), "by name, each once");
    first = SavedView { name: "c".parse().unwrap(), query: overdue(), ..first };
    put(&phone, &first, 204).await;
    assert_eq!(list(&desk).await, listed(&[&second, &first]));
    let app = app.restart().await;
    let desk = app.device("reviewer").await;
    for _ in 0..2 {
        remove(&desk, first.id).await;
        assert_eq!(list(&desk).await, listed(&[&second]));
    }
}

#[tokio::test]
async fn views_of_one_person_are_nothing_to_another_not_even_under_the_same_id() {
    let app = TestApp::start().await;
    let (reviewer, lead) = (app.device("reviewer").await, app.device("cgjlead").await);
    let own = view("到期", overdue());
    put(&reviewer, &own, 204).await;
    assert_eq!(list(&lead).await, SavedViews::default());
    let other = SavedView { query: CaseQuery::default(), ..own.clone() };
    put(&lead, &other, 204).await;
    assert_eq!(list(&lead).await, listed(&[&other]));
    remove(&lead, own.id).await;
    assert_eq!(list(&reviewer).await, listed(&[&own]));
}

#[tokio::test]
async fn the_place_in_the_list_is_not_kept_and_the_name_is_without_space_around_it() {
    let app = TestApp::start().await;
    let reviewer = app.device("reviewer").await;
    let id = new_id();
    let query = json!({
        "queue": "overdue", "limit": 7,
        "cursor": "1800000000000_01a2287f-a159-73fd-a857-2e62098ec666",
    });
    let body = json!({ "id": id, "name": "  到期 ", "query": query });
    send(reviewer.ask(Method::PUT, &path(id)).json(&body), 204).await;
    let query = CaseQuery { queue: Some(Queue::Overdue), ..CaseQuery::default() };
    let kept = SavedView { id, name: "到期".parse().unwrap(), query };
    assert_eq!(list(&reviewer).await, listed(&[&kept]));
}

#[tokio::test]
async fn what_is_no_view_is_refused_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let reviewer = app.device("reviewer").await;
    let (id, other) = (new_id(), new_id());
    let words = ["字"; 9].join(" ");
    for (address, body, status, code) in [
        (id.to_string(), json!({ "id": id, "name": "", "query": {} }), 400, "malformed"),
        (
            id.to_string(),
            json!({ "id": id, "name": "x".repeat(41), "query": {} }),
            400,
            "malformed",
        ),
        (id.to_string(), json!({ "id": id, "name": "a\u{0}b", "query": {} }), 400, "malformed"),
        (id.to_string(), json!({ "id": id, "name": "x" }), 400, "malformed"),
        (
            id.to_string(),
            json!({ "id": id, "name": "x", "query": { "colour": "red" } }),
            400,
            "malformed",
        ),
        (
            id.to_string(),
            json!({ "id": id, "name": "x", "query": { "unit": "u".repeat(5_000) } }),
            400,
            "malformed",
        ),
        (id.to_string(), json!({ "id": other, "name": "x", "query": {} }), 400, "malformed"),
        ("x".into(), json!({ "id": id, "name": "x", "query": {} }), 400, "malformed"),
        (
            id.to_string(),
            json!({ "id": id, "name": "x", "query": { "q": words } }),
            422,
            "search_too_long",
        ),
    ] {
        let request = reviewer.ask(Method::PUT, &format!("/api/v1/views/{address}")).json(&body);
        assert_eq!(send(request, status).await.problem(), code, "{body}");
    }
    let no_id = reviewer.ask(Method::DELETE, "/api/v1/views/x");
    assert_eq!(send(no_id, 400).await.problem(), "malformed");
    assert_eq!(list(&reviewer).await, SavedViews::default());
}

#[tokio::test]
async fn a_person_keeps_fifty_views_and_can_still_change_and_replace_them() {
    let app = TestApp::start().await;
    let reviewer = app.device("reviewer").await;
    let views: Vec<SavedView> =
        (0..SavedViews::MAX).map(|number| view(&format!("{number:02}"), overdue())).collect();
    for view in &views {
        put(&reviewer, view, 204).await;
    }
    let one_more = view("50", overdue());
    assert_eq!(put(&reviewer, &one_more, 409).await.problem(), "too_many_views");
    let changed = SavedView { query: CaseQuery::default(), ..views[0].clone() };
    put(&reviewer, &changed, 204).await;
    remove(&reviewer, views[1].id).await;
    put(&reviewer, &one_more, 204).await;
    let mut expected: Vec<&SavedView> = vec![&changed];
    expected.extend(&views[2..]);
    expected.push(&one_more);
    assert_eq!(list(&reviewer).await, listed(&expected));
    // Others have room of their own.
    put(&app.device("city").await, &one_more, 204).await;
}

#[tokio::test]
async fn a_query_that_a_later_version_stored_is_named_and_does_not_break_the_list() {
    let app = TestApp::start().await;
    let reviewer = app.device("reviewer").await;
    let good = view("good", overdue());
    put(&reviewer, &good, 204).await;
    let queries = [r#"{"colour":"red"}"#, r#"{"queue":"later"}"#, "no JSON"];
    // Ids of one moment are in no order, and a list by name has these by their ids.
    let mut later = queries.map(|_| UnreadableView { id: new_id(), name: "later".into() }).to_vec();
    later.sort_by_key(|view| view.id);
    for (view, query) in later.iter().zip(queries) {
        let values: Vec<Value> =
            vec!["reviewer".into(), view.id.to_string().into(), "later".into(), query.into()];
        let insert = "INSERT INTO saved_views (user_name, id, name, query) VALUES ($1, $2, $3, $4)";
        app.app
            .store
            .write(move |transaction| transaction.execute(insert, &values).map(|_| ()))
            .await
            .unwrap();
    }
    let listed = list(&reviewer).await;
    assert_eq!(listed.views, [good]);
    assert_eq!(listed.unreadable, later);
    remove(&reviewer, later[0].id).await;
    let mended = SavedView { id: later[1].id, ..view("mended", overdue()) };
    put(&reviewer, &mended, 204).await;
    let listed = list(&reviewer).await;
    assert_eq!((listed.views.len(), listed.unreadable), (2, vec![later[2].clone()]));
}
