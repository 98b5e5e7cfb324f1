//! What is not there any more is named: a row, a file, a number of the feed.

use std::fs;

use super::{files, folder::Folder};

#[tokio::test]
async fn missing_derivative_row_missing_photo_and_skipped_feed_number_are_each_named() {
    let folder = Folder::new().await;
    let sql = folder.sql();
    let hash: String =
        sql.query_row("SELECT hash FROM photos ORDER BY hash", (), |row| row.get(0)).unwrap();
    let intact = fs::read(folder.database()).unwrap();

    sql.execute("DELETE FROM derivatives WHERE hash = $1", [&hash]).unwrap();
    let faults = folder.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].starts_with(&format!("photo {hash}: its row in derivatives is missing")));
    assert!(faults[0].contains("xunjie rebuild"), "{faults:#?}");
    drop(sql);
    fs::write(folder.database(), &intact).unwrap();

    let photos = files(&folder.data().join("photos"));
    let photo = photos.iter().find(|path| path.ends_with(&hash)).unwrap();
    let bytes = fs::read(photo).unwrap();
    fs::remove_file(photo).unwrap();
    let faults = folder.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].starts_with(&format!("photo {hash}: its file cannot be read")));
    assert!(faults[0].contains("the backup has it: cp "), "{faults:#?}");
    fs::write(photo, bytes).unwrap();

    // The latest change gets a number that leaves one out.
    let sql = folder.sql();
    let latest: i64 =
        sql.query_row("SELECT MAX(change) FROM events", (), |row| row.get(0)).unwrap();
    sql.execute("UPDATE events SET change = change + 1 WHERE change = $1", [latest]).unwrap();
    folder.assert_named(&format!("the feed: changes {latest} to {latest} are missing"));
    folder.assert_named(&format!(
        "the feed: the latest change is {}, and counted as {latest}",
        latest + 1
    ));
}
