//! Jobs as somebody looks at them: how many there are, which were given up, and having those tried
//! again.
//!
//! Never: reads the table from end to end. A restore or a rebuild leaves a job for each of a
//! million photos, and whoever monitors the server asks every few seconds.

use domain::{
    Timestamp,
    sync::{FailedJob, JobCount, JobCursor},
};

use crate::store::{
    StoreError,
    transaction::{SqlRow, Transaction, values},
};

/// The next kind of which there is a job: a look into the index for each kind, whatever the number
/// of jobs, and also for kinds that only a later version knows.
const NEXT_KIND: &str = "SELECT MIN(kind) FROM jobs WHERE kind > $1";
const COUNT_WAITING: &str = "SELECT COUNT(*) FROM
    (SELECT 1 FROM jobs WHERE kind = $1 AND is_failed = 0 LIMIT $2) counted";
const COUNT_FAILED: &str = "SELECT COUNT(*) FROM
    (SELECT 1 FROM jobs WHERE kind = $1 AND is_failed = 1 LIMIT $2) counted";
const FAILED: &str = "SELECT kind, subject, tries, failed_at, COALESCE(last_error, '') FROM jobs
    WHERE is_failed = 1 AND (kind, subject) > ($1, $2) ORDER BY kind, subject LIMIT $3";
const RETRY_FAILED: &str = "UPDATE jobs SET is_failed = 0, tries = 0, leased_until = 0, due_at = $1
    WHERE is_failed = 1";
const RETRY_ONE: &str = "UPDATE jobs SET is_failed = 0, tries = 0, leased_until = 0, due_at = $1
    WHERE is_failed = 1 AND kind = $2 AND subject = $3";

/// How many jobs there are, of all kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// To be done, now or later.
    pub waiting: u64,
    /// Given up after many tries, until somebody has them tried again.
    pub failed: u64,
}

/// The sums of [`counts_by_kind`].
///
/// # Errors
/// Those of the database.
pub fn counts(transaction: &mut dyn Transaction) -> Result<JobCounts, StoreError> {
    let mut all = JobCounts::default();
    for count in counts_by_kind(transaction)? {
        all.waiting += u64::from(count.waiting);
        all.failed += u64::from(count.failed);
    }
    Ok(all)
}

/// How many jobs there are of each kind, by name; each number is [`JobCount::MAX`] at most.
///
/// # Errors
/// Those of the database.
pub fn counts_by_kind(transaction: &mut dyn Transaction) -> Result<Vec<JobCount>, StoreError> {
    let mut counts: Vec<JobCount> = Vec::new();
    loop {
        let last = counts.last().map_or("", |count| &count.kind);
        let rows = transaction.query(NEXT_KIND, values![last])?;
        let next: Option<String> = rows.first().map_or(Ok(None), |row| row.get(0))?;
        let Some(kind) = next else { return Ok(counts) };
        let mut count = |sql| -> Result<u32, StoreError> {
            let rows = transaction.query(sql, values![kind.as_str(), JobCount::MAX])?;
            rows.first().map_or(Ok(0), |row| row.get(0))
        };
        let (waiting, failed) = (count(COUNT_WAITING)?, count(COUNT_FAILED)?);
        counts.push(JobCount { kind, waiting, failed });
    }
}

/// Jobs that were given up, by kind and subject, at most `limit` after the cursor.
///
/// # Errors
/// Those of the database.
pub fn failed(
    transaction: &mut dyn Transaction,
    after: Option<&JobCursor>,
    limit: u32,
) -> Result<Vec<FailedJob>, StoreError> {
    let (kind, subject) = after.map_or(("", ""), |after| (&after.kind, &after.subject));
    let rows = transaction.query(FAILED, values![kind, subject, limit])?;
    let read = |row: &SqlRow| -> Result<FailedJob, StoreError> {
        Ok(FailedJob {
            kind: row.get(0)?,
            subject: row.get(1)?,
            tries: row.get(2)?,
            failed_at: row.get::<Option<i64>>(3)?.map(Timestamp::from_millis),
            last_error: row.get(4)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Has all jobs that were given up tried again; gives how many.
///
/// # Errors
/// Those of the database.
pub fn retry_failed(
    transaction: &mut dyn Transaction,
    now: Timestamp,
) -> Result<usize, StoreError> {
    transaction.execute(RETRY_FAILED, values![now])
}

/// Has one job tried again. `false`: it was not given up, or is no longer there.
///
/// # Errors
/// Those of the database.
pub fn retry_one(
    transaction: &mut dyn Transaction,
    kind: &str,
    subject: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(transaction.execute(RETRY_ONE, values![now, kind, subject])? > 0)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::sqlite;

    #[test]
    fn jobs_are_counted_and_listed_from_an_index_and_never_sorted() {
        let connection = Connection::open_in_memory().unwrap();
        sqlite::schema::migrate(&connection).unwrap();
        for (sql, values, index) in [
            (NEXT_KIND, 1, "COVERING INDEX"),
            (COUNT_WAITING, 2, "COVERING INDEX jobs_by_kind (kind=? AND is_failed=?)"),
            (COUNT_FAILED, 2, "COVERING INDEX jobs_by_kind (kind=? AND is_failed=?)"),
            (FAILED, 3, "INDEX failed_jobs ((kind,subject)>(?,?))"),
            (RETRY_FAILED, 1, "INDEX failed_jobs"),
            (RETRY_ONE, 3, "(kind=? AND subject=?)"),
        ] {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let values = rusqlite::params_from_iter(vec!["1"; values]);
            let lines = statement.query_map(values, |row| row.get::<_, String>(3)).unwrap();
            let lines: Vec<String> = lines.map(Result::unwrap).collect();
            assert!(lines.iter().any(|line| line.contains(index)), "{lines:?}\n{sql}");
            assert!(!lines.iter().any(|line| line.contains("B-TREE")), "{lines:?}\n{sql}");
        }
    }
}
