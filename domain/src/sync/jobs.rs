//! What an administrator is told of the server's own jobs, and how given-up ones are tried again.
//! `GET /api/v1/jobs`, `POST /api/v1/jobs/retry`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Timestamp, text_form};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jobs {
    /// Each kind of which there is a job, by name.
    pub counts: Vec<JobCount>,
    /// A page of those that were given up, by kind and subject.
    pub failed: Vec<FailedJob>,
    /// Where the next page begins; `None` on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<JobCursor>,
}

/// How many jobs of a kind there are; [`JobCount::MAX`] means so many or more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobCount {
    /// `derivatives`: make the small pictures of a photo. A later version has others.
    pub kind: String,
    /// To be done, now or later.
    pub waiting: u32,
    /// Given up after many tries.
    pub failed: u32,
}

/// A job that was given up, until somebody has it tried again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FailedJob {
    pub kind: String,
    /// What it is about; of `derivatives`, the photo's hash. With the kind, the key of the job.
    pub subject: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it was tried last; `None` where an older version gave it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Timestamp>,
    /// Why, in a programmer's words.
    pub last_error: String,
}

/// `POST /jobs/retry`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JobRetry {
    /// All that were given up.
    All,
    One {
        kind: String,
        subject: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobRetryAnswer {
    /// How many are tried again; 0 when none was given up, or no longer.
    pub jobs: u32,
}

/// The place of a job among those that were given up, `derivatives/<subject>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobCursor {
    pub kind: String,
    pub subject: String,
}

/// Not a cursor that a page gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadJobCursor;

impl JobCount {
    /// Nobody needs to know how many more there are, and counting them takes time.
    pub const MAX: u32 = 100_000;
}

impl fmt::Display for JobCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.subject)
    }
}

impl FromStr for JobCursor {
    type Err = BadJobCursor;

    fn from_str(text: &str) -> Result<Self, BadJobCursor> {
        // A kind is a name of this program, without a slash; a subject is anything.
        let (kind, subject) = text.split_once('/').ok_or(BadJobCursor)?;
        Ok(Self { kind: kind.into(), subject: subject.into() })
    }
}

impl Serialize for JobCursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

text_form::deserialize_from_str!(JobCursor, "a cursor is what a page gave as its next");
