//! One bit is flipped somewhere in a real data folder, and `verify` names where: each kind
//! of file and row in turn, at random places.

mod folder;
mod lacks;
mod terms;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command as Process,
};

use domain::{
    Sha256Hash,
    evidence::{Epoch, ReceiptSubject, Unsigned},
    sync::Operation,
};
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, types::Value as Stored};
use xunjie::{
    rebuild,
    store::{
        Value, checksums,
        summary_columns::{CODE_TABLES, COLUMNS},
    },
};

use self::folder::Folder;
use crate::support::{TestApp, picture::jpeg};

/// Flips for each kind of file or column.
const FLIPS: u32 = 40;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[tokio::test]
async fn a_flipped_bit_in_a_photo_or_a_backup_is_reported_with_its_file() {
    let mut folder = Folder::new().await;
    let photos = files(&folder.data().join("photos"));
    let backups: Vec<_> =
        files(folder.backups.path()).into_iter().filter(|path| !path.ends_with("lock")).collect();
    for files in [photos, backups] {
        for _ in 0..FLIPS {
            let path = &files[folder.below(files.len())];
            let good = fs::read(path).unwrap();
            let bad = folder.flipped(&good);
            fs::write(path, bad).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            folder.assert_named(&name);
            fs::write(path, good).unwrap();
        }
    }
    assert_eq!(folder.faults(), Vec::<String>::new());
}

#[tokio::test]
async fn a_flipped_bit_in_an_operation_a_receipt_or_an_event_is_reported_with_its_id() {
    let mut folder = Folder::new().await;
    let sql = folder.sql();
    for (table, column, key) in [
        ("operations", "body", "id"),
        ("operations", "receipt", "id"),
        ("operations", "verdict", "id"),
        ("photos", "receipt", "hash"),
        ("quarantine", "body", "operation_id"),
        ("quarantine", "receipt", "operation_id"),
        ("events", "recorded", "case_id"),
    ] {
        let mut rows = sql
            .prepare(&format!("SELECT rowid, {key}, CAST({column} AS BLOB) FROM {table}"))
            .unwrap();
        let rows: Vec<(i64, String, Vec<u8>)> = rows
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let kind = if column == "body" { "BLOB" } else { "TEXT" };
        let write = format!("UPDATE {table} SET {column} = CAST(?1 AS {kind}) WHERE rowid = ?2");
        for _ in 0..FLIPS {
            let (row, key, good) = rows[folder.below(rows.len())].clone();
            sql.execute(&write, (folder.flipped(&good), row)).unwrap();
            folder.assert_named(&key);
            sql.execute(&write, (good, row)).unwrap();
        }
    }
    assert_eq!(folder.faults(), Vec::<String>::new());
}

/// The link of an operation is changed, and everything that is computed from it (digest,
/// receipt, checksum) is made anew with the key: only the chain itself shows it.
#[tokio::test]
async fn a_flipped_bit_in_a_link_of_a_chain_is_reported_with_its_number() {
    let mut folder = Folder::new().await;
    let sql = folder.sql();
    let fact = |name: &str| -> String {
        sql.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0)).unwrap()
    };
    let seed: Sha256Hash = fact("signing_key").parse().unwrap();
    let key = SigningKey::from_bytes(seed.as_bytes());
    let epoch = Epoch(fact("epoch").parse().unwrap());
    let mut rows = sql
        .prepare(
            "SELECT id, digest, body, device, sequence, author, case_id, received_at, verdict,
                    receipt, checksum FROM operations WHERE sequence > 1",
        )
        .unwrap();
    let rows: Vec<Vec<Stored>> = rows
        .query_map((), |row| (0..11).map(|column| row.get(column)).collect())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let write = |row: &[Stored]| {
        let text = "UPDATE operations SET digest = ?2, body = ?3, receipt = ?10, checksum = ?11
                    WHERE id = ?1 AND ?4 || ?5 || ?6 || ?7 || ?8 || ?9 IS NOT NULL";
        assert_eq!(sql.execute(text, rusqlite::params_from_iter(row)).unwrap(), 1);
    };
    for _ in 0..FLIPS {
        let good = rows[folder.below(rows.len())].clone();
        let [Stored::Text(_), _, Stored::Blob(body), ..] = &good[..] else { panic!() };
        let mut operation: Operation = serde_json::from_slice(body).unwrap();
        let link = folder.flipped(operation.link.previous.unwrap().as_bytes());
        operation.link.previous = Some(Sha256Hash::from_bytes(link.try_into().unwrap()));
        let sealed = operation.seal().unwrap();
        let Stored::Integer(at) = good[7] else { panic!() };
        let photos = operation.command.photos().iter().map(|shot| shot.hash).collect();
        let receipt = Unsigned {
            subject: ReceiptSubject::Operation { id: sealed.id, digest: sealed.digest, photos },
            at: domain::Timestamp::from_millis(at),
            epoch,
        }
        .sign(&key);
        let mut forged = good.clone();
        forged[1] = Stored::Text(sealed.digest.to_string());
        forged[2] = Stored::Blob(sealed.body.into_bytes());
        forged[9] = Stored::Text(serde_json::to_string(&receipt).unwrap());
        let values: Vec<Value> = forged[..10].iter().map(value).collect();
        forged[10] = Stored::Text(checksums::of(&values));
        write(&forged);
        let faults = folder.faults();
        let expected = format!("number {} ", operation.link.sequence);
        assert!(
            faults.iter().any(|fault| fault.contains(&operation.device.to_string())
                && fault.contains(&expected)
                && fault.contains("its link is not")),
            "{faults:#?}"
        );
        write(&good);
    }
    assert_eq!(folder.faults(), Vec::<String>::new());
}

