//! Errors on the wire: `application/problem+json` (RFC 9457), written in one place, in the
//! language of the request.

mod api_error;
mod message;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{Lang, sync::Problem};

pub use api_error::ApiError;

/// When a client shall send again while storage fails; the server tries its parts every 15 s.
const RETRY_AFTER_SECONDS: u64 = 30;

/// Writes the error that a handler returned, in the language of the request. Handlers do not
/// know that language, so their errors travel here in the response's extensions.
pub async fn write_problems(request: Request, next: Next) -> Response {
    let lang = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or_else(Lang::default, Lang::from_accept_language);
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<ApiError>() {
        Some(error) => write(&error, lang),
        None => response,
    }
}

fn write(error: &ApiError, lang: Lang) -> Response {
    let problem = Problem {
        code: error.code().into(),
        status: error.status().as_u16(),
        title: message::of(error, lang),
        detail: match error {
            ApiError::Malformed(detail) => Some(detail.clone()),
            _ => None,
        },
    };
    let mut response = (error.status(), axum::Json(problem)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match error {
        ApiError::TryLater(seconds) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        ApiError::Storage(_) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
        }
        _ => {}
    }
    response
}
