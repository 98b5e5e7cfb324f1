//! Removing a view.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use domain::ViewId;

use super::view_id;
use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::saved_views,
};

/// Remove a filter that this person keeps.
#[utoipa::path(
    delete, path = "/views/{id}", tag = "views",
    params(("id" = ViewId, Path, description = "The id of the view")),
    responses(
        (status = 204, description = "There is none any more, or there was none"),
        (status = 400, description = "`malformed`: no id", body = domain::sync::Problem),
    )
)]
pub async fn remove_view(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = view_id(&id)?;
    let user = session.actor.user;
    app.store.write(move |transaction| saved_views::remove(transaction, &user, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
