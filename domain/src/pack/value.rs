//! One kind of value for the three formats: a cell of a table, a property of a map
//! feature, a key of a TOML table.

use std::{borrow::Cow, collections::BTreeMap};

/// What stands under a name.
#[derive(Debug)]
pub(super) enum Value<'t> {
    /// Of a table: text, or a list separated by spaces.
    Cell(Cow<'t, str>),
    Text(Cow<'t, str>),
    Whole(i64),
    Truth(bool),
    List(Vec<Entry<'t>>),
    Table(Entries<'t>),
    /// What no field of a pack takes, as it was written.
    Other(Cow<'t, str>),
}

/// A value and the line it stands in.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub value: Value<'t>,
    pub line: u32,
}

pub(super) type Entries<'t> = BTreeMap<Cow<'t, str>, Entry<'t>>;

impl Value<'_> {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Cell(text) | Self::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// As a fault quotes it, cut when long.
    pub(super) fn shown(&self) -> Box<str> {
        match self {
            Self::Cell(text) => shorten(text),
            Self::Text(text) | Self::Other(text) => shorten(text),
            Self::Whole(number) => number.to_string().into(),
            Self::Truth(truth) => truth.to_string().into(),
            Self::List(_) => "[…]".into(),
            Self::Table(_) => "{…}".into(),
        }
    }
}

/// The first 60 characters.
pub(super) fn shorten(text: &str) -> Box<str> {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}
