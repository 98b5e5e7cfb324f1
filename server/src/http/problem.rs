//! Failures on the wire: `application/problem+json` (RFC 9457), written in one place, in the
//! language of the request.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{
    Lang,
    sync::{Problem, UPLOAD_OFFSET},
};

use super::{failure::Failure, sentence};

/// When to ask again while the disk is in trouble.
const PATIENCE_SECONDS: u64 = 30;

/// The edge: writes failures in the language of the request.
pub async fn speak(request: Request, next: Next) -> Response {
    let lang = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or_else(Lang::default, Lang::from_accept_language);
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Failure>() {
        Some(failure) => written(&failure, lang),
        None => response,
    }
}

fn written(failure: &Failure, lang: Lang) -> Response {
    let problem = Problem {
        code: failure.code().into(),
        status: failure.status().as_u16(),
        title: sentence::of(failure, lang),
        detail: match failure {
            Failure::Malformed(detail) => Some(detail.clone()),
            _ => None,
        },
    };
    let mut response = (failure.status(), axum::Json(problem)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match failure {
        Failure::TryLater(seconds) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        Failure::Storage(_) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(PATIENCE_SECONDS));
        }
        Failure::Offset(held) => {
            headers.insert(UPLOAD_OFFSET, HeaderValue::from(*held));
        }
        _ => {}
    }
    response
}
