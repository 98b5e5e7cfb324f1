//! SHA-256 of bytes the browser holds.

use domain::Sha256Hash;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

/// By the browser where it offers it (not on plain HTTP), else by our own code.
pub async fn sha256(bytes: &ArrayBuffer) -> Sha256Hash {
    match digest(bytes).await {
        Some(hash) => hash,
        None => Sha256Hash::of(&Uint8Array::new(bytes).to_vec()),
    }
}

async fn digest(bytes: &ArrayBuffer) -> Option<Sha256Hash> {
    let crypto = window()?.crypto().ok()?;
    let subtle = super::js::get(&crypto, "subtle");
    let promise = super::js::call(&subtle, "digest", &[&"SHA-256".into(), bytes]).ok()?;
    let digest = JsFuture::from(js_sys::Promise::resolve(&promise)).await.ok()?;
    <[u8; 32]>::try_from(Uint8Array::new(&digest).to_vec()).ok().map(Sha256Hash::from_bytes)
}
