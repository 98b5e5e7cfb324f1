//! Tasks of the store: they are committed together, fail alone, and are there after reopening.

use std::time::Duration;

use futures_util::future::join_all;
use tempfile::TempDir;
use xunjie::store::{Store, StoreError, Transaction, Value, changes};

use crate::test_database::TestDatabase;

struct Opened {
    store: Store,
    database: TestDatabase,
    folder: TempDir,
}

fn store() -> Opened {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::in_folder(folder.path());
    let store = Store::of(&database.database).unwrap();
    Opened { store, database, folder }
}

fn put(transaction: &mut dyn Transaction, name: &str) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO counters (name, value) VALUES ($1, 1)",
        &[Value::Text(name.to_owned())],
    )?;
    Ok(())
}

async fn names(store: &Store) -> Vec<String> {
    store
        .read(|transaction| {
            let rows = transaction.query("SELECT name FROM counters ORDER BY name", &[])?;
            rows.iter().map(|row| row.get(0)).collect()
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_task_that_fails_rolls_back_nothing_of_the_others() {
    let Opened { store, .. } = &store();
    let good = store.write(|transaction| put(transaction, "good"));
    let bad = store.write(|transaction| {
        put(transaction, "half")?;
        Err::<(), _>(StoreError::Missing("something"))
    });
    let doubled = store.write(|transaction| {
        put(transaction, "other half")?;
        put(transaction, "good")
    });
    let panics = store.write(|transaction| {
        put(transaction, "third half")?;
        panic!("a bug in a task");
        #[expect(unreachable_code, reason = "gives the task its type")]
        Ok(())
    });
    let last = store.write(|transaction| put(transaction, "last"));
    let (good, bad, doubled, panics, last) = tokio::join!(good, bad, doubled, panics, last);
    assert!(good.is_ok() && last.is_ok());
    assert!(matches!(bad, Err(StoreError::Missing(_))));
    assert!(matches!(doubled, Err(StoreError::Database(_))));
    assert!(matches!(panics, Err(StoreError::Panicked)));
    assert_eq!(names(store).await, ["good", "last"]);
}

#[tokio::test]
async fn a_batch_that_cannot_be_committed_is_an_error_for_every_caller() {
    let Opened { store, .. } = &store();
    // Ends the transaction of the whole batch: none of its tasks can be committed.
    let tasks = ["a", "ROLLBACK", "b"].map(|name| {
        store.write(move |transaction| match name {
            "ROLLBACK" => transaction.execute("ROLLBACK", &[]).map(|_| ()),
            name => put(transaction, name),
        })
    });
    let answers = join_all(tasks).await;
    let stored = names(store).await;
    for (name, answer) in ["a", "", "b"].iter().zip(&answers) {
        assert_eq!(
            answer.is_ok(),
            stored.iter().any(|stored| stored == name),
            "{name}: {answer:?}"
        );
    }
    assert!(answers.iter().any(Result::is_err));
    store.write(|transaction| put(transaction, "later")).await.unwrap();
    assert!(names(store).await.contains(&"later".to_owned()), "the writer goes on");
}

#[tokio::test]
async fn a_caller_that_hangs_up_leaves_each_task_whole_or_undone() {
    let Opened { store, .. } = &store();
    for number in 0..50_u32 {
        let task = store.write(move |transaction| {
            put(transaction, &format!("{number:02} a"))?;
            put(transaction, &format!("{number:02} b"))
        });
        // Dropped at whatever point it has reached by then.
        let _given_up = tokio::time::timeout(Duration::from_micros(number.into()), task).await;
    }
    store.write(|transaction| put(transaction, "z")).await.unwrap();
    let names = names(store).await;
    let halves = names.iter().filter(|name| *name != "z").count();
    assert_eq!(halves % 2, 0, "{names:?}");
}

#[tokio::test]
async fn changes_are_numbered_without_gaps_and_announced_after_the_commit() {
    let Opened { store, .. } = &store();
    let mut announced = store.changes();
    let tasks = (0..100).map(|_| store.write(changes::next));
    let mut numbers: Vec<u64> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    announced.wait_for(|latest| *latest == 100).await.unwrap();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>(), "each number once, none left out");
}

#[tokio::test]
async fn a_task_that_writes_through_a_reader_fails() {
    let Opened { store, .. } = &store();
    let result = store.read(|transaction| put(transaction, "x")).await;
    assert!(matches!(result, Err(StoreError::Database(_))));
    assert!(names(store).await.is_empty());
}

#[tokio::test]
async fn a_store_that_is_opened_again_has_its_rows() {
    let Opened { store, database, folder: _folder } = store();
    store.write(|transaction| put(transaction, "kept")).await.unwrap();
    drop(store);
    let again = Store::of(&database.database).unwrap();
    assert_eq!(names(&again).await, ["kept"]);
}

#[tokio::test]
async fn a_database_with_other_tables_is_refused_in_words_and_left_as_it_is() {
    let Opened { store, database, folder: _folder } = store();
    let removed = "ALTER TABLE cases DROP COLUMN summary";
    store.write(|transaction| transaction.execute(removed, &[])).await.unwrap();
    let refused = Store::of(&database.database).expect_err("requests would fail one by one");
    assert!(matches!(refused, StoreError::OtherSchema), "{refused:?}");
    assert!(refused.to_string().contains("xunjie init"), "{refused}");
    let again = "ALTER TABLE cases ADD COLUMN summary TEXT";
    store.write(|transaction| transaction.execute(again, &[])).await.unwrap();
}

#[tokio::test]
async fn text_with_a_null_character_is_refused_and_nothing_else() {
    let Opened { store, .. } = &store();
    let refused = store.write(|transaction| put(transaction, "a\0b")).await;
    assert!(matches!(refused, Err(StoreError::NullCharacter)), "{refused:?}");
    store.write(|transaction| put(transaction, "ab")).await.unwrap();
    assert_eq!(names(store).await, ["ab"]);
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused() {
    let Opened { store, database, folder: _folder } = store();
    store
        .write(|transaction| {
            transaction.execute("INSERT INTO schema (version) VALUES (99)", &[])?;
            Ok(())
        })
        .await
        .unwrap();
    drop(store);
    let opened = Store::of(&database.database);
    assert!(matches!(opened, Err(StoreError::Newer { schema: 99 })), "{opened:?}");
}
