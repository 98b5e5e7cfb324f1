//! A watch in the page and one on its process: how long a save and a start take as the
//! page itself sees it, and how much memory it holds.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::json;
use tokio::task::JoinHandle;

use crate::browser::{Browser, Memory};
use crate::journey::{hook, hook_with};

/// Runs before the app. A moment counts once it is painted: the next frame, and what was
/// due in it, are over. A tap counts from when the browser had it.
const WATCH: &str = r#"
if (window.top === window && !window.week) {
  const week = window.week = { usable: null, opened: null, saved: null, tapped: null };
  const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now()), 0));
  const one = (name) => document.querySelector(`[data-test="${name}"]`);
  const screen = (name) => one("screen")?.dataset.screen === name;
  const has = {
    capture: () => screen("capture") && one("gallery-input") && one("place-strip"),
    records: () => screen("records") && one("record-row"),
  };
  const fresh = () => document.querySelector('[data-test="saved"]:last-child')?.dataset.case;
  let begun = false;
  const look = () => {
    if (!begun && (has.capture() || has.records())) {
      begun = true;
      painted((at) => { week.usable = at; });
    }
    const { tapped } = week;
    if (tapped && (tapped.screen ? has[tapped.screen]() : fresh() && fresh() !== tapped.before)) {
      week.tapped = null;
      painted((at) => { week[tapped.screen ? "opened" : "saved"] = at - tapped.at; });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  addEventListener("click", (event) => {
    const hook = event.target.closest?.("[data-test]")?.dataset.test ?? "";
    if (hook === "save") week.tapped = { at: event.timeStamp, before: fresh() };
    if (hook === "place-records") week.tapped = { at: event.timeStamp, screen: "records" };
  }, true);
}
"#;

pub struct Watch;

impl Watch {
    /// For every page from now on, until the browser is closed.
    pub async fn put_on(phone: &Browser) -> Result<()> {
        let source = json!({ "source": WATCH });
        phone.devtools("Page.addScriptToEvaluateOnNewDocument", source).await.map(drop)
    }

    /// From the navigation until the app could be used, in milliseconds.
    pub async fn usable(phone: &Browser) -> Result<f64> {
        Self::taken(phone, "usable").await
    }

    /// From the tap on save until "saved" stood there, in milliseconds.
    pub async fn saved(phone: &Browser) -> Result<f64> {
        Self::taken(phone, "saved").await
    }

    /// Taps a place at the thumb; until it was there, in milliseconds.
    pub async fn opened(phone: &Browser, place: &str) -> Result<f64> {
        phone.click(&hook(&format!("place-{place}"))).await?;
        phone.see(&hook_with("screen", "screen", place)).await?;
        Self::taken(phone, "opened").await
    }

    /// Each figure is taken once.
    async fn taken(phone: &Browser, what: &str) -> Result<f64> {
        let ms = phone.until(&format!("window.week?.{what}")).await?;
        phone.run::<()>("window.week[arguments[0]] = null", vec![json!(what)]).await?;
        ms.as_f64().with_context(|| format!("{what}: {ms}"))
    }
}

/// What was measured, in milliseconds.
#[derive(Default)]
pub struct Times {
    pub saves: Sample,
    pub starts: Sample,
    /// Starts at the list of records.
    pub at_records: Sample,
    /// The list of records opened from the camera.
    pub opened: Sample,
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "saves {}, starts {}",
            self.saves.last(10).summary(),
            self.starts.last(3).summary()
        )
    }
}

/// In the order in which it was measured.
#[derive(Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn last(&self, count: usize) -> Sample {
        Sample(self.0[self.0.len().saturating_sub(count)..].to_vec())
    }

    /// The middle, the 95th percentile and the worst.
    pub fn summary(&self) -> String {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let index = (sorted.len() as f64 * share).ceil() as usize;
            sorted.get(index.max(1) - 1).copied().unwrap_or(f64::NAN)
        };
        format!("{:.0} / p95 {:.0} / {:.0}", at(0.5), at(0.95), at(1.0))
    }
}

/// Looks at the page's process four times a second.
pub struct MemoryWatch {
    most: Arc<AtomicU64>,
    memory: Memory,
    looking: JoinHandle<()>,
}

const LOOK: Duration = Duration::from_millis(250);

impl MemoryWatch {
    pub fn begin(phone: &Browser) -> Self {
        let (most, memory) = (Arc::new(AtomicU64::new(0)), phone.memory());
        let (highest, of) = (most.clone(), memory.clone());
        let looking = tokio::spawn(async move {
            let mut next = tokio::time::interval(LOOK);
            loop {
                next.tick().await;
                highest.fetch_max(of.page(), Ordering::Relaxed);
            }
        });
        Self { most, memory, looking }
    }

    /// The most that was seen so far, in bytes.
    pub fn most(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }

    pub fn summary(&self) -> String {
        format!("{} of {} MB", self.memory.page() / 1_000_000, self.most() / 1_000_000)
    }
}

impl Drop for MemoryWatch {
    fn drop(&mut self) {
        self.looking.abort();
    }
}
