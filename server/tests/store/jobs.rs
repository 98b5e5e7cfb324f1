//! Jobs of the writer: commit together, fail alone, and survive a kill.

use std::time::Duration;

use futures_util::future::join_all;
use tempfile::TempDir;
use xunjie::store::{Store, StoreError, Transaction, Value, changes};

struct Opened {
    store: Store,
    folder: TempDir,
}

fn store() -> Opened {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("x.db")).unwrap();
    Opened { store, folder }
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
async fn a_job_that_fails_takes_nothing_of_the_others_with_it() {
    let Opened { store, folder: _folder } = store();
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
        panic!("a bug in a job");
        #[expect(unreachable_code, reason = "gives the job its type")]
        Ok(())
    });
    let last = store.write(|transaction| put(transaction, "last"));
    let (good, bad, doubled, panics, last) = tokio::join!(good, bad, doubled, panics, last);
    assert!(good.is_ok() && last.is_ok());
    assert!(matches!(bad, Err(StoreError::Missing(_))));
    assert!(matches!(doubled, Err(StoreError::Database(_))));
    assert!(matches!(panics, Err(StoreError::Panicked)));
    assert_eq!(names(&store).await, ["good", "last"]);
}

#[tokio::test]
async fn when_the_whole_cannot_be_committed_everybody_is_told() {
    let Opened { store, folder: _folder } = store();
    // Ends the transaction under the others: their work cannot be kept.
    let jobs = ["a", "ROLLBACK", "b"].map(|name| {
        store.write(move |transaction| match name {
            "ROLLBACK" => transaction.execute("ROLLBACK", &[]).map(|_| ()),
            name => put(transaction, name),
        })
    });
    let told = join_all(jobs).await;
    let stands = names(&store).await;
    for (name, told) in ["a", "", "b"].iter().zip(&told) {
        assert_eq!(told.is_ok(), stands.iter().any(|stands| stands == name), "{name}: {told:?}");
    }
    assert!(told.iter().any(Result::is_err));
    store.write(|transaction| put(transaction, "later")).await.unwrap();
    assert!(names(&store).await.contains(&"later".to_owned()), "the writer goes on");
}

#[tokio::test]
async fn who_hangs_up_cuts_nothing_in_half() {
    let Opened { store, folder: _folder } = store();
    for number in 0..50_u32 {
        let job = store.write(move |transaction| {
            put(transaction, &format!("{number:02} a"))?;
            put(transaction, &format!("{number:02} b"))
        });
        // Dropped at whatever point it has reached.
        let _given_up = tokio::time::timeout(Duration::from_micros(number.into()), job).await;
    }
    store.write(|transaction| put(transaction, "z")).await.unwrap();
    let names = names(&store).await;
    let halves = names.iter().filter(|name| *name != "z").count();
    assert_eq!(halves % 2, 0, "{names:?}");
}

#[tokio::test]
async fn changes_are_announced_after_they_are_committed() {
    let Opened { store, folder: _folder } = store();
    let mut announced = store.changes();
    let jobs = (0..100).map(|_| store.write(changes::next));
    let mut taken: Vec<u64> = join_all(jobs).await.into_iter().map(Result::unwrap).collect();
    announced.wait_for(|latest| *latest == 100).await.unwrap();
    taken.sort_unstable();
    assert_eq!(taken, (1..=100).collect::<Vec<_>>(), "each number once, none left out");
}

#[tokio::test]
async fn readers_cannot_write() {
    let Opened { store, folder: _folder } = store();
    let tried = store.read(|transaction| put(transaction, "x")).await;
    assert!(matches!(tried, Err(StoreError::Database(_))));
    assert!(names(&store).await.is_empty());
}

#[tokio::test]
async fn opened_again_it_holds_what_it_held() {
    let Opened { store, folder } = store();
    store.write(|transaction| put(transaction, "kept")).await.unwrap();
    drop(store);
    let again = Store::open(&folder.path().join("x.db")).unwrap();
    assert_eq!(names(&again).await, ["kept"]);
}

#[tokio::test]
async fn a_folder_of_a_later_version_is_left_alone() {
    let Opened { store, folder } = store();
    store
        .write(|transaction| {
            transaction.execute("INSERT INTO schema (version) VALUES (99)", &[])?;
            Ok(())
        })
        .await
        .unwrap();
    drop(store);
    let opened = Store::open(&folder.path().join("x.db"));
    assert!(matches!(opened, Err(StoreError::Newer { schema: 99 })), "{opened:?}");
}
