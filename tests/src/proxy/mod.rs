//! A network that fails on purpose, between a real client and a real server.
//!
//! The proxy understands HTTP/1.1 as far as where a request and an answer
//! begin and end. A *policy* sees each whole request and names its fault, so a
//! test can drop the third answer to one call, or enumerate every fault at
//! every step. It never changes a byte of what it lets through.
//!
//! ```text
//! client ──▶ Proxy ──policy(request) → fault──▶ server
//! ```

mod fault;
mod message;
mod serve;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use anyhow::Result;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use fault::Fault;
pub use message::{Body, Head};

/// What a policy knows about a request when it decides.
#[derive(Clone, Debug)]
pub struct Request {
    /// Counts all requests through this proxy, from 0.
    pub index: u64,
    /// How often the same request (method, path, body) came before.
    pub repeat: u32,
    pub method: String,
    /// With the query.
    pub path: String,
    /// SHA-256 of the body, lower-case hex.
    pub digest: String,
    pub length: usize,
}

type Policy = Box<dyn FnMut(&Request) -> Fault + Send>;

pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    line: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

struct Shared {
    server: SocketAddr,
    state: Mutex<ProxyState>,
    sent: AtomicU64,
    up: AtomicU64,
    down: AtomicU64,
}

struct ProxyState {
    policy: Policy,
    seen: HashMap<(String, String, String), u32>,
    requests: Vec<(Request, Fault)>,
}

impl Proxy {
    /// Lets everything through until told otherwise.
    pub async fn before(server: SocketAddr) -> Result<Proxy> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = ProxyState {
            policy: Box::new(|_| Fault::Pass),
            seen: HashMap::new(),
            requests: Vec::new(),
        };
        let shared = Arc::new(Shared {
            server,
            state: Mutex::new(state),
            sent: AtomicU64::new(0),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
        });
        let (line, up) = watch::channel(true);
        let accepting = tokio::spawn(serve::accept(listener, shared.clone(), up));
        Ok(Proxy { address, shared, line, accepting })
    }

    pub fn policy(&self, policy: impl FnMut(&Request) -> Fault + Send + 'static) {
        self.shared.state().policy = Box::new(policy);
    }

    /// The first answer to every distinct request is lost; the server did the work.
    pub fn drop_first_answers(&self) {
        self.policy(|request| match request.repeat {
            0 => Fault::DropAnswer,
            _ => Fault::Pass,
        });
    }

    /// The cable is pulled: open connections end, event streams among them,
    /// and new ones are closed at once.
    pub fn unplug(&self) {
        self.line.send_replace(false);
    }

    pub fn plug_in(&self) {
        self.line.send_replace(true);
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far and what was done to it.
    pub fn requests(&self) -> Vec<(Request, Fault)> {
        self.shared.state().requests.clone()
    }

    /// Bytes that the client paid for: what it sent, wherever that ended, and what it
    /// was sent.
    pub fn paid(&self) -> u64 {
        self.shared.sent.load(Ordering::Relaxed) + self.shared.down.load(Ordering::Relaxed)
    }

    /// Bytes that reached the server, and bytes that reached the client.
    pub fn bytes(&self) -> (u64, u64) {
        (self.shared.up.load(Ordering::Relaxed), self.shared.down.load(Ordering::Relaxed))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.unplug();
    }
}

impl Shared {
    /// A policy that panicked has failed its test already: its lock is usable.
    fn state(&self) -> MutexGuard<'_, ProxyState> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn decide(&self, method: &str, path: &str, body: &[u8]) -> Fault {
        let mut state = self.state();
        let digest = crate::media::sha256(body);
        let key = (method.to_owned(), path.to_owned(), digest.clone());
        let repeat = *state.seen.entry(key).and_modify(|count| *count += 1).or_insert(0);
        let request = Request {
            index: state.requests.len() as u64,
            repeat,
            method: method.into(),
            path: path.into(),
            digest,
            length: body.len(),
        };
        let fault = (state.policy)(&request);
        state.requests.push((request, fault.clone()));
        fault
    }
}

#[cfg(test)]
mod tests;
