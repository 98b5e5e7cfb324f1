//! The commands on a data folder whose database is on a server.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command as Process, Output, Stdio},
};

use domain::sync::{Hello, HelloAnswer, PROTOCOL};
use tempfile::TempDir;

use crate::support::{
    Device, Server,
    demo::{To, report},
    picture::jpeg,
    test_database::ServerDatabase,
};

/// A password that the server does not ask for, and nothing may print.
const PASSWORD: &str = "geheim";

struct Folder {
    folder: TempDir,
    database: ServerDatabase,
}

impl Folder {
    fn new() -> Self {
        let database = ServerDatabase::create_with("");
        Self { folder: TempDir::new().unwrap(), database }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self) -> Process {
        let mut program = Process::new(env!("CARGO_BIN_EXE_xunjie"));
        let address = self.database.url().replacen('@', &format!(":{PASSWORD}@"), 1);
        program.env("XUNJIE_DATABASE", address);
        program
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut process = self
            .program()
            .args(arguments)
            .arg("--data")
            .arg(self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing may have ended already.
        let _not_read = process.stdin.take().unwrap().write_all(input.as_bytes());
        let output = process.wait_with_output().unwrap();
        for printed in [&output.stdout, &output.stderr] {
            assert!(!String::from_utf8_lossy(printed).contains(PASSWORD), "{arguments:?}");
        }
        output
    }

    #[track_caller]
    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "long enough\n");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "long enough\n");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
        [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()).concat()
    }
}

async fn hello(device: &Device) -> HelloAnswer {
    let hello = Hello {
        protocol: PROTOCOL,
        device: device.id,
        client: "test".into(),
        sequence: 0,
        epoch: None,
    };
    device.post("/api/v1/sync/hello", &hello, 200).await.json()
}

#[tokio::test]
async fn a_district_is_made_served_checked_and_mended_in_a_database_of_a_server() {
    let folder = Folder::new();
    assert!(folder.fails(&["serve"]).contains("xunjie init --data"));
    fs::create_dir(folder.data()).unwrap();
    let refused = folder.fails(&["serve"]);
    assert!(refused.contains("no district in postgres://"), "{refused}");
    let made = folder.succeeds(&["init", "--demo"]);
    assert!(made.contains("postgres://"), "{made}");
    assert!(!folder.data().join("xunjie.db").exists(), "there is no other database");
    assert!(folder.fails(&["init", "--demo"]).contains("already"));
    folder.succeeds(&["user", "add", "--name", "li", "--role", "reviewer"]);
    assert!(folder.fails(&["user", "add", "--name", "li", "--role", "city"]).contains("already"));

    let mut server = Server::spawn(folder.program(), &folder.data());
    let mut device = Device::at(&server.base, "inspector");
    device.sign_in().await;
    device.report(report(To::Tray, &[jpeg(1).hash])).await;
    let before = hello(&device).await;
    assert!(folder.succeeds(&["verify"]).contains("no faults in 1 operations, 1 cases"));
    folder.database.run("UPDATE cases SET state = '7x'; UPDATE counters SET value = 7");
    let faults = folder.fails(&["verify"]);
    assert!(faults.contains("its state is") && faults.contains("the feed"), "{faults}");
    folder.database.run("UPDATE counters SET value = 1");
    assert!(folder.succeeds(&["rebuild"]).contains("1 cases"));
    assert!(folder.succeeds(&["verify"]).contains("no faults"));
    assert!(folder.succeeds(&["jobs"]).contains("0 waiting, 0 failed"));
    server.kill();

    // As after a restore of a dump.
    folder.succeeds(&["restored"]);
    let server = Server::spawn(folder.program(), &folder.data());
    device.move_to(&server.base);
    assert!(hello(&device).await.epoch > before.epoch, "phones notice it");
}

#[test]
fn a_schema_that_somebody_changed_is_named_line_by_line() {
    let folder = Folder::new();
    folder.succeeds(&["init", "--demo"]);
    folder.database.run(
        "DROP INDEX cases_ended; ALTER TABLE devices ADD COLUMN more TEXT;
         ALTER TABLE jobs ALTER COLUMN last_error SET NOT NULL",
    );
    let faults = folder.fails(&["verify"]);
    for named in [
        "missing: \"index CREATE INDEX cases_ended",
        "not made by this version: \"column devices.more text\"",
        "missing: \"column jobs.last_error text\"",
    ] {
        assert!(faults.contains(named), "{named} in {faults}");
    }
}

#[test]
fn backup_names_the_program_that_copies_such_a_database() {
    let folder = Folder::new();
    folder.succeeds(&["init", "--demo"]);
    let backups = folder.folder.path().join("backups");
    let refused = folder.fails(&["backup", "--to", backups.to_str().unwrap()]);
    assert!(refused.contains("pg_dump") && refused.contains("photos"), "{refused}");
    assert!(!backups.exists());
}

#[test]
fn an_address_that_is_none_or_leads_nowhere_is_refused_in_words() {
    let folder = Folder::new();
    for (address, expected) in [
        ("mysql://root:geheim@db/d", "postgres://USER:PASSWORD@HOST/NAME"),
        ("postgres://u:geheim@127.0.0.1:1/d", "Connection refused"),
    ] {
        let output = Process::new(env!("CARGO_BIN_EXE_xunjie"))
            .args(["init", "--demo", "--database", address, "--data"])
            .arg(folder.data())
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{printed}");
        assert!(printed.contains(expected) && !printed.contains(PASSWORD), "{printed}");
    }
}
