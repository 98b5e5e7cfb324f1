//! One task a connection: read a request, ask the policy, do what it says.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::message::{Body, Head};
use super::{Fault, Shared};

const PORTAL: &str = "<!doctype html><title>Sign in</title><h1>Welcome to FreeWiFi</h1>";

pub async fn accept(listener: TcpListener, shared: Arc<Shared>, line: watch::Receiver<bool>) {
    while let Ok((client, _)) = listener.accept().await {
        let (shared, mut line) = (shared.clone(), line.clone());
        tokio::spawn(async move {
            tokio::select! {
                // The client and the server see what ended; nobody else needs to.
                _ = connection(client, &shared) => {}
                _ = line.wait_for(|up| !up) => {}
            }
        });
    }
}

async fn connection(client: TcpStream, shared: &Shared) -> Result<()> {
    client.set_nodelay(true)?;
    let mut client = BufReader::new(client);
    while let Some(head) = Head::read(&mut client).await? {
        let body = head.request_body().whole(&mut client).await?;
        let sent = (head.raw.len() + body.len()) as u64;
        shared.sent.fetch_add(sent, Ordering::Relaxed);
        let fault = shared.decide(head.word(0), head.word(1), &body);
        let exchange = Exchange { head: &head, body: &body, shared };
        if exchange.run(&mut client, fault).await?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

struct Exchange<'a> {
    head: &'a Head,
    body: &'a [u8],
    shared: &'a Shared,
}

impl Exchange<'_> {
    /// Breaks when this connection has seen its last request.
    async fn run(
        &self,
        client: &mut BufReader<TcpStream>,
        fault: Fault,
    ) -> Result<ControlFlow<()>> {
        let everything = usize::MAX;
        match fault {
            Fault::Pass => self.relay(client, everything, None).await,
            Fault::CutAnswer(bytes) => self.relay(client, bytes, None).await,
            Fault::Throttle(rate) => self.relay(client, everything, Some(rate)).await,
            Fault::Delay(time) => {
                tokio::time::sleep(time).await; // the wait is the fault
                self.relay(client, everything, None).await
            }
            Fault::DropRequest => Ok(ControlFlow::Break(())),
            Fault::DropAnswer => {
                self.swallow().await?;
                Ok(ControlFlow::Break(()))
            }
            Fault::Duplicate => {
                self.swallow().await?;
                self.relay(client, everything, None).await
            }
            Fault::CutRequest(bytes) => {
                let mut server = TcpStream::connect(self.shared.server).await?;
                let part = &self.body[..bytes.min(self.body.len())];
                self.send(&mut server, &self.head.raw, None).await?;
                self.send(&mut server, part, None).await?;
                Ok(ControlFlow::Break(()))
            }
            Fault::Reset => {
                client.get_ref().set_zero_linger()?;
                Ok(ControlFlow::Break(()))
            }
            Fault::BlackHole => {
                // Ends when the client gives up.
                while Head::read(client).await?.is_some() {}
                Ok(ControlFlow::Break(()))
            }
            Fault::Given(answer) => {
                client.write_all(&answer).await?;
                self.shared.down.fetch_add(answer.len() as u64, Ordering::Relaxed);
                client.shutdown().await?;
                Ok(ControlFlow::Break(()))
            }
            Fault::Portal => self.instead(client, 200, "OK", PORTAL).await,
            Fault::Gateway(status) => {
                self.instead(client, status, "Gateway", "<h1>Oops</h1>").await
            }
        }
    }

    /// To the server and back, at most `most` bytes of the answer.
    async fn relay(
        &self,
        client: &mut BufReader<TcpStream>,
        mut most: usize,
        rate: Option<u32>,
    ) -> Result<ControlFlow<()>> {
        let mut server = self.ask(rate).await?;
        loop {
            let answer = Head::read(&mut server).await?.ok_or(ErrorKind::UnexpectedEof)?;
            let interim = answer.word(1).starts_with('1');
            let mut body = answer.answer_body(self.head.word(0));
            let mut piece = answer.raw.clone();
            loop {
                let part = &piece[..piece.len().min(most)];
                pace(part.len(), rate).await;
                client.write_all(part).await?;
                self.shared.down.fetch_add(part.len() as u64, Ordering::Relaxed);
                most -= part.len();
                if most == 0 {
                    return Ok(ControlFlow::Break(()));
                }
                match next_while_open(&mut body, &mut server, client).await? {
                    Some(next) => piece = next,
                    None => break,
                }
            }
            if !interim {
                let closes = |head: &Head| {
                    head.header("connection")
                        .is_some_and(|value| value.eq_ignore_ascii_case("close"))
                };
                let last = closes(self.head) || closes(&answer) || body.ends_with_connection();
                return Ok(if last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) });
            }
        }
    }

    /// The server's whole answer, which nobody hears. An event stream has no
    /// end: its head is enough to know that the request was taken.
    async fn swallow(&self) -> Result<()> {
        let mut server = self.ask(None).await?;
        let answer = Head::read(&mut server).await?.ok_or(ErrorKind::UnexpectedEof)?;
        let endless =
            answer.header("content-type").is_some_and(|kind| kind.starts_with("text/event-stream"));
        if !endless {
            answer.answer_body(self.head.word(0)).whole(&mut server).await?;
        }
        Ok(())
    }

    async fn ask(&self, rate: Option<u32>) -> Result<BufReader<TcpStream>> {
        let mut server = TcpStream::connect::<SocketAddr>(self.shared.server).await?;
        server.set_nodelay(true)?;
        self.send(&mut server, &self.head.raw, rate).await?;
        self.send(&mut server, self.body, rate).await?;
        Ok(BufReader::new(server))
    }

    async fn send(&self, server: &mut TcpStream, bytes: &[u8], rate: Option<u32>) -> Result<()> {
        for piece in bytes.chunks(16 * 1024) {
            pace(piece.len(), rate).await;
            server.write_all(piece).await?;
            self.shared.up.fetch_add(piece.len() as u64, Ordering::Relaxed);
        }
        server.flush().await
    }

    async fn instead(
        &self,
        client: &mut BufReader<TcpStream>,
        status: u16,
        reason: &str,
        page: &str,
    ) -> Result<ControlFlow<()>> {
        let answer = format!(
            "HTTP/1.1 {status} {reason}\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{page}",
            page.len()
        );
        client.write_all(answer.as_bytes()).await?;
        Ok(ControlFlow::Continue(()))
    }
}

/// A client that left an event stream must be noticed, or the server would
/// keep the stream for ever.
async fn next_while_open(
    body: &mut Body,
    server: &mut BufReader<TcpStream>,
    client: &BufReader<TcpStream>,
) -> Result<Option<Vec<u8>>> {
    let gone = async {
        match client.get_ref().peek(&mut [0]).await {
            Ok(0) => Error::from(ErrorKind::ConnectionAborted),
            // The next request came early; it waits its turn.
            Ok(_) => std::future::pending().await,
            Err(error) => error,
        }
    };
    tokio::select! {
        piece = body.next(server) => piece,
        error = gone => Err(error),
    }
}

async fn pace(bytes: usize, rate: Option<u32>) {
    if let Some(rate) = rate {
        let time = Duration::from_secs_f64(bytes as f64 / f64::from(rate));
        tokio::time::sleep(time).await; // the wait is the fault
    }
}
