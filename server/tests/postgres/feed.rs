//! The feed of changes while several processes write to one database.

use std::time::Duration;

use futures_util::future::join_all;
use xunjie::store::{Store, StoreError, Transaction, Value, changes};

use crate::support::test_database::ServerDatabase;

/// Changes that each process makes.
const CHANGES: u64 = 150;

fn change(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    let number = changes::next(transaction)?;
    transaction.execute(
        "INSERT INTO counters (name, value) VALUES ($1, $2)",
        &[Value::Text(format!("seen {number:06}")), Value::Integer(i64::try_from(number).unwrap())],
    )?;
    Ok(number)
}

/// The numbers whose rows are there, and the one that is said to be the latest.
fn seen(transaction: &mut dyn Transaction) -> Result<(Vec<u64>, u64), StoreError> {
    let rows = transaction
        .query("SELECT value FROM counters WHERE name LIKE 'seen %' ORDER BY name", &[])?;
    let numbers = rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    Ok((numbers, changes::latest(transaction)?))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_a_number_sees_all_before_it_while_two_processes_write() {
    let database = ServerDatabase::create_with("");
    let [one, two, reading] = [(); 3].map(|()| Store::of(&database.database()).unwrap());
    let write = async |store: &Store| {
        // Some at once, so that the store commits them together.
        for _ in 0..CHANGES / 10 {
            let together = (0..10).map(|_| store.write(change));
            join_all(together).await.into_iter().collect::<Result<Vec<_>, _>>().unwrap();
        }
    };
    let follow = async {
        let mut looks = 0;
        loop {
            let (numbers, latest) = reading.read(seen).await.unwrap();
            assert_eq!(numbers, (1..=latest).collect::<Vec<_>>(), "look {looks}");
            looks += 1;
            if latest == 2 * CHANGES {
                return looks;
            }
        }
    };
    let ((), (), looks) = tokio::join!(write(&one), write(&two), follow);
    assert!(looks > 3, "the reader looked only {looks} times");
}

#[tokio::test]
async fn a_process_hears_of_what_another_one_commits() {
    let database = ServerDatabase::create_with("");
    let [writing, other] = [(); 2].map(|()| Store::of(&database.database()).unwrap());
    let mut heard = other.changes();
    for _ in 0..20 {
        let number = writing.write(change).await.unwrap();
        heard.wait_for(|latest| *latest == number).await.unwrap();
    }
}

/// The connection that listens is cut as well, and what is committed meanwhile is read after it.
#[tokio::test]
async fn a_process_that_lost_its_connections_hears_of_changes_again() {
    let database = ServerDatabase::create_with("");
    let [writing, other] = [(); 2].map(|()| Store::of(&database.database()).unwrap());
    let mut heard = other.changes();
    database.cut();
    let number = loop {
        // The connection was cut, which the first task may learn too late.
        if let Ok(number) = writing.write(change).await {
            break number;
        }
    };
    let heard = heard.wait_for(|latest| *latest >= number);
    tokio::time::timeout(Duration::from_secs(60), heard).await.unwrap().unwrap();
}

#[tokio::test]
async fn two_processes_that_start_at_once_make_the_schema_once() {
    let database = ServerDatabase::create_with("");
    let opening = (0..4).map(|_| {
        let database = database.database();
        tokio::task::spawn_blocking(move || Store::of(&database))
    });
    let stores: Vec<Store> =
        join_all(opening).await.into_iter().map(|opened| opened.unwrap().unwrap()).collect();
    let versions = stores[0]
        .read(|transaction| {
            let rows = transaction.query("SELECT version FROM schema ORDER BY version", &[])?;
            rows.iter().map(|row| row.get(0)).collect::<Result<Vec<i64>, _>>()
        })
        .await
        .unwrap();
    assert!(!versions.is_empty());
    assert!(versions.iter().copied().eq((1..).take(versions.len())), "each once: {versions:?}");
}
