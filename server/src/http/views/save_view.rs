//! Making and changing a view.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use domain::{
    ViewId,
    summary::{CaseQuery, SavedView, SavedViews, SearchText, SearchTooLong},
};

use super::view_id;
use crate::{
    http::{
        problem::ApiError,
        request::{JsonBody, SignedIn},
    },
    state::App,
    store::saved_views,
};

/// Bytes of a query as JSON: several times what all its fields take with codes of a real district.
const MAX_QUERY_BYTES: usize = 4096;

/// Keep a filter under a name, or change it.
///
/// The device makes the id, so that sending the same again changes nothing. An id is known among
/// the views of one person alone.
#[utoipa::path(
    put, path = "/views/{id}", tag = "views",
    params(("id" = ViewId, Path, description = "The id of the view, as in the body")),
    request_body(content = SavedView),
    responses(
        (status = 204, description = "It is kept"),
        (status = 400, description = "`malformed`: no such name, an unknown field of the query, another id than in the address", body = domain::sync::Problem),
        (status = 409, description = "`too_many_views`: this person keeps 50", body = domain::sync::Problem),
        (status = 422, description = "`search_too_long`: `q` has too many characters or words", body = domain::sync::Problem),
    )
)]
pub async fn save_view(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    Path(id): Path<String>,
    JsonBody(view): JsonBody<SavedView>,
) -> Result<StatusCode, ApiError> {
    if view_id(&id)? != view.id {
        return Err(ApiError::Malformed("the body has another id than the address".into()));
    }
    let view = SavedView { query: checked(view.query)?, ..view };
    let user = session.actor.user;
    let is_kept =
        app.store.write(move |transaction| saved_views::put(transaction, &user, &view)).await?;
    if is_kept { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::TooManyViews(SavedViews::MAX)) }
}

/// A query that can be asked, as it is kept.
fn checked(query: CaseQuery) -> Result<CaseQuery, ApiError> {
    let query = query.without_page();
    SearchText::parse(query.q.as_deref().unwrap_or_default())
        .map_err(|SearchTooLong| ApiError::SearchTooLong)?;
    let length = serde_json::to_string(&query).map_err(|_| ApiError::Internal)?.len();
    if length > MAX_QUERY_BYTES {
        return Err(ApiError::Malformed(format!("a query has at most {MAX_QUERY_BYTES} bytes")));
    }
    Ok(query)
}
