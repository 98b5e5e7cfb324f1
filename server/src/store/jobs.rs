//! What the server has to do on its own. A row is there until its work is done, so that no
//! crash and no restart forgets it.
//!
//! A worker leases a job for some time. When it dies, the lease runs out and another worker
//! does the job; when it was only slow, the effect of whoever comes second is not kept (see
//! [`finish`]).

mod overview;

use domain::Timestamp;

pub use self::overview::{JobCounts, counts, counts_by_kind, failed, retry_failed, retry_one};
use super::{
    StoreError,
    transaction::{SqlRow, Transaction, values, without_null_characters},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Make the small pictures of a photo; the subject is its hash.
    Derivatives,
}

/// A job that is leased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub kind: JobKind,
    /// What it is about; with the kind, the key of the job: asked for twice, it is one job.
    pub subject: String,
    /// How often it was leased, this time included.
    pub tries: u32,
}

/// Tries before a job is given up.
const MAX_TRIES: u32 = 10;
/// How long after a failure the job is tried again; twice as long after each further one.
const FIRST_RETRY_MS: i64 = 1_000;
const LONGEST_RETRY_MS: i64 = 3_600_000;

impl JobKind {
    const ALL: [Self; 1] = [Self::Derivatives];

    const fn code(self) -> &'static str {
        match self {
            Self::Derivatives => "derivatives",
        }
    }
}

/// Adds a job that is due at `due`; nothing happens when it is there.
///
/// # Errors
/// Those of the database.
pub fn add(
    transaction: &mut dyn Transaction,
    kind: JobKind,
    subject: &str,
    due: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO jobs (kind, subject, due_at, tries, leased_until, is_failed, last_error)
         VALUES ($1, $2, $3, 0, 0, 0, NULL) ON CONFLICT (kind, subject) DO NOTHING",
        values![kind.code(), subject, due],
    )?;
    Ok(())
}

/// Adds the jobs of photos whose small pictures are not made; gives how many.
///
/// # Errors
/// Those of the database.
pub fn add_missing_derivatives(transaction: &mut dyn Transaction) -> Result<usize, StoreError> {
    transaction.execute(
        "INSERT INTO jobs (kind, subject, due_at, tries, leased_until, is_failed, last_error)
         SELECT $1, hash, 0, 0, 0, 0, NULL FROM derivatives WHERE state = 'waiting'
         ON CONFLICT (kind, subject) DO NOTHING",
        values![JobKind::Derivatives.code()],
    )
}

/// Whether a job is due that nobody works at.
///
/// # Errors
/// Those of the database.
pub fn is_any_due(transaction: &mut dyn Transaction, now: Timestamp) -> Result<bool, StoreError> {
    let rows = transaction.query(
        "SELECT 1 FROM jobs WHERE is_failed = 0 AND due_at <= $1 AND leased_until <= $1 LIMIT 1",
        values![now],
    )?;
    Ok(!rows.is_empty())
}

/// Leases jobs that are due, the longest due first, until `until`.
///
/// # Errors
/// Those of the database.
pub fn lease(
    transaction: &mut dyn Transaction,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    let rows = transaction.query(
        "UPDATE jobs SET leased_until = $1, tries = tries + 1
         WHERE (kind, subject) IN (
             SELECT kind, subject FROM jobs
             WHERE is_failed = 0 AND due_at <= $2 AND leased_until <= $2
             ORDER BY due_at, subject LIMIT $3
         )
         RETURNING kind, subject, tries, due_at",
        values![until, now, limit],
    )?;
    // What is returned is in no order.
    let due = |row: &SqlRow| Ok((row.get::<i64>(3)?, read(row)?));
    let mut leased = rows.iter().map(due).collect::<Result<Vec<_>, StoreError>>()?;
    leased.sort_by(|(due, job), (other_due, other)| {
        (due, &job.subject).cmp(&(other_due, &other.subject))
    });
    Ok(leased.into_iter().map(|(_, job)| job).collect())
}

/// Removes a job that was done. `false` when this lease ran out and somebody else has the
/// job: then what it did must not be kept.
///
/// # Errors
/// Those of the database.
pub fn finish(transaction: &mut dyn Transaction, job: &Job) -> Result<bool, StoreError> {
    let removed = transaction.execute(
        "DELETE FROM jobs WHERE kind = $1 AND subject = $2 AND tries = $3",
        values![job.kind.code(), job.subject.as_str(), job.tries],
    )?;
    Ok(removed > 0)
}

/// Ends the lease of a job that failed: it is tried again later, or given up.
///
/// # Errors
/// Those of the database.
pub fn fail(
    transaction: &mut dyn Transaction,
    job: &Job,
    why: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let doublings = job.tries.saturating_sub(1).min(20);
    let wait = (FIRST_RETRY_MS << doublings).min(LONGEST_RETRY_MS);
    transaction.execute(
        "UPDATE jobs SET leased_until = 0, due_at = $1, is_failed = $2, last_error = $3,
             failed_at = $4
         WHERE kind = $5 AND subject = $6 AND tries = $7",
        values![
            now.plus_millis(wait),
            u32::from(job.tries >= MAX_TRIES),
            without_null_characters(why),
            now,
            job.kind.code(),
            job.subject.as_str(),
            job.tries,
        ],
    )?;
    Ok(())
}

fn read(row: &SqlRow) -> Result<Job, StoreError> {
    let code: String = row.get(0)?;
    let kind = JobKind::ALL.into_iter().find(|kind| kind.code() == code);
    Ok(Job {
        kind: kind.ok_or(StoreError::Column { column: 0 })?,
        subject: row.get(1)?,
        tries: row.get(2)?,
    })
}
