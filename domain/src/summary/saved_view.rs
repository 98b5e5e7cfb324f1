//! Filters of the board that a person keeps under a name, so that they are on each device.
//!
//! Never: a place in a list. Where somebody has scrolled to is not what they look for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize};

use super::CaseQuery;
use crate::{ViewId, text_form};

/// `PUT /views/{id}`: made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Known among the views of one person alone.
    pub id: ViewId,
    pub name: ViewName,
    /// Without `cursor` and `limit`, which are not kept.
    pub query: CaseQuery,
}

/// `GET /views`: one's own, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedViews {
    /// One that another version saved and this one cannot read is passed over: the others are
    /// listed without it.
    #[serde(deserialize_with = "readable")]
    pub views: Vec<SavedView>,
    /// Those that the server itself cannot read. They are kept, count, and can be removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<UnreadableView>,
}

/// A view whose query another version of the server stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadableView {
    pub id: ViewId,
    /// As it is stored.
    pub name: String,
}

/// What a person calls a view: up to 40 characters in one line, without space around them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewName(Box<str>);

/// Nothing, too much, or more than one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadViewName;

impl SavedViews {
    /// Of one person.
    pub const MAX: u32 = 50;
}

impl ViewName {
    pub const MAX_CHARS: usize = 40;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ViewName {
    type Err = BadViewName;

    fn from_str(text: &str) -> Result<Self, BadViewName> {
        let name = text.trim();
        let is_good = (1..=Self::MAX_CHARS).contains(&name.chars().count())
            && !name.chars().any(char::is_control);
        if is_good { Ok(Self(name.into())) } else { Err(BadViewName) }
    }
}

impl fmt::Display for ViewName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ViewName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

text_form::deserialize_from_str!(ViewName, "a name has 1 to 40 characters in one line");

/// Those of the list that can be read.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<SavedView>, D::Error> {
    let views = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(views.into_iter().filter_map(|view| serde_json::from_value(view).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::Queue;

    #[test]
    fn a_name_is_one_line_of_up_to_forty_characters_without_space_around_it() {
        let (longest, too_long) = ("超".repeat(40), "超".repeat(41));
        for (text, name) in [
            ("到期未改", Some("到期未改")),
            (" a\u{3000}b\t", Some("a\u{3000}b")),
            (longest.as_str(), Some(longest.as_str())),
            (too_long.as_str(), None),
            ("", None),
            (" \n", None),
            ("a\nb", None),
            ("a\u{0}b", None),
            ("a\u{7f}", None),
        ] {
            let parsed = text.parse::<ViewName>();
            assert_eq!(parsed.as_ref().map(ViewName::as_str).ok(), name, "{text:?}");
        }
    }

    #[test]
    fn a_list_is_read_without_the_views_that_a_later_version_saved() {
        let id = "01a2287f-a159-73fd-a857-2e62098ec666";
        let list = serde_json::json!({
            "views": [
                { "id": id, "name": "晚了", "query": { "queue": "overdue" } },
                { "id": id, "name": "later", "query": { "colour": "red" } },
                { "id": id, "name": "later", "query": { "queue": "a queue of a later version" } },
                { "id": id, "name": "", "query": {} },
                { "id": id, "name": "all", "query": {}, "shared": true },
            ],
            "pinned": [],
        });
        let list: SavedViews = serde_json::from_value(list).unwrap();
        let queues: Vec<_> = list.views.iter().map(|view| view.query.queue).collect();
        assert_eq!(queues, [Some(Queue::Overdue), None]);
    }
}
