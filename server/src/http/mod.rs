//! HTTP: one file a use case. Each route stands here once, with its description.
//!
//! Handlers read as prose: who asks, what is asked, what is answered. The only module
//! that knows status codes; it knows no SQL and decides nothing about cases.

mod accept;
mod body;
mod changes;
mod devices;
mod drain;
mod failure;
mod headers;
mod health;
mod hello;
mod live;
mod log;
mod missing;
mod openapi;
mod operations;
mod origin;
mod pack;
mod photo_get;
mod photo_part;
mod photo_put;
mod problem;
mod rescue;
mod sentence;
mod session;
mod signed;
mod site;
pub mod throttle;
mod verify;

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::failure::Failure;
use crate::state::App;

/// A call that takes longer is stopped. Photos and live events have their own measure.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Every route, with what stands around them.
pub fn router(app: Arc<App>) -> Router {
    let (router, document) = routes().split_for_parts();
    openapi::write(&document);
    router
        .with_state(app)
        .fallback(site::site)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(drain::drain))
        .layer(middleware::from_fn(problem::speak))
        .layer(middleware::from_fn(headers::add))
        .layer(middleware::from_fn(log::log))
}

fn routes() -> OpenApiRouter<Arc<App>> {
    // The app and other clients: short questions and answers.
    let calls = OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who, session::sign_out))
        .routes(routes!(pack::pack))
        .routes(routes!(hello::hello))
        .routes(routes!(operations::operations))
        .routes(routes!(verify::verify))
        .routes(routes!(changes::changes))
        .routes(routes!(missing::missing))
        .routes(routes!(devices::devices))
        .routes(routes!(openapi::openapi))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(in_time));
    // The app and other clients: what takes as long as the line takes.
    let streams = OpenApiRouter::new()
        .routes(routes!(
            photo_put::photo_put,
            photo_get::photo_get,
            photo_part::photo_head,
            photo_part::photo_patch
        ))
        .routes(routes!(rescue::rescue))
        .routes(routes!(live::live))
        .layer(axum::extract::DefaultBodyLimit::disable());
    // Whoever watches over the server.
    let server = OpenApiRouter::new().routes(routes!(health::health));
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .nest("/api/v1", calls.merge(streams))
        .merge(server)
}

async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(REQUEST_TIMEOUT, next.run(request))
        .await
        .unwrap_or_else(|_| Failure::TooSlow.into_response())
}

fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a handler panicked");
    Failure::Internal.into_response()
}
