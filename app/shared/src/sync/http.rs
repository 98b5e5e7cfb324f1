//! JSON calls of the protocol. Every way a call can end is a value or a [`Failure`].

use domain::sync::{Problem, outbox::Failure};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, Response, window};

use crate::device::timer::Timer;

/// Milliseconds without progress after which a call is given up.
pub const SILENCE_MS: i64 = 60_000;

/// What a server said, before anybody asks what it means.
pub struct Reply {
    pub status: u16,
    pub media: String,
    pub retry_after_ms: Option<u32>,
    pub text: String,
}

/// `GET` when there is no body, else `POST`.
pub async fn call<T: DeserializeOwned>(path: &str, body: Option<String>) -> Result<T, Failure> {
    let method = if body.is_some() { "POST" } else { "GET" };
    read(&send(method, path, body).await?)
}

/// The whole answer, whatever it says.
pub async fn send(method: &str, path: &str, body: Option<String>) -> Result<Reply, Failure> {
    let unreachable = |_| Failure::Unreachable;
    let controller = AbortController::new().map_err(unreachable)?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&controller.signal()));
    let headers = Headers::new().map_err(unreachable)?;
    headers.set("accept", "application/json").map_err(unreachable)?;
    if let Some(body) = body {
        headers.set("content-type", "application/json").map_err(unreachable)?;
        init.set_body(&body.into());
    }
    init.set_headers(&headers);
    // A portal's redirect is no answer of ours, and a cached answer is no answer.
    js_sys::Reflect::set(&init, &"redirect".into(), &"error".into()).map_err(unreachable)?;
    js_sys::Reflect::set(&init, &"cache".into(), &"no-store".into()).map_err(unreachable)?;

    let timer = give_up(&controller);
    let fetched = window().ok_or(Failure::Unreachable)?.fetch_with_str_and_init(path, &init);
    let response: Response = JsFuture::from(fetched)
        .await
        .map_err(unreachable)?
        .dyn_into()
        .map_err(|_| Failure::Unreachable)?;
    drop(timer);
    let _timer = give_up(&controller);
    let text = JsFuture::from(response.text().map_err(unreachable)?).await.map_err(unreachable)?;
    let header = |name| response.headers().get(name).ok().flatten().unwrap_or_default();
    Ok(Reply {
        status: response.status(),
        media: header("content-type"),
        retry_after_ms: header("retry-after").parse::<u32>().ok().map(|s| s.saturating_mul(1_000)),
        text: text.as_string().unwrap_or_default(),
    })
}

/// The value of a good answer; what the outbox makes of any other.
pub fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    if (200..300).contains(&reply.status) {
        return serde_json::from_str(&reply.text).map_err(|_| Failure::NotTheServer);
    }
    Err(failure(reply))
}

/// The server's own words, when they are.
pub fn problem(reply: &Reply) -> Option<Problem> {
    if !reply.media.starts_with("application/problem+json") {
        return None;
    }
    serde_json::from_str(&reply.text).ok()
}

pub fn failure(reply: &Reply) -> Failure {
    Failure::of_answer(reply.status, problem(reply), reply.retry_after_ms)
}

fn give_up(controller: &AbortController) -> Timer {
    let controller = controller.clone();
    Timer::after(SILENCE_MS, move || controller.abort())
}
