//! A square of the map.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    place::Tile,
    summary::{CaseQuery, CaseTile},
};

use super::{
    answer::answer,
    query::{self, Asked},
};
use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::case_lists,
};

/// The cases of a square of the map (web Mercator, XYZ) that this person sees and the query names,
/// in 16 × 16 cells: how many, their mean place, the most urgent lamp, and the id of one alone.
///
/// Without `queue` and `state`: open cases. `sort`, `cursor` and `limit` say nothing here. With
/// more than 50,000 cases none is told and `more` is true.
#[utoipa::path(
    get, path = "/cases/tiles/{z}/{x}/{y}", tag = "cases",
    params(
        ("z" = u8, Path, description = "Zoom, 0 to 20"),
        ("x" = u32, Path, description = "From the west, below 2^z"),
        ("y" = u32, Path, description = "From the north, below 2^z"),
        CaseQuery,
    ),
    responses(
        (status = 200, description = "Cells with a case", body = CaseTile),
        (status = 304, description = "Nothing has changed"),
        (status = 400, description = "`malformed`: no such square, an unknown name, or a value that is none", body = domain::sync::Problem),
        (status = 422, description = "`search_too_long`: `q` has too many characters or words", body = domain::sync::Problem),
    )
)]
pub async fn show_tile(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    Path(place): Path<(String, String, String)>,
    asked: Asked,
) -> Result<Response, ApiError> {
    let no_tile =
        || ApiError::Malformed("no square of the map: z is 0 to 20, x and y below 2^z".into());
    let tile = tile(&place).ok_or_else(no_tile)?;
    let (query, text) = query::read(asked)?;
    let query = query.on_map();
    let district = Arc::clone(&app.decision_context.district);
    let cells = app
        .store
        .read(move |transaction| {
            let asker = query::asker(&session.actor, &district);
            let limit = CaseTile::MAX_CASES;
            case_lists::tile(transaction, asker, &query, text.as_ref(), tile, limit)
        })
        .await?;
    answer(&headers, &cells)
}

fn tile((z, x, y): &(String, String, String)) -> Option<Tile> {
    Tile::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)
}
