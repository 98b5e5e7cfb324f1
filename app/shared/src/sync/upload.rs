//! One photo on its way, with progress: the whole of it in one `PUT`, or by `PATCH` from
//! where the server stands.

use domain::{
    PhotoHash,
    sync::{PhotoAnswer, UPLOAD_LENGTH, UPLOAD_OFFSET, outbox::Failure},
};
use js_sys::ArrayBuffer;
use wasm_bindgen::JsValue;
use web_sys::XmlHttpRequest;

use super::{
    http::{self, Reply},
    progress::{self, finish, set},
};

/// What came of sending.
pub enum Sent {
    /// The server has it all, says its receipt.
    Whole(PhotoAnswer),
    /// The server has this many bytes, and wants what comes after them.
    Part(u64),
}

/// Sends the bytes, from an offset on when there is one, and waits for the answer;
/// `told` hears bytes of bytes.
pub async fn send(
    hash: PhotoHash,
    bytes: &ArrayBuffer,
    from: Option<u64>,
    told: impl Fn(u64, u64) + 'static,
) -> Result<Sent, Failure> {
    let of = u64::from(bytes.byte_length());
    let request = open(if from.is_some() { "PATCH" } else { "PUT" }, hash)?;
    set(&request, "content-type", "application/octet-stream")?;
    let start = from.unwrap_or(0).min(of);
    let rest = match from {
        Some(_) => {
            set(&request, UPLOAD_OFFSET, &start.to_string())?;
            set(&request, UPLOAD_LENGTH, &of.to_string())?;
            bytes.slice(u32::try_from(start).unwrap_or(u32::MAX))
        }
        None => bytes.clone(),
    };
    told(start, of);
    let reply = finish(&request, &rest, move |sent| told(start.saturating_add(sent), of)).await?;
    match (reply.status, from.and(offset_of(&request))) {
        (204, None) => Err(Failure::NotTheServer),
        (204 | 409, Some(offset)) => Ok(Sent::Part(offset)),
        _ => http::read(&reply).map(Sent::Whole),
    }
}

/// How many bytes of it the server has.
pub async fn offset(hash: PhotoHash) -> Result<u64, Failure> {
    let request = open("HEAD", hash)?;
    let reply = finish(&request, &JsValue::NULL, |_| {}).await?;
    match (reply.status, offset_of(&request)) {
        (200..300, Some(offset)) => Ok(offset),
        (200..300, None) => Err(Failure::NotTheServer),
        // An answer to `HEAD` has no words; a problem is known by its kind.
        (404, _) if http::is_problem(&reply) => Ok(0),
        (405 | 501, _) => Err(unknown_call(&reply)),
        (401, _) if http::is_problem(&reply) => Err(Failure::SignedOut),
        _ => Err(http::failure(&reply)),
    }
}

fn open(method: &str, hash: PhotoHash) -> Result<XmlHttpRequest, Failure> {
    progress::open(method, &format!("/api/v1/photos/{hash}"))
}

fn offset_of(request: &XmlHttpRequest) -> Option<u64> {
    request.get_response_header(UPLOAD_OFFSET).ok().flatten()?.trim().parse().ok()
}

/// The server does not know the call: the photo goes whole.
fn unknown_call(reply: &Reply) -> Failure {
    Failure::Rejected { status: reply.status, code: "unknown_call".into() }
}
