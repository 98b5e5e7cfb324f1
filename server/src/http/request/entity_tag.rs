//! Whether a client has what would be answered.

use axum::http::{HeaderMap, header};

/// Whether `If-None-Match` names this entity tag, which is quoted and may be weak (RFC 9110,
/// section 13.1.2: weak comparison).
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let tag = strong(tag);
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|known| matches!(known.trim(), known if known == "*" || strong(known) == tag))
}

fn strong(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_tag_is_known_when_one_of_those_named_is_the_same_but_for_weakness() {
        for (lines, tag, expected) in [
            (&[][..], "\"a\"", false),
            (&["\"a\""], "\"a\"", true),
            (&["W/\"a\""], "\"a\"", true),
            (&["\"a\""], "W/\"a\"", true),
            (&["\"b\", \"a\""], "\"a\"", true),
            (&["\"b\"", "\"a\""], "\"a\"", true),
            (&["*"], "\"a\"", true),
            (&["a"], "\"a\"", false),
            (&["\"b\""], "\"a\"", false),
            (&["\"aa\""], "\"a\"", false),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(line));
            }
            assert_eq!(is_known(&headers, tag), expected, "{lines:?} {tag}");
        }
    }
}
