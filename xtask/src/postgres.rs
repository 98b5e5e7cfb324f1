//! A server of PostgreSQL for the tests, in a folder of its own, which is gone when they are
//! done. It syncs as a real one does.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::need;

/// Names the server to tests.
pub const VARIABLE: &str = "XUNJIE_TEST_POSTGRES";

const START_TIMEOUT: Duration = Duration::from_secs(60);

pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Postgres {
    pub fn start() -> Result<Postgres> {
        let programs = need::postgres()?;
        let folder = std::env::temp_dir().join(format!("xunjie-postgres-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        let data = folder.join("data");
        // It does not run as root.
        if need::is_root() {
            command::run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        command::output(
            program(&programs, "initdb")
                .args(["--username=postgres", "--auth=trust", "--no-sync", "--no-instructions"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8", "--pgdata"])
                .arg(&data),
        )?;
        // Free now, and the server is the next to ask for one.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = program(&programs, "postgres")
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories=", "-c", "max_connections=200"])
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.join("log"))?)
            .spawn()
            .context("cannot start postgres")?;
        let mut postgres = Postgres { programs, folder, port, server };
        postgres.wait_until_it_answers()?;
        Ok(postgres)
    }

    /// As [`VARIABLE`] has it: without the name of a database.
    pub fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    fn wait_until_it_answers(&mut self) -> Result<()> {
        let start = Instant::now();
        let ready = self.programs.join("pg_isready");
        let port = self.port.to_string();
        while !command::answers(&ready.to_string_lossy(), &["-q", "-h", "127.0.0.1", "-p", &port]) {
            if self.server.try_wait()?.is_some() || start.elapsed() > START_TIMEOUT {
                let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start:\n{log}");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = command::output(
            program(&self.programs, "pg_ctl")
                .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
                .arg(self.folder.join("data")),
        );
        if stopped.is_err() {
            let _gone_already = self.server.kill();
        }
        let _gone_already = self.server.wait();
        let _best_effort = std::fs::remove_dir_all(&self.folder);
    }
}

/// A program of PostgreSQL, as its user when this is root.
fn program(programs: &Path, name: &str) -> Command {
    let path = programs.join(name);
    let mut command;
    if need::is_root() {
        command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
    } else {
        command = Command::new(path);
    }
    // The user may not enter the folder that this is called in.
    command.current_dir("/");
    command
}
