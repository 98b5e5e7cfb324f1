//! What people ask of the server themselves: taking in a rescue bundle, and what devices
//! owe.

use domain::sync::{Devices, RescueReport, outbox::Failure};
use web_sys::Blob;

use super::{
    http,
    progress::{finish, open, set},
    session::Refused,
};

/// Sends the file, however long that takes; `moved_to` hears how many bytes have gone out.
pub async fn send_rescue(
    file: &Blob,
    moved_to: impl Fn(u64) + 'static,
) -> Result<RescueReport, Refused> {
    let request = open("POST", "/api/v1/sync/rescue")?;
    set(&request, "content-type", "application/octet-stream")?;
    let reply = finish(&request, file, moved_to).await?;
    match http::problem(&reply) {
        Some(problem) if !matches!(problem.status, 401 | 429 | 500..) => {
            Err(Refused::Other(problem))
        }
        _ => Ok(http::read(&reply)?),
    }
}

/// For headquarters.
pub async fn devices() -> Result<Devices, Failure> {
    http::call("/api/v1/devices", None).await
}
