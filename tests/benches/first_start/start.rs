//! One start of a version on a phone, measured by the page's own clock.

use std::path::PathBuf;

use anyhow::{Result, bail};
use serde_json::json;
use tests::{
    browser::{Browser, Device},
    client::DEMO_PASSWORD,
    journey::{self, BY_LAW, Sight},
    media,
    server::Server,
};

/// How much slower than this machine the page's processor is.
const SLOWER: f64 = 4.0;

/// Milliseconds there and back.
const LATENCY_MS: u32 = 40;

/// Between one record and the next, in degrees: some five metres.
const STEP: f64 = 0.000_05;

#[derive(Clone, Copy)]
pub struct Line {
    pub name: &'static str,
    pub bits: u32,
}

#[derive(Clone, Copy)]
pub struct Entry {
    pub name: &'static str,
    device: Device,
    user: &'static str,
    /// What is usable when the start is over.
    usable: &'static str,
}

pub const ENTRIES: [Entry; 2] = [
    Entry {
        name: "field",
        device: Device::Phone,
        user: "inspector",
        usable: "[data-test=shutter]:not([disabled])",
    },
    Entry {
        name: "desk",
        device: Device::Desktop,
        user: "reviewer",
        usable: "[data-test^=queue-]",
    },
];

pub struct Version {
    pub name: &'static str,
    /// `None`: the binary that the tests use.
    binary: Option<PathBuf>,
    has_entry_points: bool,
}

impl Version {
    pub fn current() -> Result<Self> {
        Ok(Self { name: "this version", binary: None, has_entry_points: true })
    }

    /// The version of `XUNJIE_BEFORE`, which had one entry point for everybody.
    pub fn before() -> Option<Self> {
        let binary = std::env::var_os("XUNJIE_BEFORE")?.into();
        Some(Self { name: "before", binary: Some(binary), has_entry_points: false })
    }

    async fn serve(&self) -> Result<Server> {
        match &self.binary {
            Some(binary) => Server::demo_of(binary).await,
            None => Server::demo().await,
        }
    }

    fn address(&self, server: &Server, entry: Entry) -> String {
        let path = if self.has_entry_points { format!("/{}/", entry.name) } else { "/".into() };
        server.url(&path)
    }
}

/// Seconds of the very first start: nothing of the app is on the phone, the person signs in
/// without a moment's thought.
pub async fn first(version: &Version, entry: Entry, line: Line) -> Result<f64> {
    let server = version.serve().await?;
    let mut browser = browser(entry).await?;
    browser.limit_line(line.bits, LATENCY_MS).await?;
    let seconds = open(&browser, &version.address(&server, entry)).await?;
    browser.close().await?;
    Ok(seconds)
}

/// A phone on which the app has been opened before, with its server.
pub struct Installed {
    server: Server,
    browser: Browser,
    entry: Entry,
    address: String,
}

pub async fn installed(version: &Version, entry: Entry) -> Result<Installed> {
    let server = version.serve().await?;
    let browser = browser(entry).await?;
    let address = version.address(&server, entry);
    open(&browser, &address).await?;
    browser.until_offline_ready().await?;
    Ok(Installed { server, browser, entry, address })
}

impl Installed {
    /// Seconds of a start in a browser that was closed.
    pub async fn start(&mut self) -> Result<f64> {
        self.browser.close().await?;
        self.browser.open().await?;
        prepare(&self.browser, self.entry).await?;
        open(&self.browser, &self.address).await
    }

    /// Makes so many records by hand, each with one photo, along a street.
    pub async fn record(&mut self, records: usize) -> Result<()> {
        self.start().await?;
        self.browser.slow_down(1.0).await?;
        for number in 0..records {
            let spot = journey::Spot {
                longitude: BY_LAW.spot.longitude + STEP * number as f64,
                ..BY_LAW.spot
            };
            let photo = media::tiny(u32::try_from(number)?)?;
            let sight = Sight { spot, ..BY_LAW };
            journey::report(&self.browser, sight, &[&photo]).await?;
        }
        Ok(())
    }

    pub async fn lose_network(&mut self) -> Result<()> {
        self.server.stop().await.map(drop)
    }
}

async fn browser(entry: Entry) -> Result<Browser> {
    let browser = Browser::start(entry.device, "zh-CN").await?;
    prepare(&browser, entry).await?;
    Ok(browser)
}

async fn prepare(browser: &Browser, entry: Entry) -> Result<()> {
    browser.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    browser.slow_down(SLOWER).await?;
    let script = SCRIPT
        .replace("USER", &json!(entry.user).to_string())
        .replace("PASSWORD", &json!(DEMO_PASSWORD).to_string())
        .replace("USABLE", &json!(entry.usable).to_string());
    let parameters = json!({ "source": script });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", parameters).await.map(drop)
}

/// Looks at every frame; signs in as soon as it is asked to.
const SCRIPT: &str = r#"
(() => {
  const find = (name) => document.querySelector(`[data-test="${name}"]`);
  const fill = (name, text) => {
    find(name).value = text;
    find(name).dispatchEvent(new Event("input", { bubbles: true }));
  };
  let isAsked = false;
  const look = () => {
    const submit = find("sign-in-submit");
    if (submit && !isAsked) {
      isAsked = true;
      fill("sign-in-user", USER);
      fill("sign-in-password", PASSWORD);
      submit.click();
    }
    if (document.querySelector(USABLE)?.checkVisibility()) {
      window.usableAfter = performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
})();
"#;

/// Goes there; seconds until it is usable.
async fn open(browser: &Browser, address: &str) -> Result<f64> {
    browser.go(address).await?;
    let Some(after_ms) = browser.until("window.usableAfter").await?.as_f64() else {
        bail!("the page gave no time");
    };
    Ok(after_ms / 1000.0)
}
