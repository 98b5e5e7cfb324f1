//! Why a value is not what was asked for.

use std::fmt;

/// The innermost field that has a name, and what is wrong with it. Small and `Copy`:
/// it is the other half of every result while reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bad {
    field: &'static str,
    why: &'static str,
}

impl Bad {
    pub const MISSING: Self = Self::new("missing");
    pub const TWICE: Self = Self::new("there twice");
    pub const OBJECT: Self = Self::new("not an object");
    pub const LIST: Self = Self::new("not a list of the right length");
    pub const TEXT: Self = Self::new("not a text");
    pub const BOOL: Self = Self::new("not true or false");
    pub const INTEGER: Self = Self::new("not a whole number in range");
    pub const VARIANT: Self = Self::new("none of the known variants");

    /// `why` completes "… is".
    #[must_use]
    pub const fn new(why: &'static str) -> Self {
        Self { field: "", why }
    }

    /// In this field, unless a field inside it is known.
    pub(super) const fn within(self, field: &'static str) -> Self {
        if self.field.is_empty() { Self { field, ..self } } else { self }
    }
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.field.is_empty() { "the value" } else { self.field };
        f.write_str(name)?;
        f.write_str(" is ")?;
        f.write_str(self.why)
    }
}

impl std::error::Error for Bad {}

impl From<Bad> for serde_json::Error {
    fn from(bad: Bad) -> Self {
        serde::de::Error::custom(bad)
    }
}
