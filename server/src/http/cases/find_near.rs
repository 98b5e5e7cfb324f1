//! Open cases near a spot.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::Response,
};
use domain::summary::{NearQuery, NearbyCases};

use super::{answer::answer, query};
use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::case_lists,
};

/// What a phone keeps to look for duplicates where there is no network.
const MAX_CASES: usize = 200;

/// Open cases that this person sees near a spot, the nearest first; at most 200.
#[utoipa::path(
    get, path = "/cases/near", tag = "cases", params(NearQuery),
    responses(
        (status = 200, description = "The nearest first", body = NearbyCases),
        (status = 304, description = "Nothing has changed"),
        (status = 400, description = "`malformed`: an unknown name, or a value that is none", body = domain::sync::Problem),
    )
)]
pub async fn find_near(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    asked: Result<Query<NearQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|error| ApiError::Malformed(error.body_text()))?;
    let at = asked.at().ok_or_else(|| ApiError::Malformed("no place on the globe".into()))?;
    let metres = asked.metres.min(NearQuery::MAX_METRES);
    let district = Arc::clone(&app.decision_context.district);
    let rows = app
        .store
        .read(move |transaction| {
            let asker = query::asker(&session.actor, &district);
            case_lists::open_near(transaction, asker, at, metres, asked.category)
        })
        .await?;
    answer(&headers, &NearbyCases::of(rows, at, metres, MAX_CASES))
}
