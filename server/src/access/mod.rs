//! What a person may read: a case, the feed of changed cases, photos. Each asks one question,
//! whether this person sees a case, and `domain` answers it: from the summary, and for what was
//! seen at an earlier moment from the log. (Lists put the same rule into SQL, in
//! `store::case_lists`, and a test holds the two side by side.)
//!
//! Never: writes.

mod case_log;
mod changes;
mod photos;
mod visibility;

pub use case_log::case_log;
pub use changes::changes;
pub use photos::{PhotoAccess, photo_access};
