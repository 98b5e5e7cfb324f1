//! What a person may read: the feed of changed cases, and photos. Both ask one question,
//! whether this person sees a case, and `domain` answers it.
//!
//! Never: writes; decides by SQL what `domain` decides.

mod case_log;
mod changes;
mod photos;
mod visibility;

pub use case_log::case_log;
pub use changes::changes;
pub use photos::{PhotoAccess, photo_access};
