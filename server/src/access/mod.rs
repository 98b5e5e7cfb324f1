//! What a person may read: a case, the feed of their phone, which cases just changed, photos. Each
//! asks one question, whether this person sees a case or their phone keeps it, and
//! `domain::summary` answers it. (Lists put the same rule into SQL, in `store::case_lists`, and a
//! test holds the two side by side.)
//!
//! Never: writes.

mod case_log;
mod changes;
mod photos;
mod recent_changes;

pub use case_log::case_log;
pub use changes::changes;
pub use photos::{PhotoAccess, photo_access};
pub use recent_changes::RecentChanges;
