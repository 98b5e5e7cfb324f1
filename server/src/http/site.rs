//! The app's own files, carried inside the program, compressed at build time. An address
//! that is no file and has no dot in it is a screen: below the path of an entry point its page
//! finds its own way, any other leads through the page at `/` to the person's entry point.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::Sha256Hash;

use super::{
    problem::ApiError,
    request::{encoding, entity_tag},
};

// FILES: paths and bytes, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/site.rs"));

static SITE: LazyLock<HashMap<&str, File>> = LazyLock::new(|| {
    let find = |path: String| FILES.iter().find(|(name, _)| *name == path).map(|(_, file)| *file);
    FILES
        .iter()
        .filter(|(path, _)| !path.ends_with(".br") && !path.ends_with(".gz"))
        .map(|(path, plain)| {
            let file = File {
                plain,
                brotli: find(format!("{path}.br")),
                gzip: find(format!("{path}.gz")),
                tag: format!("\"{}\"", Sha256Hash::of(plain)),
            };
            (*path, file)
        })
        .collect()
});

struct File {
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
    /// Of the plain bytes; each encoding has its own.
    tag: String,
}

/// A file, or the app itself for an address that is one of its screens.
pub async fn site(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return ApiError::NotFound.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return ApiError::MethodNotAllowed.into_response();
    }
    let (path, file) = match SITE.get_key_value(path) {
        Some((path, file)) => (*path, file),
        None if path.rsplit('/').next().is_some_and(|last| last.contains('.')) => {
            return ApiError::NotFound.into_response();
        }
        // A program that was built without the app has one page for every address.
        None => match SITE.get_key_value(page_of(path)).or(SITE.get_key_value("index.html")) {
            Some((path, file)) => (*path, file),
            None => return ApiError::NotFound.into_response(),
        },
    };
    answer(path, file, &headers)
}

/// The page of a screen's address.
fn page_of(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("field") => "field/index.html",
        Some("desk") => "desk/index.html",
        _ => "index.html",
    }
}

fn answer(path: &str, file: &File, asked: &HeaderMap) -> Response {
    let (bytes, coding) = choose(file, asked);
    // Each encoding is another representation and needs a tag of its own (RFC 9110, 8.8.3).
    let tag = match coding {
        Some(coding) => file.tag.replacen('"', &format!("\"{coding}-"), 1),
        None => file.tag.clone(),
    };
    let mut response = if entity_tag::is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(bytes).into_response()
    };
    let caching = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, media_type(path));
    set(header::CACHE_CONTROL, caching);
    set(header::ETAG, &tag);
    set(header::VARY, "Accept-Encoding");
    if let Some(coding) = coding {
        set(header::CONTENT_ENCODING, coding);
    }
    response
}

/// The smallest encoding that the browser accepts.
fn choose(file: &File, asked: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    match (file.brotli, file.gzip) {
        (Some(bytes), _) if encoding::is_accepted(asked, "br") => (bytes, Some("br")),
        (_, Some(bytes)) if encoding::is_accepted(asked, "gzip") => (bytes, Some("gzip")),
        _ => (file.plain, None),
    }
}

/// Whether the name holds a digest of the content, as the build writes it:
/// `app-0123456789abcdef.js`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem.rsplit_once('-').is_some_and(|(_, digest)| {
        digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screens_address_leads_to_the_page_of_its_entry_point() {
        for (path, expected) in [
            ("", "index.html"),
            ("case/1", "index.html"),
            ("field", "field/index.html"),
            ("field/case/1", "field/index.html"),
            ("desk/", "desk/index.html"),
            ("desktop", "index.html"),
        ] {
            assert_eq!(page_of(path), expected, "{path}");
        }
    }

    #[test]
    fn hashed_names_are_recognised() {
        for (path, expected) in [
            ("app-0123456789abcdef.js", true),
            ("workers/shrink-0123456789abcdef.js", true),
            ("app_bg-0123456789abcdef.wasm", true),
            ("index.html", false),
            ("sw.js", false),
            ("icons/icon-192.png", false),
            ("boot-old.js", false),
        ] {
            assert_eq!(is_hashed(path), expected, "{path}");
        }
    }
}
