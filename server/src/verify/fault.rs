//! Something that is not as it was, and what to do about it.

use std::fmt;

/// The remedy for what only a copy can repair.
pub(super) const RESTORE: &str =
    "stop the server and restore the latest backup; phones offer again what it lacks";

/// The remedy for what is computed from something intact.
pub(super) const REPORT: &str =
    "the log it is computed from is intact and nothing is lost; restore the latest backup";

/// The remedy for what `xunjie rebuild` makes anew: summaries of cases, and the rows of small
/// pictures.
pub(super) const REBUILD: &str =
    "what it is made from is intact and nothing is lost; run `xunjie rebuild`";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which photo, operation, device, case or file, and what is wrong with it.
    pub what: String,
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} → {}", self.what, self.remedy)
    }
}
