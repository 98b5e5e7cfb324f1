//! Ends calls that take too long. Photos, rescue bundles and live changes have no limit on
//! the whole; they end when nothing moves on their connection.

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::http::problem::ApiError;

/// Less than the 75 s after which a silent connection ends, so that the client gets an
/// answer; more than a database that is locked (2 s) and a full queue of writes take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

pub async fn limit(request: Request, next: Next) -> Response {
    tokio::time::timeout(REQUEST_TIMEOUT, next.run(request))
        .await
        .unwrap_or_else(|_| ApiError::TooSlow.into_response())
}
