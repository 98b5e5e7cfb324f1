//! Who asks. A handler says in its signature who may call it: [`SignedIn`] is anybody who
//! is signed in, [`SignedInAs`] is a role that may do something.

use std::{marker::PhantomData, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};
use domain::{
    Sha256Hash,
    access::{Act, Role},
};

use super::origin;
use crate::{
    http::problem::ApiError,
    intake::Sender,
    state::App,
    store::sessions::{self, Session},
    system::clock,
};

/// Name of the app's cookie.
pub const COOKIE: &str = "xunjie";
/// A session that was used this recently is not written again, so that reading costs no
/// write. Small against the days after which a session ends.
const USED_RECENTLY_MS: i64 = 60 * 60 * 1000;

/// Anybody who is signed in.
pub struct SignedIn(pub Session);

/// Whoever has a role that meets the requirement `R`.
pub struct SignedInAs<R> {
    pub session: Session,
    requirement: PhantomData<R>,
}

/// Which roles may call.
pub trait RoleRequirement {
    fn is_met_by(role: Role) -> bool;
}

/// Roles whose work produces photos.
pub struct Photographer;

impl RoleRequirement for Photographer {
    fn is_met_by(role: Role) -> bool {
        [Act::Report, Act::Rectify, Act::Verify].iter().any(|act| role.may(*act))
    }
}

/// Who oversees what comes in.
pub struct Headquarters;

impl RoleRequirement for Headquarters {
    fn is_met_by(role: Role) -> bool {
        role.may(Act::Assign)
    }
}

/// Who looks after the server.
pub struct Administrators;

impl RoleRequirement for Administrators {
    fn is_met_by(role: Role) -> bool {
        role.administers()
    }
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let token = token(parts, &app.config.public_address)?;
        let now = clock::now();
        let session = app
            .store
            .read(move |transaction| sessions::find(transaction, token))
            .await?
            .filter(|session| now < session.until)
            .ok_or(ApiError::SessionExpired)?;
        tracing::Span::current().record("user", session.actor.user.as_str());
        extend(app, &session, now);
        Ok(Self(session))
    }
}

impl<R: RoleRequirement> FromRequestParts<Arc<App>> for SignedInAs<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let SignedIn(session) = SignedIn::from_request_parts(parts, app).await?;
        if !R::is_met_by(session.actor.role) {
            return Err(ApiError::NotAllowed);
        }
        Ok(Self { session, requirement: PhantomData })
    }
}

impl From<Session> for Sender {
    fn from(session: Session) -> Self {
        Self { actor: session.actor, device: session.device }
    }
}

/// The hash of the token that came with a request: `Authorization: Bearer`, else the
/// cookie, and that only from our own pages.
fn token(parts: &Parts, public_address: &str) -> Result<Sha256Hash, ApiError> {
    if let Some(bearer) = text(&parts.headers, header::AUTHORIZATION) {
        let token = bearer.strip_prefix("Bearer ").ok_or(ApiError::NotSignedIn)?;
        return Ok(Sha256Hash::of(token.trim().as_bytes()));
    }
    let cookie = cookie(&parts.headers).ok_or(ApiError::NotSignedIn)?;
    let is_safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_safe && !origin::is_same_origin(&parts.headers, public_address) {
        return Err(ApiError::CrossSite);
    }
    Ok(Sha256Hash::of(cookie.as_bytes()))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Moves the session's end, at most once an hour, in a task of its own: no request waits for
/// it, and a failure only lets the session end earlier.
fn extend(app: &Arc<App>, session: &Session, now: domain::Timestamp) {
    if now.since(session.used) < USED_RECENTLY_MS {
        return;
    }
    let until = now.plus_millis(app.config.session_millis());
    let (token, state) = (session.token, Arc::clone(app));
    app.tasks.spawn(async move {
        let extended = state
            .store
            .write(move |transaction| sessions::extend(transaction, token, now, until))
            .await;
        if let Err(error) = extended {
            tracing::warn!(%error, "a session was not extended");
        }
    });
}
