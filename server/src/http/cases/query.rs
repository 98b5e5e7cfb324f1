//! What a list or a count is asked for, and who asks.

use axum::extract::{Query, rejection::QueryRejection};
use domain::{
    District,
    access::Actor,
    summary::{CaseQuery, Moment, SearchText, SearchTooLong},
};

use crate::{http::problem::ApiError, store::case_lists::Asker, system::clock};

/// The query of an address; a name in it that is not known is an error.
pub(super) type Asked = Result<Query<CaseQuery>, QueryRejection>;

/// The query, and its `q` in words.
pub(super) fn read(asked: Asked) -> Result<(CaseQuery, Option<SearchText>), ApiError> {
    let Query(query) = asked.map_err(|error| ApiError::Malformed(error.body_text()))?;
    let text = SearchText::parse(query.q.as_deref().unwrap_or_default());
    let text = text.map_err(|SearchTooLong| ApiError::SearchTooLong)?;
    Ok((query, text))
}

pub(super) fn asker<'a>(actor: &'a Actor, district: &'a District) -> Asker<'a> {
    Asker { actor, district, moment: Moment::of(district.calendar(), clock::now()) }
}
