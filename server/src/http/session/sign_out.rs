//! Signing out.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{AppendHeaders, IntoResponse as _, Response},
};

use super::cookie;
use crate::{
    http::{problem::ApiError, request::SignedIn},
    state::App,
    store::sessions,
    system::clock,
};

/// Sign out: ends this user's sessions on this device.
#[utoipa::path(
    delete, path = "/session", tag = "session",
    responses(
        (status = 204, description = "Signed out"),
        (status = 401, description = "`not_signed_in`, `session_expired`", body = domain::sync::Problem),
    )
)]
pub async fn sign_out(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> Result<Response, ApiError> {
    let (user, device) = (session.actor.user, session.device);
    let revoked = app
        .store
        .write(move |transaction| sessions::revoke(transaction, &user, device, clock::now()))
        .await?;
    for token in revoked {
        // An error means that no stream of live changes is open, so none has to end.
        let _no_receivers = app.revoked.send(token);
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([cookie::delete(&app)])).into_response())
}