fn value(stored: &Stored) -> Value {
    match stored {
        Stored::Null => Value::Null,
        Stored::Integer(number) => Value::Integer(*number),
        Stored::Text(text) => Value::Text(text.clone()),
        Stored::Blob(bytes) => Value::Bytes(bytes.clone()),
        Stored::Real(_) => panic!("nothing writes those"),
    }
}

#[tokio::test]
async fn a_flipped_bit_in_a_computed_column_is_reported_with_its_row() {
    let mut folder = Folder::new().await;
    let sql = folder.sql();
    let cases: Vec<&str> = ["number", "first_change", "last_change"]
        .into_iter()
        .chain(COLUMNS.iter().map(|column| column.name))
        .collect();
    for (table, key, columns) in [
        ("cases", "id", &cases[..]),
        ("case_units", "case_id", &["code", "is_open", "reported_at", "due_order", "last_change"]),
        ("case_patch_leaders", "case_id", &["code", "is_open", "reported_at", "due_order"]),
        ("case_photos", "case_id", &["hash", "arrived"]),
        ("counters", "name", &["value"]),
        ("devices", "id", &["highest"]),
    ] {
        for _ in 0..FLIPS {
            let column = columns[folder.below(columns.len())];
            let mut rows = sql
                .prepare(&format!(
                    "SELECT rowid, {key}, {column} FROM {table} WHERE {column} IS NOT NULL"
                ))
                .unwrap();
            let rows: Vec<(i64, String, Stored)> = rows
                .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            if rows.is_empty() {
                continue;
            }
            let (row, key, good) = rows[folder.below(rows.len())].clone();
            let bad = match &good {
                Stored::Integer(number) => Stored::Integer(number ^ (1 << folder.below(40))),
                Stored::Text(text) => {
                    let bytes = folder.flipped(text.as_bytes());
                    String::from_utf8(bytes)
                        .map_or_else(|error| Stored::Blob(error.into_bytes()), Stored::Text)
                }
                other => panic!("{other:?}"),
            };
            let write = format!("UPDATE OR IGNORE {table} SET {column} = ?1 WHERE rowid = ?2");
            if sql.execute(&write, (bad, row)).unwrap() == 0 {
                continue;
            }
            let name = key.strip_prefix("case ").unwrap_or(&key);
            folder.assert_named(name);
            sql.execute(&write, (good, row)).unwrap();
        }
    }
    assert_eq!(folder.faults(), Vec::<String>::new());
}

/// Something that no column says.
fn spoil(sql: &Connection, id: &str) {
    for column in &COLUMNS {
        let text = format!("UPDATE cases SET {} = '7x' WHERE id = ?1", column.name);
        assert_eq!(sql.execute(&text, [id]).unwrap(), 1);
    }
    for table in &CODE_TABLES {
        let text = format!(
            "INSERT INTO {} (case_id, code, is_open, reported_at, due_order)
             VALUES (?1, '7x', 1, 1, 1)",
            table.name
        );
        assert_eq!(sql.execute(&text, [id]).unwrap(), 1);
    }
}

