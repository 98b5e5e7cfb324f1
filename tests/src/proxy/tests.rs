//! The proxy before a server of a few lines that counts what it hears.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use super::*;

/// Answers with the body it got, chunked for `/chunked`; `/live` never ends.
async fn echo() -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, hears) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let heard = heard.clone();
            tokio::spawn(answer(client, heard));
        }
    });
    (address, hears)
}

async fn answer(client: TcpStream, heard: mpsc::UnboundedSender<String>) -> std::io::Result<()> {
    let mut client = BufReader::new(client);
    while let Some(head) = Head::read(&mut client).await? {
        let body = match head.request_body().whole(&mut client).await {
            Ok(body) => body,
            Err(error) => {
                let _ = heard.send("half".into());
                return Err(error);
            }
        };
        let _ = heard.send(head.word(1).to_owned());
        let reply = match head.word(1) {
            "/live" => {
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n".into()
            }
            "/chunked" => [
                b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec(),
                format!("{:x}\r\n", body.len()).into_bytes(),
                body,
                b"\r\n0\r\n\r\n".to_vec(),
            ]
            .concat(),
            _ => {
                [format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()).into(), body]
                    .concat()
            }
        };
        client.write_all(&reply).await?;
        if head.word(1) == "/live" {
            let _ = client.read(&mut [0]).await;
            let _ = heard.send("live ended".into());
        }
    }
    Ok(())
}

struct Setup {
    proxy: Proxy,
    hears: mpsc::UnboundedReceiver<String>,
    client: reqwest::Client,
}

impl Setup {
    async fn new(fault: Fault) -> Setup {
        let (server, hears) = echo().await;
        let proxy = Proxy::before(server).await.unwrap();
        proxy.policy(move |_| fault.clone());
        Setup { proxy, hears, client: reqwest::Client::new() }
    }

    async fn post(&self, path: &str, body: &str) -> reqwest::Result<String> {
        let post = self.client.post(self.proxy.url(path)).body(body.to_owned());
        post.send().await?.text().await
    }

    fn heard(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.hears.try_recv().ok()).collect()
    }
}

#[tokio::test]
async fn passes_every_kind_of_body_unchanged() {
    let setup = Setup::new(Fault::Pass).await;
    let large = "巡街".repeat(100_000);
    for path in ["/sized", "/chunked"] {
        for body in ["", "a", large.as_str()] {
            assert_eq!(setup.post(path, body).await.unwrap(), body, "{path}");
        }
    }
    let (up, down) = setup.proxy.bytes();
    assert!(up > 2 * large.len() as u64 && down > 2 * large.len() as u64);
}

#[tokio::test]
async fn the_first_answer_is_lost_and_the_second_comes() {
    let mut setup = Setup::new(Fault::Pass).await;
    setup.proxy.drop_first_answers();
    for body in ["one", "two"] {
        assert!(setup.post("/sized", body).await.is_err());
        assert_eq!(setup.post("/sized", body).await.unwrap(), body);
    }
    assert_eq!(setup.heard().len(), 4, "the server did the work each time");
    let repeats: Vec<_> = setup.proxy.requests().iter().map(|(r, _)| r.repeat).collect();
    assert_eq!(repeats, [0, 1, 0, 1]);
}

#[tokio::test]
async fn faults_before_the_server_and_behind_it() {
    for (fault, client_hears, server_hears) in [
        (Fault::Duplicate, Ok("body"), vec!["/sized", "/sized"]),
        (Fault::Reset, Err(()), vec![]),
        (Fault::DropRequest, Err(()), vec![]),
        (Fault::CutAnswer(0), Err(()), vec!["/sized"]),
        (Fault::CutAnswer(30), Err(()), vec!["/sized"]),
        (Fault::Gateway(502), Ok("<h1>Oops</h1>"), vec![]),
    ] {
        let mut setup = Setup::new(fault.clone()).await;
        let got = setup.post("/sized", "body").await.map_err(|_| ());
        assert_eq!(got.as_deref(), client_hears.as_deref(), "{fault:?}");
        assert_eq!(setup.heard(), server_hears, "{fault:?}");
    }
}

#[tokio::test]
async fn a_request_cut_short_reaches_the_server_in_part() {
    let mut setup = Setup::new(Fault::CutRequest(3)).await;
    assert!(setup.post("/sized", "body").await.is_err());
    assert_eq!(setup.hears.recv().await.as_deref(), Some("half"));
}

#[tokio::test]
async fn delays_and_slow_lines_take_their_time() {
    for fault in [Fault::Delay(Duration::from_millis(200)), Fault::Throttle(100_000)] {
        let setup = Setup::new(fault).await;
        let start = Instant::now();
        let body = "x".repeat(20_000);
        assert_eq!(setup.post("/sized", &body).await.unwrap(), body);
        assert!(start.elapsed() >= Duration::from_millis(200));
    }
}

#[tokio::test]
async fn a_portal_answers_in_the_server_s_place() {
    let mut setup = Setup::new(Fault::Portal).await;
    assert!(setup.post("/api/v1/sync/operations", "{}").await.unwrap().contains("FreeWiFi"));
    assert!(setup.heard().is_empty());
}

#[tokio::test]
async fn a_black_hole_holds_until_the_client_gives_up() {
    let setup = Setup::new(Fault::BlackHole).await;
    let post = setup.client.post(setup.proxy.url("/sized")).timeout(Duration::from_millis(200));
    assert!(post.send().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn pulling_the_cable_ends_streams_and_keeps_new_ones_out() {
    let mut setup = Setup::new(Fault::Pass).await;
    let mut live = setup.client.get(setup.proxy.url("/live")).send().await.unwrap();
    assert_eq!(live.chunk().await.unwrap().unwrap(), "data: 1\n\n");
    setup.proxy.unplug();
    assert!(!matches!(live.chunk().await, Ok(Some(_))));
    assert!(setup.post("/sized", "x").await.is_err());
    setup.proxy.plug_in();
    assert_eq!(setup.post("/sized", "x").await.unwrap(), "x");
    let mut heard = Vec::new();
    while !heard.iter().any(|word| word == "live ended") {
        heard.push(setup.hears.recv().await.unwrap());
    }
}

#[tokio::test]
async fn a_server_that_is_down_looks_like_no_network() {
    let setup = Setup::new(Fault::Pass).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let proxy = Proxy::before(nobody).await.unwrap();
    assert!(setup.client.get(proxy.url("/")).send().await.is_err());
}
