//! Whether a request was made by our own pages. Browsers state it in headers that pages
//! cannot change: `Sec-Fetch-Site`, and `Origin` where that is absent.

use axum::http::{HeaderMap, header};

/// What a request with a cookie must be before it may change something. A request without
/// either header counts as foreign: a browser sends its cookie with those, too.
#[must_use]
pub fn is_same_origin(headers: &HeaderMap) -> bool {
    stated(headers).unwrap_or(false)
}

/// Whether its headers state that another site made it. Programs that are no browser send
/// neither header.
#[must_use]
pub fn is_cross_site(headers: &HeaderMap) -> bool {
    stated(headers) == Some(false)
}

/// `None` where the headers state nothing.
fn stated(headers: &HeaderMap) -> Option<bool> {
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
    fn requests_count_as_same_origin_only_when_the_headers_say_so() {
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
            assert_eq!(stated(&headers), expected, "{pairs:?}");
        }
    }
}