#[tokio::test]
async fn a_summary_changed_by_hand_is_named_column_by_column_and_made_anew_by_rebuild() {
    let folder = Folder::new().await;
    let sql = folder.sql();
    let intact = records(&folder.database()).unwrap();
    let ids: Vec<String> = sql
        .prepare("SELECT id FROM cases ORDER BY id")
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    spoil(&sql, &ids[1]);
    spoil(&sql, &ids[3]);
    let faults = folder.faults();
    // And the row of a unit is not where its feed looks for it.
    assert_eq!(faults.len(), 2 * (COLUMNS.len() + CODE_TABLES.len() + 1), "{faults:#?}");
    let names = COLUMNS.iter().map(|it| it.name).chain(CODE_TABLES.iter().map(|it| it.name));
    for name in names.chain(["units' feeds"]) {
        let of = |id: &str| {
            let named = |fault: &&String| fault.contains(id) && fault.contains(name);
            faults.iter().find(named).expect("each is named").contains("xunjie rebuild")
        };
        assert!(of(&ids[1]) && of(&ids[3]), "{name}");
    }

    // A run that was interrupted after the third case goes on with the fourth.
    let upto = [Value::Text("rebuilt".into()), Value::Text(ids[2].clone())];
    let row = ("rebuilt", &ids[2], checksums::of(&upto));
    sql.execute("INSERT INTO meta (name, value, checksum) VALUES (?1, ?2, ?3)", row).unwrap();
    assert_eq!(rebuild::rebuild(folder.folder.database(), |_| {}).unwrap(), 2);
    assert!(folder.faults().iter().all(|fault| fault.contains(&ids[1])));

    let mut progress = Vec::new();
    let done = rebuild::rebuild(folder.folder.database(), |done| progress.push(done)).unwrap();
    assert_eq!((done, progress), (5, vec![5]));
    assert_eq!(folder.faults(), Vec::<String>::new());
    assert_eq!(records(&folder.database()).unwrap(), intact, "and nothing else was changed");
}

/// Every row that `verify` answers for. Sessions, and who last used a device and when, are
/// left out: they change all the time and no record depends on them.
fn records(database: &Path) -> rusqlite::Result<BTreeMap<String, Vec<Vec<Stored>>>> {
    let sql = Connection::open(database)?;
    let mut records = BTreeMap::new();
    for text in [
        "SELECT * FROM meta ORDER BY name",
        "SELECT * FROM counters ORDER BY name",
        "SELECT * FROM packs ORDER BY version",
        "SELECT * FROM users ORDER BY name",
        "SELECT id, highest FROM devices ORDER BY id",
        "SELECT * FROM operations ORDER BY id",
        "SELECT * FROM quarantine ORDER BY operation_id, digest, reason",
        "SELECT * FROM cases ORDER BY id",
        "SELECT * FROM events ORDER BY case_id, number",
        "SELECT * FROM case_units ORDER BY case_id, code",
        "SELECT * FROM case_patch_leaders ORDER BY case_id, code",
        "SELECT * FROM photos ORDER BY hash",
        "SELECT * FROM case_photos ORDER BY case_id, hash",
        "SELECT * FROM schema ORDER BY version",
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
    ] {
        let mut statement = sql.prepare(text)?;
        let columns = statement.column_count();
        let rows = statement.query_map((), |row| (0..columns).map(|at| row.get(at)).collect())?;
        records.insert(text.to_owned(), rows.collect::<Result<_, _>>()?);
    }
    Ok(records)
}

#[tokio::test]
async fn a_flipped_bit_in_a_page_of_the_database_is_reported_unless_it_changes_no_record() {
    let mut folder = Folder::new().await;
    let path = folder.database();
    let good = fs::read(&path).unwrap();
    let intact = records(&path).unwrap();
    let mut found = 0;
    for _ in 0..FLIPS * 4 {
        let bad = folder.flipped(&good);
        fs::write(&path, bad).unwrap();
        let faults = folder.faults();
        // Free space in a page may contain any bytes.
        let is_harmless = records(&path).is_ok_and(|records| records == intact);
        assert!(is_harmless || !faults.is_empty(), "something changed, and nothing is named");
        found += u32::from(!faults.is_empty());
        for file in ["xunjie.db-wal", "xunjie.db-shm"] {
            let _none = fs::remove_file(folder.data().join(file));
        }
    }
    assert!(found >= FLIPS, "{found} flips of {} mattered", FLIPS * 4);
    fs::write(&path, good).unwrap();
    assert_eq!(folder.faults(), Vec::<String>::new());
}

#[tokio::test]
async fn the_verify_command_exits_with_0_or_1_also_while_the_folder_is_served() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let photo = jpeg(1);
    inspector.put(&photo).await;
    let data = app.data();
    let run = || {
        let output = Process::new(env!("CARGO_BIN_EXE_xunjie"))
            .args(["verify", "--data"])
            .arg(&data)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, printed) = run();
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("no faults in 0 operations, 0 cases, 1 photos"), "{printed}");
    let name = photo.hash.to_string();
    fs::remove_file(data.join("photos").join(name.split_at(2).0).join(&name)).unwrap();
    let (code, printed) = run();
    assert_eq!(code, Some(1));
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(printed.contains(&name) && printed.contains(" → "), "{printed}");
}
