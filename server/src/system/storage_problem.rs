//! What can be wrong with the disk or the database: a person can do something about it, or
//! it passes by itself.

/// While one lasts nothing is acknowledged, and nothing is lost: phones send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageProblem {
    /// No space is left.
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
