//! One case.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{CaseId, sync::CaseLog};

use super::answer::answer;
use crate::{
    access,
    http::{problem::ApiError, request::SignedIn},
    state::App,
};

/// A case with its whole log, as this person may read it.
#[utoipa::path(
    get, path = "/cases/{id}", tag = "cases",
    params(("id" = CaseId, Path, description = "The id of the case")),
    responses(
        (status = 200, description = "The case", body = CaseLog),
        (status = 304, description = "Nothing has changed"),
        (status = 404, description = "`not_found`: there is none that this person sees", body = domain::sync::Problem),
    )
)]
pub async fn show_case(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let id: CaseId = id.parse().map_err(|_| ApiError::NotFound)?;
    let found = app
        .store
        .read(move |transaction| access::case_log(transaction, &session.actor, id))
        .await?;
    answer(&headers, &found.ok_or(ApiError::NotFound)?)
}
