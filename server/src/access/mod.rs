//! What a person may read: a case, the feed of their phone, photos. Each asks one question, whether
//! this person sees a case or their phone keeps it, and `domain::summary` answers it. (Lists put
//! the same rule into SQL, in `store::case_lists`, and a test holds the two side by side.)
//!
//! Never: writes.

mod case_log;
mod changes;
mod photos;

pub use case_log::case_log;
pub use changes::changes;
pub use photos::{PhotoAccess, photo_access};
