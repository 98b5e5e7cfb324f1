//! The first pull as a person waits for it: field in a real browser on a line of 2 Mbit/s, from
//! the sign-in to a screen that can be used, and until the last case is there.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;
use tests::{
    browser::Browser,
    client::DEMO_PASSWORD,
    journey::{BY_LAW, hook},
    server::Server,
};

const BITS: u32 = 2_000_000;
const LATENCY_MS: u32 = 40;

#[derive(Deserialize)]
pub struct PullInBrowser {
    /// Milliseconds since the sign-in.
    pub usable_ms: f64,
    pub whole_ms: f64,
    pub requests: u32,
    /// Compressed, of everything that was asked of the server since the sign-in.
    pub bytes: u64,
    #[serde(default)]
    pub page_bytes: u64,
}

/// `usable` is what the person of this account begins with.
pub async fn measure(server: &Server, user: &str, usable: &str) -> Result<PullInBrowser> {
    let mut phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    phone.go(&server.url("/field/")).await?;
    phone.see(&hook("sign-in-submit")).await?;
    // The app itself is there before it is measured what its first pull takes.
    phone.until_offline_ready().await?;
    phone.limit_line(BITS, LATENCY_MS).await?;
    let arguments = vec![json!(user), json!(DEMO_PASSWORD), json!(usable)];
    let pull: PullInBrowser = phone.run_async(PULL, arguments).await.context("the first pull")?;
    let page_bytes = phone.memory().page();
    phone.close().await?;
    Ok(PullInBrowser { page_bytes, ..pull })
}

/// The pull is over when nothing more was asked of the server for two seconds.
const PULL: &str = r#"
const find = (name) => document.querySelector(`[data-test="${name}"]`);
const fill = (name, text) => {
  find(name).value = text;
  find(name).dispatchEvent(new Event("input", { bubbles: true }));
};
performance.clearResourceTimings();
performance.setResourceTimingBufferSize(2000);
fill("sign-in-user", args[0]);
fill("sign-in-password", args[1]);
const began = performance.now();
find("sign-in-submit").click();
return new Promise((done) => {
  let usable = null;
  const look = () => {
    const now = performance.now();
    if (usable === null && document.querySelector(args[2])?.checkVisibility()) usable = now;
    const asked = performance.getEntriesByType("resource").filter((it) => it.name.includes("/api/"));
    const pulls = asked.filter((it) => it.name.includes("/sync/changes"));
    const last = Math.max(0, ...asked.map((it) => it.responseEnd));
    if (usable !== null && pulls.length && now - Math.max(last, usable) > 2000) {
      done({
        usable_ms: usable - began,
        whole_ms: Math.max(...pulls.map((it) => it.responseEnd)) - began,
        requests: pulls.length,
        bytes: asked.reduce((sum, it) => sum + it.encodedBodySize, 0),
      });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"#;
