//! Reads a refused request to its end. A server that answers and closes in the middle of a
//! body resets the connection, and a browser then reports a network error instead of the
//! answer.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, BodyDataStream},
    extract::Request,
    middleware::Next,
    response::Response,
};
use futures_util::{Stream as _, StreamExt as _, stream};

/// Beyond this the connection is closed all the same. More than the largest photo, so that
/// only bodies that no app sends are cut off.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Less than the 75 s after which a silent connection ends.
const MAX_TIME: Duration = Duration::from_secs(60);

pub async fn drain(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body.into_data_stream()));
    let response = next.run(Request::from_parts(parts, shared(Arc::clone(&body)))).await;
    if response.status().is_client_error() || response.status().is_server_error() {
        let _too_slow = tokio::time::timeout(MAX_TIME, discard(body)).await;
    }
    response
}

/// The handler gets the body, and afterwards this layer goes on reading it.
type Shared = Arc<Mutex<BodyDataStream>>;

fn shared(body: Shared) -> Body {
    let chunks = stream::poll_fn(move |context| {
        let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
        std::pin::Pin::new(&mut *body).poll_next(context)
    });
    Body::from_stream(chunks)
}

/// Reads and drops what the handler left.
async fn discard(body: Shared) {
    let mut rest = shared(body).into_data_stream();
    let mut read = 0;
    while read < MAX_BYTES {
        match rest.next().await {
            Some(Ok(chunk)) => read += chunk.len(),
            Some(Err(_)) | None => return,
        }
    }
}
