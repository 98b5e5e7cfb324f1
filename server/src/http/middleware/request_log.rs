//! One line of the log for each request. Never: bodies, tokens, positions, or addresses
//! with their query.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use tracing::Instrument as _;

static REQUESTS: AtomicU64 = AtomicU64::new(1);

pub async fn log(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map_or("(site)", MatchedPath::as_str);
    let span = tracing::info_span!(
        "request",
        number = REQUESTS.fetch_add(1, Ordering::Relaxed),
        method = %request.method(),
        path,
        user = tracing::field::Empty,
    );
    async {
        let began = Instant::now();
        let response = next.run(request).await;
        let took_ms = began.elapsed().as_millis();
        let status = response.status().as_u16();
        if response.status().is_server_error() {
            tracing::warn!(status, took_ms, "answered {status}");
        } else {
            tracing::debug!(status, took_ms, "answered {status}");
        }
        response
    }
    .instrument(span)
    .await
}
