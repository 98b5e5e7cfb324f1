//! What kind of browser this is, as far as it matters to keeping records: some clear
//! what a page stores, and say nothing.

use wasm_bindgen::JsValue;
use web_sys::window;

use super::js;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Installed, or a browser that can be relied on.
    Browser,
    /// A page inside another app (WeChat and its like): no service worker or one that is
    /// not kept, storage that goes with that app's.
    InsideAnApp,
    /// A tab of Safari on a phone: everything is cleared after seven days without use
    /// (WebKit, "Intelligent Tracking Prevention", script-writable storage).
    IosTab,
}

/// Words in the user agent of browsers that live inside an app.
const INSIDE: [&str; 8] =
    ["MicroMessenger", "; wv)", " QQ/", "DingTalk", "Weibo", "AlipayClient", "Lark/", "FBAN"];

pub fn platform() -> Platform {
    let Some(window) = window() else { return Platform::Browser };
    let navigator = window.navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    if INSIDE.iter().any(|word| agent.contains(word)) {
        return Platform::InsideAnApp;
    }
    let is_ios = ["iPhone", "iPad", "iPod"].iter().any(|word| agent.contains(word));
    if is_ios && !js::get(&navigator, "standalone").is_truthy() {
        return Platform::IosTab;
    }
    Platform::Browser
}

/// The address of a file of the entry point that this page belongs to, as its page names it.
pub fn in_entry(file: &str) -> String {
    let root = window().and_then(|it| it.document()).and_then(|it| it.document_element());
    let base = root.and_then(|root| root.get_attribute("data-base")).unwrap_or_default();
    format!("{base}/{file}")
}

/// Whether the browser offers to install the app; `boot.js` keeps the offer.
pub fn can_install() -> bool {
    !offer().is_falsy()
}

/// Shows the browser's own question. An offer can be used once.
pub fn install() {
    let offer = offer();
    if !offer.is_falsy() {
        let _asked = js::call(&offer, "prompt", &[]);
        let global = js_sys::global();
        let _used = js_sys::Reflect::set(&global, &OFFER.into(), &JsValue::NULL);
    }
}

const OFFER: &str = "xunjieInstall";

fn offer() -> JsValue {
    js::get(&js_sys::global(), OFFER)
}
