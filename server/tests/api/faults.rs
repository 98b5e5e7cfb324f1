//! The disk in trouble, for real: full, held, moved away, unreachable. At each write of what
//! comes in: no receipt that is not true, a sentence, the same again works afterwards, and
//! the server was never restarted.

mod sent;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command as Process, Stdio},
};

use domain::case::Command;
use reqwest::{Method, Response};
use rusqlite::Connection;
use tempfile::TempDir;
use xunjie::{config::Config, verify};

use self::sent::{NEEDS_DATABASE, NEEDS_PHOTOS, Sent};
use crate::support::{Device, TestApp, device::new_case, test_app::send};

async fn assert_trouble(name: &str, response: Response, codes: &[&str]) {
    let status = response.status().as_u16();
    let retry = response.headers().contains_key("retry-after");
    let problem: domain::sync::Problem = response.json().await.unwrap();
    assert_eq!(status, 503, "{name}: {problem:?}");
    assert!(codes.contains(&problem.code.as_str()), "{name}: {problem:?}");
    assert!(retry && problem.title.contains("本机记录都还在"), "{name}: {problem:?}");
}

async fn health(app: &TestApp, status: u16) -> serde_json::Value {
    send(app.ask(Method::GET, "/healthz"), status).await.json()
}

/// Something that goes wrong and passes.
trait Fault {
    fn begin(&mut self, data: &Path);
    fn end(&mut self, data: &Path);
}

