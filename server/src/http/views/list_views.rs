//! The views of whoever asks.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::summary::SavedViews;

use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::saved_views,
};

/// The filters that this person keeps, by name; at most 50.
#[utoipa::path(
    get, path = "/views", tag = "views",
    responses((status = 200, description = "One's own", body = SavedViews))
)]
pub async fn list_views(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> Result<Json<SavedViews>, ApiError> {
    let user = session.actor.user;
    let views = app.store.read(move |transaction| saved_views::of_user(transaction, &user)).await?;
    Ok(Json(views))
}
