//! How many cases there are in each queue.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use domain::summary::{CaseQuery, QueueCounts};

use super::{
    answer::answer,
    query::{self, Asked},
};
use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::case_lists,
};

/// How many cases each queue has of those that this person sees and the query names.
///
/// Its `queue`, `sort`, `cursor` and `limit` say nothing here.
#[utoipa::path(
    get, path = "/cases/counts", tag = "cases", params(CaseQuery),
    responses(
        (status = 200, description = "Each queue once", body = QueueCounts),
        (status = 304, description = "Nothing has changed"),
        (status = 400, description = "`malformed`: an unknown name, or a value that is none", body = domain::sync::Problem),
        (status = 422, description = "`search_too_long`: `q` has too many characters or words", body = domain::sync::Problem),
    )
)]
pub async fn count_cases(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    let (query, text) = query::read(asked)?;
    let district = Arc::clone(&app.decision_context.district);
    let counts = app
        .store
        .read(move |transaction| {
            let asker = query::asker(&session.actor, &district);
            case_lists::counts(transaction, asker, &query, text.as_ref())
        })
        .await?;
    answer(&headers, &counts)
}
