//! Signing in and out.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use domain::{
    Sha256Hash, Timestamp, UserName,
    sync::{Profile, SignIn, SignedIn, TokenKind},
};

use super::{
    body::Body,
    failure::Failure,
    origin,
    signed::{COOKIE, Signed},
};
use crate::{
    clock, password,
    state::App,
    store::{
        sessions::{self, Session},
        users,
    },
};

/// Characters; longer ones are not looked at.
const LONGEST_PASSWORD: usize = 1024;
/// The longest that browsers keep a cookie. The server decides when a session ends.
const COOKIE_SECONDS: u32 = 400 * 24 * 60 * 60;

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
    Body(asked): Body<SignIn>,
) -> Result<Response, Failure> {
    if origin::is_foreign(&headers) {
        return Err(Failure::CrossSite);
    }
    let now = clock::now();
    let attempt = app.throttle.begin(&asked.user, clock::now).await.map_err(Failure::TryLater)?;
    let name = asked.user.clone();
    let user = app.store.read(move |transaction| users::find(transaction, &name)).await?;
    let is_short = asked.password.chars().count() <= LONGEST_PASSWORD;
    let stored = user.as_ref().map(|user| user.password.clone()).filter(|_| is_short);
    let password = if is_short { asked.password } else { String::new() };
    let (true, Some(user)) = (password::verify(password, stored).await, user) else {
        tracing::info!("a sign-in with a wrong name or password");
        attempt.was_wrong(clock::now());
        return Err(Failure::WrongPassword);
    };
    attempt.was_right();

    let token = new_token()?;
    let until = now.plus_millis(app.config.session_millis());
    let session = Session {
        token: Sha256Hash::of(token.as_bytes()),
        actor: user.actor,
        device: asked.device,
        used: now,
        until,
    };
    let profile = profile(&app, &session);
    app.store.write(move |transaction| sessions::begin(transaction, &session, now)).await?;
    Ok(match asked.token {
        TokenKind::Bearer => Json(SignedIn { profile, token: Some(token) }).into_response(),
        TokenKind::Cookie => {
            let cookie = set_cookie(&app, &token, COOKIE_SECONDS);
            (AppendHeaders([cookie]), Json(SignedIn { profile, token: None })).into_response()
        }
    })
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/session", tag = "session",
    responses(
        (status = 200, description = "The profile", body = domain::sync::Profile),
        (status = 401, description = "`not_signed_in`, `session_expired`", body = domain::sync::Problem),
    )
)]
pub async fn who(State(app): State<Arc<App>>, Signed(session): Signed) -> Json<Profile> {
    Json(profile(&app, &session))
}

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
    Signed(session): Signed,
) -> Result<Response, Failure> {
    let (user, device): (UserName, _) = (session.actor.user, session.device);
    let ended = app
        .store
        .write(move |transaction| sessions::revoke(transaction, &user, device, clock::now()))
        .await?;
    for token in ended {
        // Nobody listens when no stream is open.
        let _open_streams = app.revoked.send(token);
    }
    let forget = set_cookie(&app, "", 0);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([forget])).into_response())
}

fn profile(app: &App, session: &Session) -> Profile {
    let until: Timestamp = session.until;
    Profile { actor: session.actor.clone(), key: app.decision_context.signer.public(), until }
}

/// 256 bits nobody can guess, as 64 hexadecimal digits.
fn new_token() -> Result<String, Failure> {
    let random = clock::random().map_err(|error| {
        tracing::error!(%error, "no random numbers");
        Failure::Internal
    })?;
    Ok(Sha256Hash::from_bytes(random).to_string())
}

fn set_cookie(app: &App, token: &str, seconds: u32) -> (header::HeaderName, HeaderValue) {
    let secure = if app.config.is_encrypted() { "; Secure" } else { "" };
    let text =
        format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}");
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    (header::SET_COOKIE, value)
}
