//! The district pack in force, as the phone carries it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    http::request::{SignedIn, encoding, entity_tag},
    state::App,
};

/// The compiled pack; its `ETag` is its version.
#[utoipa::path(
    get, path = "/pack", tag = "pack",
    responses(
        (status = 200, description = "The compiled pack", body = domain::pack::DistrictPack),
        (status = 304, description = "The device has this version"),
    )
)]
pub async fn download_pack(
    State(app): State<Arc<App>>,
    _: SignedIn,
    headers: HeaderMap,
) -> Response {
    let version = &app.decision_context.district.pack().version;
    // A version is any text; a tag is visible ASCII without quotes.
    let tag: String = version
        .chars()
        .map(|letter| if letter.is_ascii_graphic() && letter != '"' { letter } else { '-' })
        .collect();
    let tag = format!("\"{tag}\"");
    let is_known = entity_tag::is_known(&headers, &tag);
    let brotli = encoding::is_accepted(&headers, "br").then(|| app.pack.brotli()).flatten();
    let mut response = match (is_known, &brotli) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, Some(brotli)) => Body::from(brotli.clone()).into_response(),
        (false, None) => Body::from(app.pack.json.clone()).into_response(),
    };
    let headers = response.headers_mut();
    if !is_known && brotli.is_some() {
        // Naming the encoding keeps the compression layer from compressing it again.
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
