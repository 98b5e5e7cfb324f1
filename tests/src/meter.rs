//! A line that only counts: what of each request really went over it, also when whoever
//! sent it went away in the middle. It hands everything on as it comes and never waits for
//! the whole of anything, so a server has of a broken request just what arrived.
//! [`crate::proxy`] takes whole requests, to do something to exactly one of them.

use std::io::{ErrorKind, Result};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::network::narrow_listener;
use crate::proxy::{Body, Head};

/// One request, as far as it came.
#[derive(Clone, Debug)]
pub struct Carried {
    pub method: String,
    /// With the query.
    pub path: String,
    /// Bytes of the body that whoever sent it put on the line.
    pub sent: u64,
    /// The server's, when there was an answer.
    pub status: Option<String>,
}

pub struct Meter {
    address: SocketAddr,
    seen: Seen,
    plugged: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Carried>>>);

impl Meter {
    pub async fn before(server: SocketAddr) -> anyhow::Result<Self> {
        let listener = narrow_listener()?;
        let address = listener.local_addr()?;
        let seen = Seen::default();
        let (plugged, is_plugged) = watch::channel(true);
        let accepting = tokio::spawn(accept(listener, server, seen.clone(), is_plugged));
        Ok(Self { address, seen, plugged, accepting })
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Open connections end, and new ones are closed at once.
    pub fn unplug(&self) {
        self.plugged.send_replace(false);
    }

    pub fn plug_in(&self) {
        self.plugged.send_replace(true);
    }

    /// Every request so far.
    pub fn carried(&self) -> Vec<Carried> {
        self.seen.list().clone()
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.accepting.abort();
        self.unplug();
    }
}

impl Seen {
    fn list(&self) -> MutexGuard<'_, Vec<Carried>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn begin(&self, head: &Head) -> usize {
        let mut list = self.list();
        list.push(Carried {
            method: head.word(0).into(),
            path: head.word(1).into(),
            sent: 0,
            status: None,
        });
        list.len() - 1
    }
}

async fn accept(
    listener: TcpListener,
    server: SocketAddr,
    seen: Seen,
    plugged: watch::Receiver<bool>,
) {
    while let Ok((client, _)) = listener.accept().await {
        let (seen, mut plugged) = (seen.clone(), plugged.clone());
        tokio::spawn(async move {
            tokio::select! {
                // Both ends see what ended; nobody else needs to.
                _ = connection(client, server, &seen) => {}
                _ = plugged.wait_for(|plugged| !plugged) => {}
            }
        });
    }
}

async fn connection(client: TcpStream, server: SocketAddr, seen: &Seen) -> Result<()> {
    client.set_nodelay(true)?;
    let (from_client, mut to_client) = client.into_split();
    let mut from_client = BufReader::new(from_client);
    while let Some(head) = Head::read(&mut from_client).await? {
        let number = seen.begin(&head);
        let server = TcpStream::connect(server).await?;
        server.set_nodelay(true)?;
        let (from_server, mut to_server) = server.into_split();
        to_server.write_all(&head.raw).await?;
        let count = |bytes| seen.list()[number].sent += bytes;
        let up = up(head.request_body(), &mut from_client, &mut to_server, count);
        let record_status = |status: &str| seen.list()[number].status = Some(status.into());
        let down = down(&head, BufReader::new(from_server), &mut to_client, record_status);
        tokio::pin!(down);
        tokio::select! {
            sent = up => sent?,
            // Answered before it had all: the rest is read by nobody.
            answered = &mut down => return answered,
        }
        tokio::select! {
            answered = &mut down => answered?,
            () = gone(&mut from_client) => return Err(ErrorKind::ConnectionAborted.into()),
        }
    }
    Ok(())
}

async fn up(
    mut body: Body,
    from: &mut BufReader<OwnedReadHalf>,
    to: &mut OwnedWriteHalf,
    count: impl Fn(u64),
) -> Result<()> {
    while let Some(piece) = body.next(from).await? {
        count(piece.len() as u64);
        // Who will not read any more may have answered: that is what ends it.
        if to.write_all(&piece).await.is_err() {
            continue;
        }
    }
    to.flush().await
}

async fn down(
    head: &Head,
    mut from: BufReader<impl AsyncRead + Unpin>,
    to: &mut OwnedWriteHalf,
    record_status: impl Fn(&str),
) -> Result<()> {
    loop {
        let answer = Head::read(&mut from).await?.ok_or(ErrorKind::UnexpectedEof)?;
        to.write_all(&answer.raw).await?;
        let mut body = answer.answer_body(head.word(0));
        while let Some(piece) = body.next(&mut from).await? {
            to.write_all(&piece).await?;
        }
        if !answer.word(1).starts_with('1') {
            record_status(answer.word(1));
            return Ok(());
        }
    }
}

/// Ends when the client has gone; a request that came early waits its turn.
async fn gone(client: &mut BufReader<OwnedReadHalf>) {
    if let Ok([_, ..]) = client.fill_buf().await {
        std::future::pending().await
    }
}
