//! The tests of `app/shared` that run in a real browser: components, the device store and the
//! way of a photo. wasm-bindgen's runner drives the browser by its WebDriver;
//! `app/shared/webdriver.json` says how it is started.

use anyhow::{Result, bail};

use crate::command::step;
use crate::need;
use crate::paths::Paths;
use crate::runner::{Count, counted};
use crate::server;
use crate::wasm::TARGET;

/// For all tests of one file together, in seconds.
const TIMEOUT: &str = "300";

pub fn test(paths: &Paths, rest: &[String]) -> Result<Count> {
    need::wasm_target()?;
    need::browser()?;
    let runner = need::test_runner(paths)?;
    let mut cargo = server::cargo(paths);
    cargo
        // Not the unit tests of the library: those run natively.
        .args(["test", "-p", "app-shared", "--target", TARGET, "--test", "*", "--no-fail-fast"])
        .arg("--")
        .args(rest)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT);
    if std::env::var_os("CHROMEDRIVER").is_none() {
        cargo.env("CHROMEDRIVER", "chromedriver");
    }
    let count = step("components in the browser", || counted(&mut cargo, rest.is_empty()))?;
    if rest.is_empty() && count.passed == 0 {
        bail!("the browser ran no test");
    }
    Ok(count)
}
