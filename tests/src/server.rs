//! The real server as a process of its own: started, stopped, killed, started
//! again on the same port and data.
//!
//! A test that panics gets the end of the server's log printed.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::{place, postgres_database::PostgresDatabase};

const READY: &str = "listening on http://";

/// Long enough for a loaded machine; a server that needs longer is broken.
const WAIT_TIMEOUT: Duration = Duration::from_secs(60);

const LOG_LINES_SHOWN: usize = 80;

pub struct Server {
    binary: PathBuf,
    data: PathBuf,
    /// Where its database is, when that is not a file in the folder.
    database: Option<PostgresDatabase>,
    /// Removed with the server, unless the data is somebody else's.
    _folder: Option<TempDir>,
    address: SocketAddr,
    log: PathBuf,
    process: Option<Child>,
}

impl Server {
    /// A server of its own with the demo district, on SQLite or PostgreSQL.
    pub async fn demo() -> Result<Server> {
        Server::demo_of(&place::server_binary()?).await
    }

    /// The same of another binary: an earlier version's, for a comparison.
    pub async fn demo_of(binary: &Path) -> Result<Server> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        let binary = binary.to_owned();
        let database = PostgresDatabase::create()?;
        let words = ["init", "--demo", "--data"].map(OsStr::new);
        let words = [&words[..], &[data.as_os_str()]].concat();
        run(with_database(&binary, database.as_ref()).args(words)).await?;
        Server::begin(binary, data, database, Some(folder)).await
    }

    /// A server over data that exists: a backup put back, for example.
    pub async fn over(data: impl Into<PathBuf>) -> Result<Server> {
        Server::begin(place::server_binary()?, data.into(), None, None).await
    }

    /// Backs its data up into `to`, also while it runs.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        run(self.command("backup").arg("--to").arg(to)).await
    }

    /// Its machine is gone: the latest backup in `from` takes its place, at the address
    /// that phones know.
    pub async fn come_back_from(&mut self, from: &Path) -> Result<()> {
        ensure!(self.process.is_none(), "the server is running");
        std::fs::remove_dir_all(&self.data)?;
        run(self.command("restore").arg("--from").arg(from)).await?;
        self.start().await
    }

    /// Everything in its data is as it should be, by its own check.
    pub async fn verify(&self) -> Result<()> {
        run(&mut self.command("verify")).await
    }

    /// One of the binary's commands about its data.
    fn command(&self, name: &str) -> Command {
        let mut command = with_database(&self.binary, self.database.as_ref());
        command.arg(name).arg("--data").arg(&self.data);
        command
    }

    async fn begin(
        binary: PathBuf,
        data: PathBuf,
        database: Option<PostgresDatabase>,
        folder: Option<TempDir>,
    ) -> Result<Server> {
        let log = match &folder {
            Some(folder) => folder.path().join("server.log"),
            None => data.with_extension("log"),
        };
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server =
            Server { binary, data, database, _folder: folder, address, log, process: None };
        server.start().await?;
        Ok(server)
    }

    /// Starts again, on the port it had.
    pub async fn start(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "the server is running");
        let log = OpenOptions::new().create(true).append(true).open(&self.log)?;
        let mut process = self
            .command("serve")
            .args(["--listen", &self.address.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.try_clone()?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", self.binary.display()))?;
        let out = process.stdout.take().context("no output")?;
        self.process = Some(process);
        match timeout(WAIT_TIMEOUT, ready(out, log)).await {
            Ok(Ok(address)) => self.address = address,
            Ok(Err(error)) => bail!("{error:#}\n{}", self.log_end()),
            Err(_) => bail!("the server never said {READY}…\n{}", self.log_end()),
        }
        Ok(())
    }

    /// Asks it to end (SIGTERM) and waits until it has.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        self.end(Signal::TERM).await
    }

    /// Kills it (SIGKILL): it gets no word in.
    pub async fn kill(&mut self) -> Result<ExitStatus> {
        self.end(Signal::KILL).await
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where its database of PostgreSQL is; nothing with SQLite.
    pub fn database_url(&self) -> Option<String> {
        self.database.as_ref().map(PostgresDatabase::url)
    }

    /// How large its database is on the disk. Blocks.
    pub fn database_bytes(&self) -> Result<u64> {
        match &self.database {
            Some(database) => database.bytes(),
            None => Ok(std::fs::metadata(self.data.join("xunjie.db"))?.len()),
        }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The most memory it ever held, in bytes (Linux).
    pub fn peak_memory(&self) -> Result<u64> {
        let pid = self.pid()?.as_raw_nonzero();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM")?;
        let kilobytes: u64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
        Ok(kilobytes * 1024)
    }

    async fn end(&mut self, signal: Signal) -> Result<ExitStatus> {
        kill_process(self.pid()?, signal)?;
        let mut process = self.process.take().context("the server is not running")?;
        match timeout(WAIT_TIMEOUT, process.wait()).await {
            Ok(status) => Ok(status?),
            Err(_) => bail!("the server did not end on {signal:?}\n{}", self.log_end()),
        }
    }

    fn pid(&self) -> Result<Pid> {
        let id = self.process.as_ref().and_then(Child::id).context("the server is not running")?;
        Pid::from_raw(id.try_into()?).context("no process id")
    }

    fn log_end(&self) -> String {
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        let shown = &lines[lines.len().saturating_sub(LOG_LINES_SHOWN)..];
        format!("--- the server's log, last {} lines ---\n{}", shown.len(), shown.join("\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.log_end());
        }
    }
}

fn with_database(binary: &Path, database: Option<&PostgresDatabase>) -> Command {
    let mut command = Command::new(binary);
    command.envs(database.map(|database| ("XUNJIE_DATABASE", database.url())));
    command
}

/// To its end.
async fn run(command: &mut Command) -> Result<()> {
    let out = command.stdin(Stdio::null()).output().await?;
    let (said, found) =
        (String::from_utf8_lossy(&out.stderr), String::from_utf8_lossy(&out.stdout));
    ensure!(out.status.success(), "{:?}: {}: {said}{found}", command.as_std(), out.status);
    Ok(())
}

/// Reads the address from the first line that has it; the rest of the output
/// goes to the log, or the process would block on a full pipe.
async fn ready(out: impl AsyncRead + Unpin + Send + 'static, log: File) -> Result<SocketAddr> {
    let mut lines = BufReader::new(out).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, address)) = line.split_once(READY) {
            let address = address.trim().trim_end_matches('/').parse().context(line.clone())?;
            tokio::spawn(async move {
                let mut log = log;
                while let Ok(Some(line)) = lines.next_line().await {
                    let _ = std::io::Write::write_all(&mut log, format!("{line}\n").as_bytes());
                }
            });
            return Ok(address);
        }
    }
    bail!("the server ended before it said {READY}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn health(server: &Server) -> reqwest::Result<u16> {
        Ok(reqwest::get(server.url("/healthz")).await?.status().as_u16())
    }

    #[tokio::test]
    async fn comes_back_on_its_port_after_a_stop_and_a_kill() {
        let mut server = Server::demo().await.unwrap();
        let address = server.address();
        assert_eq!(health(&server).await.unwrap(), 200);
        assert!(server.peak_memory().unwrap() > 1 << 20);

        assert!(server.stop().await.unwrap().success(), "a polite end is a success");
        assert!(health(&server).await.is_err());
        server.start().await.unwrap();
        assert_eq!((server.address(), health(&server).await.unwrap()), (address, 200));

        assert!(!server.kill().await.unwrap().success());
        server.start().await.unwrap();
        assert_eq!((server.address(), health(&server).await.unwrap()), (address, 200));
    }
}
