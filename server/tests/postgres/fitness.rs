//! Databases that are not fit are refused before anything is written to them.

use xunjie::store::{Store, StoreError};

use crate::support::test_database::ServerDatabase;

#[test]
fn a_database_that_does_not_sort_by_bytes_is_refused_with_the_command_that_makes_one() {
    for options in [
        "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN'",
        "TEMPLATE template0 ENCODING SQL_ASCII LC_COLLATE 'C' LC_CTYPE 'C'",
    ] {
        let database = ServerDatabase::create_with(options);
        let refused = Store::of(&database.database()).expect_err("lists would be out of order");
        assert!(matches!(refused, StoreError::Collation { .. }), "{options}: {refused:?}");
        let sentence = refused.to_string();
        assert!(sentence.contains("createdb -T template0 -E UTF8 --lc-collate=C"), "{sentence}");
        // Nothing was made in it.
        database.run("CREATE TABLE schema (version BIGINT NOT NULL)");
    }
}

#[test]
fn a_database_that_is_not_there_is_unreachable_and_says_so() {
    let database = ServerDatabase::create_with("");
    let absent = format!("{}_absent", database.url()).parse().unwrap();
    let refused = Store::connect(&absent).unwrap_err();
    assert!(refused.to_string().contains("does not exist"), "{refused}");
    assert_eq!(refused.storage_problem().map(|problem| problem.code()), Some("unreachable"));
}

/// A session that was told to commit loosely would acknowledge what a loss of power takes.
#[tokio::test]
async fn commits_are_on_disk_whatever_the_database_is_set_to() {
    let database = ServerDatabase::create_with("");
    let name = database.url().rsplit('/').next().unwrap().to_owned();
    database.run(&format!("ALTER DATABASE {name} SET synchronous_commit = off"));
    let store = Store::of(&database.database()).unwrap();
    let set = store
        .write(|transaction| {
            let rows = transaction.query("SELECT current_setting('synchronous_commit')", &[])?;
            rows[0].get::<String>(0)
        })
        .await
        .unwrap();
    assert_eq!(set, "on");
}
