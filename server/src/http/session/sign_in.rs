//! Signing in.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{AppendHeaders, IntoResponse as _, Response},
};
use domain::{
    Sha256Hash,
    sync::{SignIn, SignedIn, TokenKind},
};

use super::{cookie, profile::profile};
use crate::{
    auth::password,
    http::{
        problem::ApiError,
        request::{JsonBody, origin},
    },
    state::App,
    store::{
        sessions::{self, Session},
        users,
    },
    system::{clock, random},
};

/// Characters; a longer password is wrong without being hashed, so that nobody makes the
/// server hash megabytes.
const MAX_PASSWORD_CHARS: usize = 1024;

/// Sign in. The app gets its token as an `HttpOnly` cookie, other clients in the answer.
#[utoipa::path(
    post, path = "/session", tag = "session", security(()),
    request_body(content = domain::sync::SignIn),
    responses(
        (status = 200, description = "Signed in", body = domain::sync::SignedIn),
        (status = 401, description = "`wrong_password`", body = domain::sync::Problem),
        (status = 429, description = "`try_later`, with `Retry-After`", body = domain::sync::Problem),
    )
)]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<SignIn>,
) -> Result<Response, ApiError> {
    // Otherwise another site could sign a browser in to an account of its choice.
    if origin::is_cross_site(&headers, &app.config.public_address) {
        return Err(ApiError::CrossSite);
    }
    let now = clock::now();
    let attempt =
        app.throttle.begin(&request.user, clock::now).await.map_err(ApiError::TryLater)?;
    let name = request.user.clone();
    let user = app.store.read(move |transaction| users::find(transaction, &name)).await?;
    let is_hashed = request.password.chars().count() <= MAX_PASSWORD_CHARS;
    let stored = user.as_ref().map(|user| user.password.clone()).filter(|_| is_hashed);
    let password = if is_hashed { request.password } else { String::new() };
    // Verified also where there is no such user: the time taken must not tell which names
    // exist.
    let (true, Some(user)) = (password::verify(password, stored).await, user) else {
        tracing::info!("a sign-in with a wrong name or password");
        attempt.failed(clock::now());
        return Err(ApiError::WrongPassword);
    };
    attempt.succeeded();

    let token = new_token()?;
    let session = Session {
        token: Sha256Hash::of(token.as_bytes()),
        actor: user.actor,
        device: request.device,
        used: now,
        until: now.plus_millis(app.config.session_millis()),
    };
    let profile = profile(&app, &session);
    app.store.write(move |transaction| sessions::begin(transaction, &session, now)).await?;
    Ok(match request.token {
        TokenKind::Bearer => Json(SignedIn { profile, token: Some(token) }).into_response(),
        TokenKind::Cookie => {
            let cookie = cookie::set(&app, &token);
            (AppendHeaders([cookie]), Json(SignedIn { profile, token: None })).into_response()
        }
    })
}

/// 256 bits nobody can guess, as 64 hexadecimal digits.
fn new_token() -> Result<String, ApiError> {
    let bytes = random::bytes().map_err(|error| {
        tracing::error!(%error, "no random numbers");
        ApiError::Internal
    })?;
    Ok(Sha256Hash::from_bytes(bytes).to_string())
}
