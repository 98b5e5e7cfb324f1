//! The stream of live changes.

use domain::case::Command;
use reqwest::{Method, Response};

use crate::support::{
    Device, TestApp,
    demo::{To, report},
    picture::jpeg,
    test_app::send,
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
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let seq = event.split_once("data: ").map(|(kind, data)| {
                    assert_eq!(kind, "event: change\n");
                    let data: serde_json::Value = serde_json::from_str(data).unwrap();
                    data["seq"].as_u64().unwrap()
                });
                self.text = rest.to_owned();
                if seq.is_some() {
                    return seq;
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
