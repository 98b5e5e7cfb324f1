//! HTTP: one file a use case, in folders named after the tags of the API document. Each
//! route stands here once, with its description.
//!
//! Handlers read as prose: who asks, what is asked, what is answered. The only module
//! that knows status codes; it knows no SQL and decides nothing about cases.

mod cases;
mod download_pack;
mod middleware;
mod photos;
mod problem;
mod request;
mod server;
mod session;
mod site;
mod sync;
mod views;

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn,
    response::{IntoResponse as _, Response},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::{
    middleware::{drain, request_log, security_headers, time_limit},
    problem::ApiError,
    server::openapi,
};
use crate::state::App;

/// Every route, with the layers around them. The layer that is added last runs first: the
/// log sees every request, and problems are written before the log reads the status.
pub fn router(app: Arc<App>) -> Router {
    let (router, document) = routes().split_for_parts();
    openapi::write(&document);
    router
        .with_state(app)
        .fallback(site::site)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(drain::drain))
        .layer(from_fn(problem::write_problems))
        .layer(from_fn(security_headers::add))
        .layer(from_fn(request_log::log))
}

fn routes() -> OpenApiRouter<Arc<App>> {
    // The app and other clients: short questions and answers.
    let calls = OpenApiRouter::new()
        .routes(routes!(
            session::sign_in::sign_in,
            session::show_profile::show_profile,
            session::sign_out::sign_out
        ))
        .routes(routes!(download_pack::download_pack))
        .routes(routes!(sync::hello::hello))
        .routes(routes!(sync::submit_operations::submit_operations))
        .routes(routes!(sync::check_holdings::check_holdings))
        .routes(routes!(sync::list_changes::list_changes))
        .routes(routes!(cases::list_cases::list_cases))
        .routes(routes!(cases::count_cases::count_cases))
        .routes(routes!(cases::find_near::find_near))
        .routes(routes!(cases::show_tile::show_tile))
        .routes(routes!(cases::show_case::show_case))
        .routes(routes!(views::list_views::list_views))
        .routes(routes!(views::save_view::save_view, views::remove_view::remove_view))
        .routes(routes!(photos::find_missing::find_missing_photos))
        .routes(routes!(sync::list_devices::list_devices))
        .routes(routes!(server::list_jobs::list_jobs))
        .routes(routes!(server::retry_jobs::retry_jobs))
        .routes(routes!(openapi::openapi))
        .layer(CompressionLayer::new())
        .layer(from_fn(time_limit::limit));
    // The app and other clients: what takes as long as the connection takes. These end
    // when no byte moves for a while, so a limit on the whole would only cut off photos on
    // a slow line; what a body may hold is checked by each handler as the bytes come.
    let streams = OpenApiRouter::new()
        .routes(routes!(photos::upload::upload_photo, photos::view::view_photo))
        .routes(routes!(photos::upload_part::upload_photo_part))
        .routes(routes!(sync::import_rescue::import_rescue))
        .routes(routes!(sync::live_changes::live_changes))
        .layer(DefaultBodyLimit::disable());
    // Whoever monitors the server.
    let server = OpenApiRouter::new().routes(routes!(server::health::health));
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .nest("/api/v1", calls.merge(streams))
        .merge(server)
}

fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a handler panicked");
    ApiError::Internal.into_response()
}
