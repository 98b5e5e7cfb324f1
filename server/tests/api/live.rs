//! The stream of live changes.

use std::collections::BTreeSet;

use domain::{CaseId, case::Command, duty::Tier, summary::CaseSummary, sync::LatestChange};
use fastrand::Rng;
use reqwest::{Method, Response};
use xunjie::{
    store::{cases, changes},
    system::clock,
};

use crate::{
    case_lists::world::World,
    support::{
        Device, TestApp,
        demo::{To, report},
        device::new_case,
        picture::jpeg,
        test_app::send,
    },
};

/// Reads an open stream event by event.
struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    async fn open(device: &Device) -> Self {
        let response = device.ask(Method::GET, "/api/v1/live").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next change's number; `None` when the stream ends.
    async fn next(&mut self) -> Option<u64> {
        self.next_change().await.map(|change| change.seq)
    }

    /// The cases of the next change.
    async fn next_cases(&mut self) -> Option<Vec<CaseId>> {
        self.next_change().await.expect("the stream is open").cases
    }

    async fn next_change(&mut self) -> Option<LatestChange> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.strip_prefix("event: change\ndata: ");
                // What else there is are beats, while a slow machine works.
                assert!(data.is_some() || event == "event: beat\ndata: {}", "{event}");
                let change = data.map(|data| serde_json::from_str::<LatestChange>(data).unwrap());
                self.text = rest.to_owned();
                if change.is_some() {
                    return change;
                }
            } else {
                let chunk = self.response.chunk().await.unwrap()?;
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        }
    }
}

#[tokio::test]
async fn a_committed_change_is_streamed_at_once() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let reviewer = app.device("reviewer").await;
    let mut stream = Stream::open(&reviewer).await;
    assert_eq!(stream.next().await, Some(0), "the latest number, at once");
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let seq = stream.next().await.unwrap();
    assert!(seq > 0);
    assert_eq!(reviewer.log(id).await.unwrap().seq, seq);
    inspector.act(id, 1, Command::Comment { text: "…".into() }).await;
    assert!(stream.next().await.unwrap() > seq);
}

#[tokio::test]
async fn signing_out_ends_the_streams_of_this_device_alone() {
    let app = TestApp::start().await;
    let device = app.device("reviewer").await;
    let other_device = app.device("reviewer").await;
    let (mut stream, mut other) = (Stream::open(&device).await, Stream::open(&other_device).await);
    stream.next().await.unwrap();
    other.next().await.unwrap();
    send(device.ask(Method::DELETE, "/api/v1/session"), 204).await;
    assert_eq!(stream.next().await, None);
    app.device("inspector").await.report(report(To::Tray, &[jpeg(1).hash])).await;
    assert!(other.next().await.is_some(), "others stay open");
}

#[tokio::test]
async fn open_streams_do_not_keep_the_server_from_stopping() {
    let app = TestApp::start().await;
    let device = app.device("reviewer").await;
    let mut stream = Stream::open(&device).await;
    stream.next().await.unwrap();
    let began = std::time::Instant::now();
    app.stop().await;
    assert_eq!(stream.next().await, None);
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
}

#[tokio::test]
async fn who_sees_a_case_is_told_which_one_changed_and_another_unit_hears_nothing_of_it() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut handler = app.device("cgj").await;
    let mut streams = Vec::new();
    for user in ["reviewer", "cgj", "inspector", "jjd"] {
        let mut stream = Stream::open(&app.device(user).await).await;
        let first = stream.next_change().await.unwrap();
        assert_eq!(first, LatestChange { seq: 0, cases: None }, "{user}: nothing is known yet");
        streams.push((user, stream));
    }
    let (other, mut others) = streams.pop().unwrap();
    let id = inspector.report(report(To::Unit(Tier::Law, "cgj"), &[jpeg(1).hash])).await;
    for (user, stream) in &mut streams {
        assert_eq!(stream.next_cases().await, Some(vec![id]), "{user}: reported");
    }
    handler.act(id, 1, Command::Claim).await;
    for (user, stream) in &mut streams {
        assert_eq!(stream.next_cases().await, Some(vec![id]), "{user}: claimed");
    }
    let of_other = inspector.report(report(To::Unit(Tier::Law, other), &[jpeg(2).hash])).await;
    assert_eq!(others.next_cases().await, Some(vec![of_other]), "its first event after the first");
}

#[tokio::test]
async fn who_loses_sight_of_a_case_that_ends_is_to_ask_anew_and_is_not_told_its_id() {
    let app = TestApp::start().await;
    let mut reviewer = app.device("reviewer").await;
    let mut at_desk = Stream::open(&reviewer).await;
    let mut on_street = Stream::open(&app.device("inspector").await).await;
    at_desk.next().await.unwrap();
    on_street.next().await.unwrap();
    let id = reviewer.report(report(To::Tray, &[jpeg(1).hash])).await;
    assert_eq!(at_desk.next_cases().await, Some(vec![id]));
    assert_eq!(on_street.next_cases().await, Some(vec![id]), "everybody's open cases");
    reviewer.act(id, 1, Command::Void { reason: "重复".into() }).await;
    assert_eq!(at_desk.next_cases().await, Some(vec![id]));
    assert_eq!(on_street.next_cases().await, None);
}

#[tokio::test]
async fn up_to_two_hundred_cases_that_changed_at_once_are_named_each_once_and_more_are_not() {
    let app = TestApp::start().await;
    let mut stream = Stream::open(&app.device("reviewer").await).await;
    stream.next().await.unwrap();
    // More than are kept for streams that are behind, then just too many, all that are named, one.
    for count in [450, 250, 200, 1] {
        let ids = change(&app, count).await;
        let told = stream.next_cases().await;
        if count > 200 {
            assert_eq!(told, None, "{count}");
        } else {
            let told = told.unwrap();
            assert_eq!(told.len(), count);
            assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), ids, "{count}");
        }
    }
}

/// Opens so many cases in one transaction, and changes each once more.
async fn change(app: &TestApp, count: usize) -> BTreeSet<CaseId> {
    let district = std::sync::Arc::clone(&app.app.decision_context.district);
    let mut world = World { district: &district, random: Rng::with_seed(7), now: clock::now() };
    let one = CaseSummary::of(&world.case(), &district);
    let summaries: Vec<CaseSummary> =
        (0..count).map(|_| CaseSummary { id: new_case(), ..one.clone() }).collect();
    let ids = summaries.iter().map(|summary| summary.id).collect();
    app.app
        .store
        .write(move |transaction| {
            for summary in &summaries {
                let number = changes::next(transaction)?;
                cases::open(transaction, summary, 2026, number)?;
            }
            for summary in &summaries {
                let number = changes::next(transaction)?;
                cases::update(transaction, summary, summary, number)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    ids
}
