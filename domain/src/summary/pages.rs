//! A list of cases, page by page, and how many there are of each kind.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{CaseSummary, Queue, Sort};
use crate::{CaseId, Timestamp, text_form};

/// `GET /cases`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CasePage {
    pub cases: Vec<CaseRow>,
    /// Where the next page begins; `None` on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRow {
    /// 编号, `2026-000017`
    pub number: String,
    /// The change that it had last.
    pub change: u64,
    pub summary: CaseSummary,
}

/// `GET /cases/counts`: of what this person sees and the query names but for its queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueCounts {
    pub queues: Vec<QueueCount>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueCount {
    pub queue: Queue,
    /// [`QueueCount::MAX`] means so many or more.
    pub cases: u32,
}

impl QueueCount {
    /// Nobody needs to know how many more there are, and counting them takes time.
    pub const MAX: u32 = 2_000;
}

/// The place of a case in a list, `1790000000000_<id>`: its place stays when others come and
/// go before it, as a number of rows would not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// What the list is sorted by; see [`Cursor::key`].
    pub key: Timestamp,
    pub id: CaseId,
}

/// Not a cursor that a page gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCursor;

impl Cursor {
    #[must_use]
    pub fn of(summary: &CaseSummary, sort: Sort) -> Self {
        Self { key: Self::key(summary, sort), id: summary.id }
    }

    /// What a case is sorted by, before its id.
    #[must_use]
    pub fn key(summary: &CaseSummary, sort: Sort) -> Timestamp {
        match sort {
            Sort::Reported => summary.reported_at,
            Sort::Due => summary
                .assignment
                .as_ref()
                .map_or(Timestamp::from_millis(i64::MAX), |one| one.lamp.due),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.key.millis(), self.id)
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (key, id) = text.split_once('_').ok_or(BadCursor)?;
        let key = Timestamp::from_millis(key.parse().map_err(|_| BadCursor)?);
        Ok(Self { key, id: id.parse().map_err(|_| BadCursor)? })
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

text_form::deserialize_from_str!(Cursor, "a cursor is what a page gave as its next");
