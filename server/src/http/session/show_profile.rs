//! Who is signed in.

use std::sync::Arc;

use axum::{Json, extract::State};
use domain::sync::Profile;

use super::profile::profile;
use crate::{http::request::SignedIn, state::App};

/// Who is signed in.
#[utoipa::path(
    get, path = "/session", tag = "session",
    responses(
        (status = 200, description = "The profile", body = domain::sync::Profile),
        (status = 401, description = "`not_signed_in`, `session_expired`", body = domain::sync::Problem),
    )
)]
pub async fn show_profile(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> Json<Profile> {
    Json(profile(&app, &session))
}
