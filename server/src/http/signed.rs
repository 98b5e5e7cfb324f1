//! Who asks. A handler says in its signature who may call it: [`Signed`] is anybody who
//! is signed in, [`As`] is a role that may do something.

use std::{marker::PhantomData, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};
use domain::{
    Sha256Hash,
    access::{Act, Role},
};

use super::{failure::Failure, origin};
use crate::{
    clock,
    intake::Sender,
    state::App,
    store::sessions::{self, Session},
};

/// Name of the app's cookie.
pub const COOKIE: &str = "xunjie";
/// A session that was used this recently is not written again.
const USED_RECENTLY_MS: i64 = 60 * 60 * 1000;

/// Anybody who is signed in.
pub struct Signed(pub Session);

/// Whoever has a role that `R` allows.
pub struct As<R> {
    pub session: Session,
    allows: PhantomData<R>,
}

/// Which roles may call.
pub trait Allows {
    fn role(role: Role) -> bool;
}

/// Roles whose work brings photos.
pub struct Photographer;

impl Allows for Photographer {
    fn role(role: Role) -> bool {
        [Act::Report, Act::Rectify, Act::Verify].iter().any(|act| role.may(*act))
    }
}

/// Who watches over what comes in.
pub struct Headquarters;

impl Allows for Headquarters {
    fn role(role: Role) -> bool {
        role.may(Act::Assign)
    }
}

impl FromRequestParts<Arc<App>> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let token = token(parts)?;
        let now = clock::now();
        let session = app
            .store
            .read(move |transaction| sessions::find(transaction, token))
            .await?
            .filter(|session| now < session.until)
            .ok_or(Failure::SessionExpired)?;
        tracing::Span::current().record("user", session.actor.user.as_str());
        extend(app, &session, now);
        Ok(Self(session))
    }
}

impl<R: Allows> FromRequestParts<Arc<App>> for As<R> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Signed(session) = Signed::from_request_parts(parts, app).await?;
        if !R::role(session.actor.role) {
            return Err(Failure::NotAllowed);
        }
        Ok(Self { session, allows: PhantomData })
    }
}

impl From<Session> for Sender {
    fn from(session: Session) -> Self {
        Self { actor: session.actor, device: session.device }
    }
}

/// The hash of the token that came with a request: `Authorization: Bearer`, else the
/// cookie, and that only from our own pages.
fn token(parts: &Parts) -> Result<Sha256Hash, Failure> {
    if let Some(bearer) = text(&parts.headers, header::AUTHORIZATION) {
        let token = bearer.strip_prefix("Bearer ").ok_or(Failure::NotSignedIn)?;
        return Ok(Sha256Hash::of(token.trim().as_bytes()));
    }
    let cookie = cookie(&parts.headers).ok_or(Failure::NotSignedIn)?;
    let is_safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_safe && !origin::is_own(&parts.headers) {
        return Err(Failure::CrossSite);
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

/// Moves the session's end, now and then, without letting the request wait for it.
fn extend(app: &Arc<App>, session: &Session, now: domain::Timestamp) {
    if now.since(session.used) < USED_RECENTLY_MS {
        return;
    }
    let until = now.plus_millis(app.config.session_millis());
    let (token, store) = (session.token, Arc::clone(app));
    app.tasks.spawn(async move {
        let extended = store
            .store
            .write(move |transaction| sessions::extend(transaction, token, now, until))
            .await;
        if let Err(error) = extended {
            tracing::warn!(%error, "a session was not extended");
        }
    });
}
