//! The server's own jobs, as an administrator sees them and has them tried again.

use domain::sync::{FailedJob, JobCount, JobRetry, JobRetryAnswer, Jobs};
use serde_json::json;
use xunjie::{
    store::{StoreError, Transaction, Value, jobs},
    system::clock,
};

use crate::support::{Device, TestApp};

const INSERT: &str = "INSERT INTO jobs
    (kind, subject, due_at, tries, leased_until, is_failed, last_error, failed_at)
    VALUES ($1, $2, $3, 10, 0, $4, 'no room', 17)";

fn add(
    transaction: &mut dyn Transaction,
    kind: &str,
    subject: &str,
    failed: bool,
) -> Result<(), StoreError> {
    // Nobody works at those that wait: they are due in an hour.
    let due = clock::now().plus_millis(3_600_000);
    let values: [Value; 4] = [kind.into(), subject.into(), due.into(), failed.into()];
    transaction.execute(INSERT, &values).map(|_| ())
}

/// Of `derivatives` five that were given up and three that wait; of another kind two given up.
async fn add_all(app: &TestApp) {
    app.app
        .store
        .write(|transaction| {
            for subject in ["a", "b", "c/d", "e", "f"] {
                add(transaction, "derivatives", subject, true)?;
            }
            for subject in ["u", "v", "w"] {
                add(transaction, "derivatives", subject, false)?;
            }
            for subject in ["a", "b"] {
                add(transaction, "later", subject, true)?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

fn count(kind: &str, waiting: u32, failed: u32) -> JobCount {
    JobCount { kind: kind.into(), waiting, failed }
}

async fn look(device: &Device, query: &str) -> Jobs {
    device.get(&format!("/api/v1/jobs{query}"), 200).await.json()
}

async fn retry(device: &Device, retry: &JobRetry) -> u32 {
    let answer = device.post("/api/v1/jobs/retry", retry, 200).await;
    answer.json::<JobRetryAnswer>().jobs
}

fn keys(jobs: &[FailedJob]) -> Vec<(&str, &str)> {
    jobs.iter().map(|job| (job.kind.as_str(), job.subject.as_str())).collect()
}

#[tokio::test]
async fn an_administrator_sees_how_many_jobs_there_are_and_each_that_was_given_up() {
    let app = TestApp::start().await;
    let admin = app.device("admin").await;
    assert_eq!(look(&admin, "").await, Jobs::default());
    add_all(&app).await;
    let all = look(&admin, "").await;
    assert_eq!(all.counts, [count("derivatives", 3, 5), count("later", 0, 2)]);
    let expected = [
        ("derivatives", "a"),
        ("derivatives", "b"),
        ("derivatives", "c/d"),
        ("derivatives", "e"),
        ("derivatives", "f"),
        ("later", "a"),
        ("later", "b"),
    ];
    assert_eq!((keys(&all.failed), &all.next), (expected.to_vec(), &None));
    let first = &all.failed[0];
    assert_eq!((first.tries, &*first.last_error), (10, "no room"));
    assert_eq!(first.failed_at.map(|at| at.millis()), Some(17));
    for limit in 1..=7 {
        let (mut listed, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = look(&admin, &format!("?limit={limit}{cursor}")).await;
            assert!(page.failed.len() <= limit);
            listed.extend(page.failed);
            let Some(next) = page.next else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(keys(&listed), expected, "{limit} a page");
    }
}

#[tokio::test]
async fn one_job_or_all_that_were_given_up_are_tried_again_and_no_others() {
    let app = TestApp::start().await;
    let admin = app.device("admin").await;
    add_all(&app).await;
    let one = |subject: &str| JobRetry::One { kind: "derivatives".into(), subject: subject.into() };
    for (subject, jobs) in [("c/d", 1), ("c/d", 0), ("u", 0), ("nobody", 0)] {
        assert_eq!(retry(&admin, &one(subject)).await, jobs, "{subject}");
    }
    let left = look(&admin, "").await;
    assert_eq!(left.counts, [count("derivatives", 4, 4), count("later", 0, 2)]);
    assert!(!keys(&left.failed).contains(&("derivatives", "c/d")));
    assert_eq!(retry(&admin, &JobRetry::All).await, 6);
    assert_eq!(retry(&admin, &JobRetry::All).await, 0);
    let none = look(&admin, "").await;
    assert_eq!(none.counts, [count("derivatives", 8, 0), count("later", 2, 0)]);
    assert_eq!(none.failed, []);
    let sums = app.app.store.read(jobs::counts).await.unwrap();
    assert_eq!((sums.waiting, sums.failed), (10, 0));
}

#[tokio::test]
async fn what_is_no_question_about_jobs_is_refused() {
    let app = TestApp::start().await;
    let admin = app.device("admin").await;
    for query in ["cursor=17", "limit=-1", "limit=many", "kind=derivatives"] {
        let answer = admin.get(&format!("/api/v1/jobs?{query}"), 400).await;
        assert_eq!(answer.problem(), "malformed", "{query}");
    }
    for body in [json!("some"), json!({ "one": { "kind": "derivatives" } }), json!({})] {
        let answer = admin.post("/api/v1/jobs/retry", &body, 400).await;
        assert_eq!(answer.problem(), "malformed", "{body}");
    }
    // A limit beyond the largest page is cut to it.
    look(&admin, "?limit=4000000000").await;
}
