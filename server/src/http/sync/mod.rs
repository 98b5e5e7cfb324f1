//! Operations in, changes out: what the sync engine of a device calls, and what
//! headquarters reads about devices.

pub(super) mod check_holdings;
pub(super) mod hello;
pub(super) mod import_rescue;
pub(super) mod list_changes;
pub(super) mod list_devices;
pub(super) mod live_changes;
pub(super) mod submit_operations;
