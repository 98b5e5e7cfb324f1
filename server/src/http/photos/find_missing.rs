//! Which of a device's photos the server lacks.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::{
    evidence::{Receipt, ReceiptSubject},
    sync::{MissingAnswer, MissingQuery, PartialPhoto},
};

use crate::{
    http::{
        problem::ApiError,
        request::{JsonBody, Photographer, SignedInAs},
    },
    photos::Expected,
    state::App,
    store::photos,
};

/// Photos asked about in one call. Each costs a row and a check of its file; a phone with
/// more asks again.
const MAX_PHOTOS: usize = 1000;

/// Ask which photos to send.
#[utoipa::path(
    post, path = "/photos/missing", tag = "photos",
    request_body(content = domain::sync::MissingQuery),
    responses(
        (status = 200, description = "What is missing, and receipts of what is held", body = domain::sync::MissingAnswer),
        (status = 403, description = "`not_allowed`", body = domain::sync::Problem),
    )
)]
pub async fn find_missing_photos(
    State(app): State<Arc<App>>,
    _: SignedInAs<Photographer>,
    JsonBody(query): JsonBody<MissingQuery>,
) -> Result<Json<MissingAnswer>, ApiError> {
    if query.photos.len() > MAX_PHOTOS {
        return Err(ApiError::Malformed(format!("more than {MAX_PHOTOS} photos")));
    }
    let mut answer = app
        .store
        .read(move |transaction| {
            let mut answer =
                MissingAnswer { missing: Vec::new(), partial: Vec::new(), held: Vec::new() };
            for hash in query.photos {
                match photos::receipt(transaction, hash)? {
                    Some(receipt) => answer.held.push(receipt),
                    None => answer.missing.push(hash),
                }
            }
            Ok(answer)
        })
        .await?;
    // A receipt is valid for ever, but a disk may have lost what it was given for.
    let recorded = answer.held.iter().filter_map(expected).collect();
    let lost = app.photos.lacking(recorded).await?;
    answer.held.retain(|receipt| expected(receipt).is_none_or(|photo| !lost.contains(&photo.hash)));
    answer.missing.extend(lost);
    for hash in &answer.missing {
        let offset = app.photos.held(*hash).await?;
        if offset > 0 {
            answer.partial.push(PartialPhoto { hash: *hash, offset });
        }
    }
    Ok(Json(answer))
}

fn expected(receipt: &Receipt) -> Option<Expected> {
    match receipt.stated.subject {
        ReceiptSubject::Photo { hash, length } => Some(Expected { hash, length }),
        ReceiptSubject::Operation { .. } => None,
    }
}
