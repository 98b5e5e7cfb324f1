//! The server's clock, which `domain` is handed as `now`.

use domain::Timestamp;

/// Now, by the server's clock.
#[must_use]
pub fn now() -> Timestamp {
    let since_epoch =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
