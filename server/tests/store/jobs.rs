//! Jobs of the table: leased by one worker at a time, done once, tried again, given up.

use domain::Timestamp;
use tempfile::TempDir;
use xunjie::store::{
    DirectConnection, Store,
    jobs::{self, JobCounts, JobKind},
};

use crate::test_database::TestDatabase;

const LEASE_MS: i64 = 1_000;

/// A database without a server.
struct Opened {
    file: DirectConnection,
    _database: TestDatabase,
    _folder: TempDir,
}

fn opened() -> Opened {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::in_folder(folder.path());
    drop(Store::of(&database.database).unwrap());
    let file = DirectConnection::open(&database.database).unwrap();
    Opened { file, _database: database, _folder: folder }
}

impl Opened {
    fn add(&self, subject: &str, due: i64) {
        let due = Timestamp::from_millis(due);
        self.file
            .write(|transaction| jobs::add(transaction, JobKind::Derivatives, subject, due))
            .unwrap();
    }

    fn lease(&self, now: i64, limit: u32) -> Vec<jobs::Job> {
        let now = Timestamp::from_millis(now);
        let until = now.plus_millis(LEASE_MS);
        self.file.write(|transaction| jobs::lease(transaction, now, until, limit)).unwrap()
    }

    fn leased(&self, now: i64, limit: u32) -> Vec<String> {
        self.lease(now, limit).into_iter().map(|job| job.subject).collect()
    }

    fn is_any_due(&self, now: i64) -> bool {
        let now = Timestamp::from_millis(now);
        self.file.read(|transaction| jobs::is_any_due(transaction, now)).unwrap()
    }

    fn counts(&self) -> JobCounts {
        self.file.read(jobs::counts).unwrap()
    }
}

#[test]
fn jobs_are_leased_once_each_the_longest_due_first() {
    let jobs = opened();
    for (subject, due) in [("c", 30), ("a", 10), ("b", 20), ("later", 9_000), ("a", 5)] {
        jobs.add(subject, due);
    }
    assert!(jobs.is_any_due(10) && !jobs.is_any_due(9));
    assert_eq!(jobs.leased(100, 2), ["a", "b"]);
    assert_eq!(jobs.leased(100, 2), ["c"]);
    assert!(!jobs.is_any_due(100));
    assert_eq!(jobs.leased(100, 2), [""; 0]);
    assert_eq!(jobs.counts(), JobCounts { waiting: 4, failed: 0 });
}

#[test]
fn job_whose_lease_ran_out_is_leased_again_and_only_the_second_worker_may_finish_it() {
    let jobs = opened();
    jobs.add("a", 0);
    let first = jobs.lease(0, 9).remove(0);
    assert_eq!(jobs.leased(LEASE_MS - 1, 9), [""; 0]);
    let second = jobs.lease(LEASE_MS, 9).remove(0);
    assert_eq!((first.tries, second.tries), (1, 2));
    let finish = |job| jobs.file.write(|transaction| jobs::finish(transaction, job)).unwrap();
    assert!(!finish(&first));
    assert_eq!(jobs.counts(), JobCounts { waiting: 1, failed: 0 });
    assert!(finish(&second));
    assert!(!finish(&second));
    assert_eq!(jobs.counts(), JobCounts::default());
}

#[test]
fn failed_job_is_tried_again_after_ever_longer_waits_and_given_up_until_somebody_asks() {
    let jobs = opened();
    jobs.add("a", 0);
    let (mut now, mut waits) = (0, Vec::new());
    while jobs.counts().failed == 0 {
        let job = jobs.lease(now, 1).remove(0);
        let at = Timestamp::from_millis(now);
        jobs.file.write(|transaction| jobs::fail(transaction, &job, "no room", at)).unwrap();
        let before = now;
        while jobs.counts().failed == 0 && !jobs.is_any_due(now) {
            now += 1_000;
        }
        waits.push((now - before) / 1_000);
    }
    // The last one is not waited for.
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 0]);
    assert_eq!(jobs.counts(), JobCounts { waiting: 0, failed: 1 });
    let failed = jobs.file.read(|transaction| jobs::failed(transaction, None, 9)).unwrap();
    assert_eq!((&*failed[0].subject, &*failed[0].last_error), ("a", "no room"));
    assert_eq!((failed[0].tries, failed[0].failed_at), (10, Some(Timestamp::from_millis(now))));
    now += 10_000_000;
    assert_eq!(jobs.leased(now, 1), [""; 0]);

    let at = Timestamp::from_millis(now);
    let again =
        |transaction: &mut dyn xunjie::store::Transaction| jobs::retry_failed(transaction, at);
    assert_eq!(jobs.file.write(again).unwrap(), 1);
    assert_eq!(jobs.lease(now, 1).remove(0).tries, 1);
}
