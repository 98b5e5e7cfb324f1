//! What both ways of sending a photo end with: cases are told that it is on disk.

use std::sync::Arc;

use domain::{PhotoHash, UserName, evidence::Receipt};

use crate::{http::problem::ApiError, intake, photos::StoredPhoto, state::App, system::clock};

/// Tells the cases that name a photo that it is on disk. Runs in a task of its own, so that
/// it goes on when the phone hangs up now: the bytes are here, so the cases have to know.
pub(super) async fn record_arrival(
    app: Arc<App>,
    uploader: UserName,
    photo: StoredPhoto,
) -> Result<Receipt, ApiError> {
    let work = app.tasks.spawn({
        let app = Arc::clone(&app);
        async move {
            let decision_context = app.decision_context.clone();
            let receipt = app
                .store
                .write(move |transaction| {
                    intake::receive_photo(
                        transaction,
                        &decision_context,
                        &uploader,
                        &photo,
                        clock::now(),
                    )
                })
                .await;
            app.job_added.notify_one();
            receipt
        }
    });
    Ok(work.await.map_err(|_| ApiError::Internal)??)
}

/// The hash in an address.
pub(super) fn parse_hash(hash: &str) -> Result<PhotoHash, ApiError> {
    hash.parse().map_err(|_| ApiError::Malformed("not a SHA-256".into()))
}
