//! The interface as other programs read it. Its schemas are derived from the wire types of
//! `domain`, and a test holds it against real answers.

use std::sync::OnceLock;

use axum::response::IntoResponse;
use serde_json::{Value, json};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use crate::http::request::COOKIE;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Xunjie 巡街",
        description = "Street inspection of a district. Errors are `application/problem+json` with a stable `code` and a sentence in the language of `Accept-Language` (zh-Hans, zh-Hant, en). Times are milliseconds since 1970 UTC. Ids are UUIDs made on the device; photos are named by the SHA-256 of their bytes."
    ),
    security(("bearer" = []), ("cookie" = [])),
    modifiers(&Security),
    tags(
        (name = "session", description = "Signing in and out"),
        (name = "sync", description = "Operations in, changes out"),
        (name = "cases", description = "Questions about cases"),
        (name = "views", description = "Filters of the board that a person keeps"),
        (name = "photos", description = "Photos in and out"),
        (name = "pack", description = "The district pack"),
        (name = "server", description = "The server itself"),
    )
)]
pub struct Document;

/// The bytes of a photo, or of the file that a phone exported.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct Bytes(Vec<u8>);

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
        components.add_security_scheme("cookie", cookie);
    }
}

/// The document, once the routes are registered.
static DOCUMENT: OnceLock<String> = OnceLock::new();

/// Writes the document of all registered routes.
pub fn write(document: &utoipa::openapi::OpenApi) {
    DOCUMENT.get_or_init(|| {
        let mut document = serde_json::to_value(document).unwrap_or_default();
        let paths = document.get_mut("paths").and_then(Value::as_object_mut);
        let items = paths.into_iter().flatten().filter_map(|(_, item)| item.as_object_mut());
        for (_, call) in items.flatten() {
            add_problems(call);
        }
        document.to_string()
    });
}

/// Adds what holds for every call: its problems are `application/problem+json`, and some
/// problems any call may meet. Done here so that no handler can forget it.
fn add_problems(call: &mut Value) {
    let problem = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
    let Some(responses) = call.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for response in responses.values_mut() {
        let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else {
            continue;
        };
        if content.get("application/json") == Some(&problem) {
            content.clear();
            content.insert("application/problem+json".into(), problem.clone());
        }
    }
    responses.insert(
        "default".into(),
        json!({
            "description": "Any other problem: not signed in, the body is not JSON, too large …",
            "content": {"application/problem+json": problem},
        }),
    );
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "server", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub async fn openapi() -> impl IntoResponse {
    let document = DOCUMENT.get().map_or("{}", String::as_str);
    let kind = [(axum::http::header::CONTENT_TYPE, "application/json")];
    (kind, document)
}
