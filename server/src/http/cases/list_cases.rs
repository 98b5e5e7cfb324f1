//! A list of cases.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use domain::summary::{CasePage, CaseQuery};

use super::{
    answer::answer,
    query::{self, Asked},
};
use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::case_lists,
};

/// Rows in one answer; bounds its size to some hundred kilobytes.
const MAX_CASES: u32 = 200;
const DEFAULT_CASES: u32 = 50;

/// Cases that this person sees, a page at a time.
///
/// `next` of an answer is the `cursor` of the next page; the last page has none.
#[utoipa::path(
    get, path = "/cases", tag = "cases", params(CaseQuery),
    responses(
        (status = 200, description = "A page", body = CasePage),
        (status = 304, description = "Nothing has changed"),
        (status = 400, description = "`malformed`: an unknown name, or a value that is none", body = domain::sync::Problem),
        (status = 422, description = "`search_too_long`: `q` has too many characters or words", body = domain::sync::Problem),
    )
)]
pub async fn list_cases(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, ApiError> {
    let (query, text) = query::read(asked)?;
    let limit = query.limit.unwrap_or(DEFAULT_CASES).clamp(1, MAX_CASES);
    let district = Arc::clone(&app.decision_context.district);
    let page = app
        .store
        .read(move |transaction| {
            let asker = query::asker(&session.actor, &district);
            case_lists::page(transaction, asker, &query, text.as_ref(), limit)
        })
        .await?;
    answer(&headers, &page)
}
