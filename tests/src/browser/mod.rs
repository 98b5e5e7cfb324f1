//! A real Chromium, as a phone or as a desk, driven over WebDriver.
//!
//! The profile's folder outlives the browser, so a test can kill it (SIGKILL,
//! the whole process group) and start it again on the same storage. Waits watch
//! the page itself; none of them sleeps.

mod access;
mod memory;
mod page;
mod process;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumCapabilities, ChromiumLikeCapabilities, WebDriver};

pub use access::Violation;
pub use memory::Memory;
use process::Driver;

/// How long a wait may last before the test fails.
pub const WAIT_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Device {
    /// 360 × 740, touch, mobile.
    Phone,
    /// 1280 × 800, mouse and keyboard.
    Desktop,
}

pub struct Browser {
    device: Device,
    /// What the user's browser asks for; the app speaks it.
    language: String,
    profile: TempDir,
    running: Option<Running>,
}

struct Running {
    driver: Driver,
    session: WebDriver,
}

impl Browser {
    /// `language` as browsers say it: `zh-CN`, `zh-TW`, `en-US`.
    pub async fn start(device: Device, language: &str) -> Result<Browser> {
        let mut browser = Browser {
            device,
            language: language.into(),
            profile: tempfile::tempdir()?,
            running: None,
        };
        browser.open().await?;
        Ok(browser)
    }

    pub async fn phone() -> Result<Browser> {
        Browser::start(Device::Phone, "zh-CN").await
    }

    pub async fn desk() -> Result<Browser> {
        Browser::start(Device::Desktop, "zh-CN").await
    }

    /// Starts it again on the profile it had.
    pub async fn open(&mut self) -> Result<()> {
        let driver = Driver::start().await?;
        let session = WebDriver::new(driver.url(), self.capabilities()?)
            .await
            .with_context(|| driver.log())?;
        session.set_script_timeout(WAIT_TIMEOUT + Duration::from_secs(5)).await?;
        self.running = Some(Running { driver, session });
        if self.device == Device::Desktop {
            // The page's own size: a window's includes bars, even with no head.
            let size =
                json!({ "width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        }
        Ok(())
    }

    /// SIGKILL to every process of it, as Android does when memory is short.
    pub async fn kill(&mut self) -> Result<()> {
        let running = self.running.take().context("the browser is not running")?;
        process::kill_group_of(self.profile.path())?;
        // The session died with it: telling the driver to end it would only wait.
        let _ = running.session.leak();
        running.driver.end().await
    }

    /// Closes it as a person does.
    pub async fn close(&mut self) -> Result<()> {
        let running = self.running.take().context("the browser is not running")?;
        running.session.quit().await?;
        running.driver.end().await
    }

    /// Where it keeps everything.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.profile.path()
    }

    /// The folder stays when the test ends, for somebody to look at.
    pub fn keep_folder(&mut self) {
        self.profile.disable_cleanup(true);
    }

    /// Another tab of the same browser, in front; the first is number 0.
    pub async fn open_tab(&self) -> Result<usize> {
        let session = self.session()?;
        let tab = session.new_tab().await?;
        session.switch_to_window(tab).await?;
        Ok(session.windows().await?.len() - 1)
    }

    /// Brings a tab to the front.
    pub async fn show_tab(&self, number: usize) -> Result<()> {
        let session = self.session()?;
        let tabs = session.windows().await?;
        let tab = tabs.get(number).with_context(|| format!("there is no tab {number}"))?;
        Ok(session.switch_to_window(tab.clone()).await?)
    }

    /// A phone that was restored from this one's backup: the same profile on another
    /// device. Neither of them may be running.
    pub fn copied(&self) -> Result<Browser> {
        anyhow::ensure!(self.running.is_none(), "a running browser's profile is half written");
        let profile = tempfile::tempdir()?;
        copy(self.profile.path(), profile.path())?;
        Ok(Browser { device: self.device, language: self.language.clone(), profile, running: None })
    }

    /// A look at this browser's processes, also while it is closed and opened again.
    pub fn memory(&self) -> Memory {
        Memory::of(self.profile.path())
    }

    /// For what this module has no word for.
    pub fn session(&self) -> Result<&WebDriver> {
        Ok(&self.running.as_ref().context("the browser is not running")?.session)
    }

    pub fn device(&self) -> Device {
        self.device
    }

    /// Where the device is; permission is given with it.
    pub async fn stand_at(&self, latitude: f64, longitude: f64, accuracy: f64) -> Result<()> {
        self.devtools("Browser.grantPermissions", json!({ "permissions": ["geolocation"] }))
            .await?;
        self.devtools(
            "Emulation.setGeolocationOverride",
            json!({ "latitude": latitude, "longitude": longitude, "accuracy": accuracy }),
        )
        .await
        .map(drop)
    }

    /// A phone that is this many times slower than this machine.
    pub async fn slow_down(&self, times: f64) -> Result<()> {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await.map(drop)
    }

    /// A line of so many bits a second both ways, and so many milliseconds there and back.
    pub async fn limit_line(&self, bits: u32, latency_ms: u32) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let line = json!({
            "offline": false,
            "latency": latency_ms,
            "downloadThroughput": bits / 8,
            "uploadThroughput": bits / 8,
        });
        self.devtools("Network.emulateNetworkConditions", line).await.map(drop)
    }

    /// `light` or `dark`, whatever the machine prefers.
    pub async fn colours(&self, scheme: &str) -> Result<()> {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.session()?.cdp().send_raw(method, parameters).await?)
    }

    /// `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let path = crate::place::folder("screenshots")?.join(format!("{name}.png"));
        self.session()?.screenshot(&path).await?;
        Ok(path)
    }

    fn capabilities(&self) -> Result<ChromiumCapabilities> {
        let mut wanted = ChromiumCapabilities::new();
        wanted.as_mut().set("browserName", "chrome")?;
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            // A camera of five pictures a second: twenty cost half a processor to draw.
            "--use-fake-device-for-media-stream=fps=5",
            "--use-fake-ui-for-media-stream",
        ] {
            wanted.add_arg(argument)?;
        }
        wanted.add_arg(&process::profile_argument(self.profile.path()))?;
        wanted.add_arg(&format!("--accept-lang={}", self.language))?;
        match self.device {
            Device::Desktop => wanted.add_arg("--window-size=1280,800")?,
            Device::Phone => wanted.add_experimental_option(
                "mobileEmulation",
                json!({
                    "deviceMetrics":
                        { "width": 360, "height": 740, "pixelRatio": 2.0, "touch": true, "mobile": true },
                    "userAgent": "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 \
                        (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
                }),
            )?,
        }
        Ok(wanted)
    }
}

/// Files and folders; a lock of a browser that has ended is a link to nowhere.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (kind, to) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            std::fs::create_dir_all(&to)?;
            copy(&entry.path(), &to)?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = process::kill_group_of(self.profile.path());
            let _ = running.session.leak();
        }
    }
}

#[cfg(test)]
mod tests;
