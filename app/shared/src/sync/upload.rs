//! One photo on its way, with progress: a part of it, or the whole in one `PUT`.

use std::ops::Range;

use domain::{
    PhotoHash,
    sync::{PartAnswer, PhotoAnswer, outbox::Failure},
};
use js_sys::ArrayBuffer;

use super::{
    http,
    progress::{self, finish, set},
};

/// Sends these bytes of a photo, or all of them, and waits for the answer; `told` hears bytes of
/// bytes.
pub async fn send(
    hash: PhotoHash,
    bytes: &ArrayBuffer,
    part: Option<Range<u64>>,
    told: impl Fn(u64, u64) + 'static,
) -> Result<PartAnswer, Failure> {
    let of = u64::from(bytes.byte_length());
    let Some(Range { start, end }) = part else {
        told(0, of);
        let request = progress::open("PUT", &format!("/api/v1/photos/{hash}"))?;
        set(&request, "content-type", "application/octet-stream")?;
        let reply = finish(&request, bytes, move |sent| told(sent, of)).await?;
        return http::read::<PhotoAnswer>(&reply).map(PartAnswer::Whole);
    };
    let address = format!("/api/v1/photos/{hash}/parts?offset={start}&length={of}");
    let request = progress::open("POST", &address)?;
    set(&request, "content-type", "application/octet-stream")?;
    let part = bytes.slice_with_end(index(start), index(end));
    // A part without bytes is a question, and no progress.
    if start < end {
        told(start, of);
    }
    let reply = finish(&request, &part, move |sent| told(start.saturating_add(sent), of)).await?;
    http::read(&reply)
}

/// Beyond the end of the bytes: `slice` stops there.
fn index(byte: u64) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
