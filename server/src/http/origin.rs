//! Whether a request was made by our own pages. Browsers say so themselves, and pages
//! cannot change what they say: `Sec-Fetch-Site`, and `Origin` where that is absent.

use axum::http::{HeaderMap, header};

/// What a request with a cookie must be before it may change something.
#[must_use]
pub fn is_own(headers: &HeaderMap) -> bool {
    said(headers).unwrap_or(false)
}

/// Whether it says that another site made it. Programs that are no browser say nothing.
#[must_use]
pub fn is_foreign(headers: &HeaderMap) -> bool {
    said(headers) == Some(false)
}

fn said(headers: &HeaderMap) -> Option<bool> {
    if let Some(site) = headers.get("sec-fetch-site") {
        return Some(site == "same-origin");
    }
    let origin = headers.get(header::ORIGIN)?.to_str().ok()?;
    let (_scheme, authority) = origin.split_once("://")?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    Some(authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    #[test]
    fn only_our_own_pages_count() {
        for (pairs, expected) in [
            (&[("sec-fetch-site", "same-origin")][..], Some(true)),
            (&[("sec-fetch-site", "same-site")], Some(false)),
            (
                &[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")],
                Some(false),
            ),
            (&[("origin", "http://a:8080"), ("host", "a:8080")], Some(true)),
            (&[("origin", "https://evil"), ("host", "a:8080")], Some(false)),
            (&[("origin", "null"), ("host", "a")], None),
            (&[("host", "a")], None),
        ] {
            let headers: HeaderMap = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
                .collect();
            assert_eq!(said(&headers), expected, "{pairs:?}");
        }
    }
}
