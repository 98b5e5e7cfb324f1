//! The cookie that carries the app's token.

use axum::http::{HeaderName, HeaderValue, header};

use crate::{http::request::COOKIE, state::App};

/// The longest that browsers keep a cookie. The server decides when a session ends.
const COOKIE_SECONDS: u32 = 400 * 24 * 60 * 60;

/// A response header that has the browser keep the token, out of reach of scripts.
pub(super) fn set(app: &App, token: &str) -> (HeaderName, HeaderValue) {
    write(app, token, COOKIE_SECONDS)
}

/// A response header that has the browser delete the token.
pub(super) fn delete(app: &App) -> (HeaderName, HeaderValue) {
    write(app, "", 0)
}

fn write(app: &App, token: &str, seconds: u32) -> (HeaderName, HeaderValue) {
    // A server on plain HTTP in a local network would never get a `Secure` cookie back.
    let secure = if app.config.is_encrypted() { "; Secure" } else { "" };
    let text =
        format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}");
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    (header::SET_COOKIE, value)
}
