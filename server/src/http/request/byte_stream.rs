//! A body as a stream of bytes, for what is too large to be held in memory.

use std::{pin::Pin, time::Duration};

use axum::body::{Body, Bytes};
use futures_util::{Stream, StreamExt as _};

/// A connection that brings no byte for this long is given up; the phone sends again.
/// Shorter than the 75 s of `serve::listener`, so that the handler learns of it first and
/// syncs what came.
const MAX_SILENCE: Duration = Duration::from_secs(30);

pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, String>> + Send>>;

/// The body's chunks, ended by an error when the connection falls silent.
pub fn byte_stream(body: Body) -> ByteStream {
    Box::pin(futures_util::stream::unfold(Some(body.into_data_stream()), |body| async {
        let mut body = body?;
        match tokio::time::timeout(MAX_SILENCE, body.next()).await {
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(body))),
            Ok(Some(Err(error))) => Some((Err(error.to_string()), None)),
            Ok(None) => None,
            Err(_) => Some((Err("the connection fell silent".into()), None)),
        }
    }))
}
