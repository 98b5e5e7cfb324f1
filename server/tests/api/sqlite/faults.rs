//! Real faults of the disk: full, locked, moved away, unmounted, read-only. While one lasts, no
//! request is acknowledged that is not on disk, and each is answered with a problem; once it
//! is over, the same requests succeed without a restart of the server.

mod requests;

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
use xunjie::{config::Config, store::Database, verify};

use self::requests::{NEEDS_DATABASE, NEEDS_PHOTOS, Requests};
use crate::support::{Device, Server, TestApp, device::new_case, test_app::send};

async fn assert_storage_problem(name: &str, response: Response, codes: &[&str]) {
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

/// A fault of the disk or the database that begins and ends.
trait Fault {
    fn begin(&mut self, data: &Path);
    fn end(&mut self, data: &Path);
}

/// Runs every request during the fault and again after it; those named in `fails` must not
/// succeed during it.
async fn check_fault(
    app: TestApp,
    mut fault: impl Fault,
    codes: &[&str],
    fails: &[&'static str],
) -> TestApp {
    let requests = Requests::prepare(&app).await;
    let data = app.data();
    fault.begin(&data);
    let succeeded = requests.try_all(codes).await;
    for name in fails {
        assert!(!succeeded.contains(name), "{name} succeeded");
    }
    let first = health(&app, 503).await;
    let again = health(&app, 503).await;
    fault.end(&data);
    assert_eq!(first["ok"], false);
    let problem = &first["problems"][0];
    assert!(codes.contains(&problem["why"].as_str().unwrap()), "{first}");
    assert_eq!(problem["since"], again["problems"][0]["since"], "since when, not now");
    let healthy = health(&app, 200).await;
    assert_eq!(healthy["problems"], serde_json::json!([]));
    requests.assert_recovered(&data).await;
    app
}

/// A file or folder that is somewhere else for a while.
struct Moved(&'static str);

impl Moved {
    fn paths(&self, data: &Path) -> (PathBuf, PathBuf) {
        let from = if self.0.is_empty() { data.to_owned() } else { data.join(self.0) };
        (from, data.with_file_name("elsewhere"))
    }
}

impl Fault for Moved {
    fn begin(&mut self, data: &Path) {
        let (from, to) = self.paths(data);
        fs::rename(from, to).unwrap();
    }

    fn end(&mut self, data: &Path) {
        let (from, to) = self.paths(data);
        fs::rename(to, from).unwrap();
    }
}

#[tokio::test]
async fn files_that_were_moved_away_answer_503_until_they_are_back() {
    let everything: Vec<_> = NEEDS_DATABASE.into_iter().chain(NEEDS_PHOTOS).collect();
    for (what, fails) in [
        ("photos", &["put", "last part", "rescue"][..]),
        ("photos/incoming", &["put", "last part", "rescue"]),
        ("partial", &["part", "last part"]),
        ("xunjie.db", &NEEDS_DATABASE),
        ("xunjie.db-wal", &NEEDS_DATABASE),
        ("", &everything),
    ] {
        check_fault(TestApp::start().await, Moved(what), &["unreachable"], fails).await;
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
        // `remove_dir` fails when anything was written into it.
        fs::remove_dir(data.join("photos")).unwrap();
        Moved("photos").end(data);
    }
}

#[tokio::test]
async fn an_unmounted_disk_of_photos_answers_503_and_stops_a_server_from_starting() {
    let app = check_fault(
        TestApp::start().await,
        Unmounted,
        &["unreachable"],
        &["put", "last part", "rescue"],
    )
    .await;
    // A server does not start on it either.
    let data = app.data();
    let folder = app.stop().await;
    Unmounted.begin(&data);
    let opened = xunjie::state::App::open(&data, Config::default()).await;
    assert!(opened.is_err_and(|error| error.to_string().contains("mounted")));
    drop(folder);
}

/// Another connection has the database locked.
struct Locked(Option<Connection>);

impl Fault for Locked {
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
async fn locked_database_answers_503_until_it_is_released() {
    check_fault(TestApp::start().await, Locked(None), &["locked", "slow"], &NEEDS_DATABASE).await;
}

/// Folders in which no file can be created: by permission, or, for root, by an attribute.
struct Unwritable;

impl Unwritable {
    fn set(data: &Path, is_unwritable: bool) -> bool {
        let folders = ["photos", "partial"].map(|name| data.join(name));
        let mode = if is_unwritable { "a-w" } else { "u+w" };
        let flag = if is_unwritable { "+i" } else { "-i" };
        for (program, argument) in [("chmod", mode), ("chattr", flag)] {
            let _may_be_missing = Process::new(program)
                .args(["-R", argument])
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
async fn folders_without_write_permission_answer_503_until_they_have_it() {
    let app = TestApp::start().await;
    let works = Unwritable::set(&app.data(), true);
    Unwritable::set(&app.data(), false);
    assert!(works, "this test needs a user other than root, or `chattr +i` on its disk");
    fs::remove_file(app.data().join("photos/try")).unwrap();
    check_fault(app, Unwritable, &["unreachable", "read_only"], &["put", "part", "last part"])
        .await;
}

/// A small file system of its own, where this process may mount one.
struct Mount(PathBuf);

/// Set when this program runs again in a mount namespace of its own.
const IN_A_NAMESPACE: &str = "XUNJIE_TEST_IN_A_NAMESPACE";

/// Runs one test of this program again in a mount namespace of its own, which most systems
/// allow without privileges. Where that is forbidden, the test fails: a test that did not run
/// proves nothing.
fn run_in_namespace(test: &str) {
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
    let (output, is_good) = match &run {
        Ok(run) => {
            let output = [&run.stdout[..], &run.stderr[..]].concat();
            (String::from_utf8_lossy(&output).into_owned(), run.status.success())
        }
        Err(error) => (format!("unshare: {error}"), false),
    };
    assert!(
        is_good && output.contains("1 passed"),
        "this test needs to mount a tmpfs: run it as root, or allow user namespaces\n{output}"
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
        let _best_effort = Process::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// A disk that is full to the last byte.
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
async fn a_full_disk_answers_503_until_there_is_space() {
    let folder = TempDir::new().unwrap();
    let Some(_mount) = Mount::small(folder.path()) else {
        return run_in_namespace("sqlite::faults::a_full_disk_answers_503_until_there_is_space");
    };
    let app = TestApp::start_in(folder, Config::default()).await;
    // The database's log may have pages left from before: what is written there is on disk, so
    // requests that only need the database may succeed.
    check_fault(app, Full, &["full"], &["put", "part", "last part"]).await;
}

/// The limit on the size of files (`ulimit -f`) is lifted while the process runs.
#[tokio::test]
async fn a_limit_on_file_size_answers_503_until_it_is_lifted() {
    let app = TestApp::start().await;
    let folder = app.stop().await;
    let data = folder.path().join("data");
    let mut server = Server::start_limited(&data, 1024);
    let mut device = Device::at(&server.base, "inspector");
    device.sign_in().await;
    let mut sealed = Vec::new();
    let refused = loop {
        assert!(sealed.len() < 400, "the limit was never reached");
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
    assert_storage_problem("operations", refused, &["full", "unreachable"]).await;
    server.lift_limit();
    let results = device.send(&sealed).await;
    assert_eq!(results.len(), sealed.len());
    server.kill();
    let mut faults = Vec::new();
    let counts = verify::verify(&data, &Database::in_folder(&data), None, &mut |fault| {
        faults.push(fault.to_string())
    })
    .unwrap();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(usize::try_from(counts.operations), Ok(sealed.len()));
}
