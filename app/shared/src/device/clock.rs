//! The device's clock, which is a claim, and how far it is from the server's.

use domain::Timestamp;

/// What the device's clock says.
pub fn now() -> Timestamp {
    #[expect(clippy::as_conversions, reason = "whole milliseconds, far below 2^53")]
    Timestamp::from_millis(js_sys::Date::now() as i64)
}
