//! Whether a request was made by our own pages. Browsers state it in headers that pages
//! cannot change: `Sec-Fetch-Site` (Fetch Metadata Request Headers), and `Origin` (RFC 6454) where
//! that is absent: over plain HTTP, and in browsers of before 2023.
//!
//! A proxy may put another `Host` in the place of the one that people typed. That one is then known
//! from `public_address`, or from `X-Forwarded-Host`, which no foreign page can set: its request
//! would be preflighted, and no preflight is answered here.

use axum::http::{HeaderMap, header};

/// What a request with a cookie must be before it may change something. A request without
/// either header counts as foreign: a browser sends its cookie with those, too.
#[must_use]
pub fn is_same_origin(headers: &HeaderMap, public_address: &str) -> bool {
    let is_own = stated(headers, public_address).unwrap_or(false);
    if !is_own {
        log(headers, public_address);
    }
    is_own
}

/// Whether its headers state that another site made it. Programs that are no browser send
/// neither header.
#[must_use]
pub fn is_cross_site(headers: &HeaderMap, public_address: &str) -> bool {
    let is_foreign = stated(headers, public_address) == Some(false);
    if is_foreign {
        log(headers, public_address);
    }
    is_foreign
}

/// `None` where the headers state nothing.
fn stated(headers: &HeaderMap, public_address: &str) -> Option<bool> {
    if let Some(site) = headers.get("sec-fetch-site") {
        return Some(site == "same-origin");
    }
    let origin = text(headers, "origin")?;
    let (_scheme, authority) = origin.split_once("://")?;
    if origin.eq_ignore_ascii_case(public_address.trim_end_matches('/')) {
        return Some(true);
    }
    // The first of several is what the browser asked for.
    let forwarded =
        text(headers, "x-forwarded-host").and_then(|hosts| hosts.split(',').next()).map(str::trim);
    let host = text(headers, header::HOST.as_str());
    let hosts = [forwarded, host];
    if hosts.iter().all(Option::is_none) {
        return None;
    }
    Some(hosts.into_iter().flatten().any(|host| authority.eq_ignore_ascii_case(host)))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Behind a proxy that rewrites `Host`, whoever runs the server has to see what to set.
fn log(headers: &HeaderMap, public_address: &str) {
    let of = |name| text(headers, name).unwrap_or("");
    tracing::warn!(
        origin = of("origin"),
        host = of("host"),
        x_forwarded_host = of("x-forwarded-host"),
        sec_fetch_site = of("sec-fetch-site"),
        public_address,
        "refused a request of another site"
    );
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    #[test]
    fn requests_count_as_same_origin_only_when_the_headers_say_so() {
        const PUBLIC: &str = "https://xunjie.example/";
        for (pairs, public_address, expected) in [
            (&[("sec-fetch-site", "same-origin")][..], "", Some(true)),
            (&[("sec-fetch-site", "same-site")], "", Some(false)),
            (
                &[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")],
                "",
                Some(false),
            ),
            (&[("origin", "http://a:8080"), ("host", "a:8080")], "", Some(true)),
            (&[("origin", "https://evil"), ("host", "a:8080")], "", Some(false)),
            (&[("origin", "null"), ("host", "a")], "", None),
            (&[("host", "a")], "", None),
            // nginx puts the address of the server behind it into `Host`.
            (&[("origin", "https://xunjie.example"), ("host", "127.0.0.1:8080")], "", Some(false)),
            (
                &[("origin", "https://xunjie.example"), ("host", "127.0.0.1:8080")],
                PUBLIC,
                Some(true),
            ),
            (
                &[("origin", "http://xunjie.example"), ("host", "127.0.0.1:8080")],
                PUBLIC,
                Some(false),
            ),
            (
                &[("origin", "https://evil.example"), ("host", "127.0.0.1:8080")],
                PUBLIC,
                Some(false),
            ),
            (
                &[
                    ("origin", "https://xunjie.example"),
                    ("host", "127.0.0.1:8080"),
                    ("x-forwarded-host", "xunjie.example, inner.example"),
                ],
                "",
                Some(true),
            ),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://evil.example"),
                    ("x-forwarded-host", "evil.example"),
                ],
                PUBLIC,
                Some(false),
            ),
        ] {
            let headers: HeaderMap = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
                .collect();
            assert_eq!(stated(&headers, public_address), expected, "{pairs:?} {public_address}");
        }
    }
}
