//! Layers around every handler, whatever it does.

pub(super) mod drain;
pub(super) mod request_log;
pub(super) mod security_headers;
pub(super) mod time_limit;
