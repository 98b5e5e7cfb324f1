//! Sending a photo. Its bytes are on disk before the database says so, and the database
//! before the receipt is given.

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, header},
};
use domain::{PhotoHash, UserName, evidence::Receipt, sync::PhotoAnswer};
use futures_util::{Stream, StreamExt as _};

use super::{
    failure::Failure,
    signed::{As, Photographer},
};
use crate::{
    clock, intake,
    photos::{self, StoredPhoto},
    state::App,
};

/// A line that brings no byte for this long is given up; the phone sends again.
const SILENCE: Duration = Duration::from_secs(30);

/// Send the bytes of a photo, as they are. The same photo again: the same receipt.
#[utoipa::path(
    put, path = "/photos/{sha256}", tag = "photos",
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, 64 lower-case hexadecimal digits")),
    request_body(content = inline(super::openapi::Bytes), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "The photo is on disk", body = domain::sync::PhotoAnswer),
        (status = 400, description = "`wrong_length`, `interrupted`, `malformed`", body = domain::sync::Problem),
        (status = 403, description = "`not_allowed`", body = domain::sync::Problem),
        (status = 413, description = "`photo_too_large`", body = domain::sync::Problem),
        (status = 415, description = "`photo_format`: a picture in a format in which no photo is kept", body = domain::sync::Problem),
        (status = 422, description = "`not_a_photo`, `too_many_pixels`, `photo_damaged`, `wrong_hash`", body = domain::sync::Problem),
        (status = 503, description = "`full`, `read_only`, `locked`, `damaged`, `unreachable`, with `Retry-After`", body = domain::sync::Problem),
    )
)]
pub async fn photo_put(
    State(app): State<Arc<App>>,
    who: As<Photographer>,
    Path(hash): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<PhotoAnswer>, Failure> {
    let hash = named(&hash)?;
    let stated = stated_length(&headers)?;
    if stated.is_some_and(|length| length > photos::MOST_BYTES) {
        return Err(Failure::PhotoTooLarge(photos::MOST_BYTES));
    }
    let taken = app.photos.ingest(hash, stated, patient(body)).await?;

    let receipt = arrive(app, who.session.actor.user, taken).await?;
    Ok(Json(PhotoAnswer { receipt }))
}

/// Tells the cases that a photo is on disk. Goes on when the phone hangs up now: the bytes
/// are here, so the cases shall know.
pub(super) async fn arrive(
    app: Arc<App>,
    uploader: UserName,
    taken: StoredPhoto,
) -> Result<Receipt, Failure> {
    let work = app.tasks.spawn({
        let app = Arc::clone(&app);
        async move {
            let decision_context = app.decision_context.clone();
            app.store
                .write(move |transaction| {
                    intake::arrive(transaction, &decision_context, &uploader, &taken, clock::now())
                })
                .await
        }
    });
    Ok(work.await.map_err(|_| Failure::Internal)??)
}

pub(super) fn named(hash: &str) -> Result<PhotoHash, Failure> {
    hash.parse().map_err(|_| Failure::Malformed("not a SHA-256".into()))
}

fn stated_length(headers: &HeaderMap) -> Result<Option<u64>, Failure> {
    let Some(stated) = headers.get(header::CONTENT_LENGTH) else { return Ok(None) };
    let stated = stated.to_str().ok().and_then(|text| text.parse().ok());
    Ok(Some(stated.ok_or(Failure::WrongLength)?))
}

pub(super) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, String>> + Send>>;

/// The body's chunks, ended by an error when the line falls silent.
pub(super) fn patient(body: Body) -> Chunks {
    Box::pin(futures_util::stream::unfold(Some(body.into_data_stream()), |body| async {
        let mut body = body?;
        match tokio::time::timeout(SILENCE, body.next()).await {
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(body))),
            Ok(Some(Err(error))) => Some((Err(error.to_string()), None)),
            Ok(None) => None,
            Err(_) => Some((Err("the line fell silent".into()), None)),
        }
    }))
}