async fn suffer(
    app: TestApp,
    mut fault: impl Fault,
    codes: &[&str],
    fails: &[&'static str],
) -> TestApp {
    let sent = Sent::prepare(&app).await;
    let data = app.data();
    fault.begin(&data);
    let taken = sent.try_all(codes).await;
    for name in fails {
        assert!(!taken.contains(name), "{name} was taken");
    }
    let first = health(&app, 503).await;
    let again = health(&app, 503).await;
    fault.end(&data);
    assert_eq!(first["ok"], false);
    let trouble = &first["troubles"][0];
    assert!(codes.contains(&trouble["why"].as_str().unwrap()), "{first}");
    assert_eq!(trouble["since"], again["troubles"][0]["since"], "since when, not now");
    let well = health(&app, 200).await;
    assert_eq!(well["troubles"], serde_json::json!([]));
    sent.assert_recovered(&data).await;
    app
}

/// A file or folder that is somewhere else for a while.
struct Moved(&'static str);

impl Moved {
    fn places(&self, data: &Path) -> (PathBuf, PathBuf) {
        let from = if self.0.is_empty() { data.to_owned() } else { data.join(self.0) };
        (from, data.with_file_name("elsewhere"))
    }
}

impl Fault for Moved {
    fn begin(&mut self, data: &Path) {
        let (from, to) = self.places(data);
        fs::rename(from, to).unwrap();
    }

    fn end(&mut self, data: &Path) {
        let (from, to) = self.places(data);
        fs::rename(to, from).unwrap();
    }
}

#[tokio::test]
async fn what_is_moved_away() {
    let everything: Vec<_> = NEEDS_DATABASE.into_iter().chain(NEEDS_PHOTOS).collect();
    for (what, fails) in [
        ("photos", &["put", "last part", "rescue"][..]),
        ("incoming", &["put", "rescue"]),
        ("partial", &["part", "last part"]),
        ("xunjie.db", &NEEDS_DATABASE),
        ("xunjie.db-wal", &NEEDS_DATABASE),
        ("", &everything),
    ] {
        suffer(TestApp::start().await, Moved(what), &["unreachable"], fails).await;
    }
}

/// An empty mount point where the photos were: nothing may be written into it.
struct Unmounted;

impl Fault for Unmounted {
    fn begin(&mut self, data: &Path) {
        Moved("photos").begin(data);
        fs::create_dir(data.join("photos")).unwrap();
    }

    fn end(&mut self, data: &Path) {
        // Only an empty folder can be removed so.
        fs::remove_dir(data.join("photos")).unwrap();
        Moved("photos").end(data);
    }
}

#[tokio::test]
async fn a_disk_of_photos_that_is_not_mounted() {
    let app = suffer(
        TestApp::start().await,
        Unmounted,
        &["unreachable"],
        &["put", "last part", "rescue"],
    )
    .await;
    // Nor is a server started on it.
    let data = app.data();
    let folder = app.stop().await;
    Unmounted.begin(&data);
    let opened = xunjie::state::App::open(&data, Config::default()).await;
    assert!(opened.is_err_and(|error| error.to_string().contains("mounted")));
    drop(folder);
}

/// Somebody holds the database.
struct Held(Option<Connection>);

impl Fault for Held {
    fn begin(&mut self, data: &Path) {
        let connection = Connection::open(data.join("xunjie.db")).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
        self.0 = Some(connection);
    }

    fn end(&mut self, _data: &Path) {
        self.0 = None;
    }
}

#[tokio::test]
async fn a_database_that_another_program_holds() {
    suffer(TestApp::start().await, Held(None), &["locked", "slow"], &NEEDS_DATABASE).await;
}

/// Folders in which nothing can be made: by permission, or, for root, by an attribute.
struct Unwritable;

impl Unwritable {
    fn set(data: &Path, is_sealed: bool) -> bool {
        let folders = ["photos", "incoming", "partial"].map(|name| data.join(name));
        let mode = if is_sealed { "a-w" } else { "u+w" };
        let flag = if is_sealed { "+i" } else { "-i" };
        for (program, how) in [("chmod", mode), ("chattr", flag)] {
            let _not_here = Process::new(program)
                .args(["-R", how])
                .args(&folders)
                .stderr(Stdio::null())
                .status();
        }
        fs::File::create(folders[0].join("try")).is_err()
    }
}

impl Fault for Unwritable {
    fn begin(&mut self, data: &Path) {
        Self::set(data, true);
    }

    fn end(&mut self, data: &Path) {
        Self::set(data, false);
    }
}

#[tokio::test]
async fn folders_that_may_not_be_written() {
    let app = TestApp::start().await;
    let works = Unwritable::set(&app.data(), true);
    Unwritable::set(&app.data(), false);
    assert!(works, "this test needs a user other than root, or `chattr +i` on its disk");
    fs::remove_file(app.data().join("photos/try")).unwrap();
    suffer(app, Unwritable, &["unreachable", "read_only"], &["put", "part", "last part"]).await;
}

/// A small disk of its own, where this process may mount one.
struct Mount(PathBuf);

/// Set where this program runs again in a namespace of its own.
const IN_A_NAMESPACE: &str = "XUNJIE_TEST_IN_A_NAMESPACE";

/// Runs one test of this program again where nobody but itself sees what it mounts, which
/// needs no rights at most places. It fails where that is forbidden too: a test that was
/// not run has shown nothing.
fn again_in_a_namespace(test: &str) {
    assert!(
        std::env::var_os(IN_A_NAMESPACE).is_none(),
        "this test needs to mount a tmpfs: run it as root, or allow user namespaces"
    );
    let run = Process::new("unshare")
        .args(["--user", "--map-root-user", "--mount"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(IN_A_NAMESPACE, "1")
        .output();
    let (said, is_good) = match &run {
        Ok(run) => {
            let said = [&run.stdout[..], &run.stderr[..]].concat();
            (String::from_utf8_lossy(&said).into_owned(), run.status.success())
        }
        Err(error) => (format!("unshare: {error}"), false),
    };
    assert!(
        is_good && said.contains("1 passed"),
        "this test needs to mount a tmpfs: run it as root, or allow user namespaces\n{said}"
    );
}

impl Mount {
    fn small(at: &Path) -> Option<Self> {
        let mounted = Process::new("mount")
            .args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _gone = Process::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// To the last byte.
struct Full;

impl Fault for Full {
    fn begin(&mut self, data: &Path) {
        let mut filler = fs::File::create(data.join("filler")).unwrap();
        for piece in [1 << 20, 1 << 12, 1] {
            while filler.write_all(&vec![1; piece]).is_ok() {}
        }
    }

    fn end(&mut self, data: &Path) {
        fs::remove_file(data.join("filler")).unwrap();
    }
}

#[tokio::test]
async fn a_disk_without_room() {
    let folder = TempDir::new().unwrap();
    let Some(_mount) = Mount::small(folder.path()) else {
        return again_in_a_namespace("faults::a_disk_without_room");
    };
    let app = TestApp::start_in(folder, Config::default()).await;
    // The database's log may have room left of before: what it takes then is true.
    suffer(app, Full, &["full"], &["put", "part", "last part"]).await;
}

/// A file may grow no further, of a process that was told so: the limit is lifted while it
/// runs.
#[tokio::test]
async fn files_that_may_not_grow() {
    let app = TestApp::start().await;
    let folder = app.stop().await;
    let data = folder.path().join("data");
    let mut server = crate::durable::Server::start_limited(&data, 1024);
    let mut device = Device::at(&server.base, "inspector");
    device.sign_in().await;
    let mut sealed = Vec::new();
    let refused = loop {
        assert!(sealed.len() < 400, "the limit is never met");
        let text = "x".repeat(3000);
        sealed.push(device.operation(new_case(), 0, Command::Comment { text }));
        let batch = serde_json::json!({
            "device": device.id, "operations": [sealed.last().unwrap()],
        });
        let request = device.ask(Method::POST, "/api/v1/sync/operations").json(&batch);
        let response = request.send().await.unwrap();
        if !response.status().is_success() {
            break response;
        }
    };
    assert_trouble("operations", refused, &["full", "unreachable"]).await;
    server.lift_limit();
    let results = device.send(&sealed).await;
    assert_eq!(results.len(), sealed.len());
    server.kill();
    let mut faults = Vec::new();
    let counts = verify::verify(&data, None, &mut |fault| faults.push(fault.to_string())).unwrap();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(usize::try_from(counts.operations), Ok(sealed.len()));
}
