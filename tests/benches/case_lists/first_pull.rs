//! The first pull of a phone that was just signed in: what goes over the line, compressed as the
//! app asks for it, page by page.

use std::time::{Duration, Instant};

use anyhow::Result;
use domain::sync::Changes;
use reqwest::{Method, header::ACCEPT_ENCODING};
use tests::client::Client;

/// Cases in one answer, as the app asks for them.
const PAGE: u32 = 200;

pub struct FirstPull {
    pub cases: usize,
    pub pages: u32,
    /// Of all bodies, compressed.
    pub bytes: usize,
    /// That the server took, on loopback.
    pub time: Duration,
}

pub async fn measure(phone: &Client) -> Result<FirstPull> {
    let mut pull = FirstPull { cases: 0, pages: 0, bytes: 0, time: Duration::ZERO };
    let mut after = 0;
    loop {
        let path = format!("sync/changes?after={after}&limit={PAGE}");
        let began = Instant::now();
        let compressed = phone.ask(Method::GET, &path).header(ACCEPT_ENCODING, "br").send().await?;
        pull.bytes += compressed.error_for_status()?.bytes().await?.len();
        pull.time += began.elapsed();
        // Once more, to be read.
        let plain = phone.ask(Method::GET, &path).send().await?.error_for_status()?;
        let changes: Changes = plain.json().await?;
        pull.cases += changes.cases.len();
        pull.pages += 1;
        after = changes.next;
        if !changes.more {
            return Ok(pull);
        }
    }
}
