//! What can be wrong with the disk or the database, which a person can do something about
//! and which may pass by itself.

/// Nothing is acknowledged meanwhile, and nothing is lost: phones send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageProblem {
    /// No room.
    Full,
    ReadOnly,
    /// Another program holds the database.
    Locked,
    Damaged,
    /// Not where it was, or the disk does not answer.
    Unreachable,
}

impl StorageProblem {
    /// Stable, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Locked => "locked",
            Self::Damaged => "damaged",
            Self::Unreachable => "unreachable",
        }
    }
}
