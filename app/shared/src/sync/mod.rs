//! Between this phone and the server: carries out what the outbox engine of `domain`
//! asks for, pulls changes, listens to the live stream, fetches the pack.
//!
//! Never: decides what is sent when. That is the engine's.

mod asked;
mod batch;
mod changes;
mod driver;
mod effects;
mod http;
mod lead;
mod live;
mod progress;
mod session;
mod upload;

pub use asked::{
    case, case_counts, cases, cases_near, devices, jobs, keep_view, remove_view, retry_jobs,
    send_rescue, views,
};
pub use driver::{Notice, Sync};
pub use session::{Refused, knows_this_browser, sign_in, sign_out};
