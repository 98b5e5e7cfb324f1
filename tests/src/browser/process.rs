//! The processes behind a browser: its driver, and every child of its own.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const READY: &str = "started successfully on port ";
const WAIT_TIMEOUT: Duration = Duration::from_secs(30);

/// chromedriver, on a free port.
pub struct Driver {
    process: Child,
    port: u16,
    log: std::path::PathBuf,
}

/// A driver wants its port for IPv4 and for IPv6; it ends where the kernel had given
/// the second away.
const ATTEMPTS: usize = 5;

impl Driver {
    pub async fn start() -> Result<Driver> {
        let mut ended = None;
        for _ in 0..ATTEMPTS {
            match Self::attempt().await {
                Ok(driver) => return Ok(driver),
                Err(error) => ended = Some(error),
            }
        }
        Err(ended.context("no attempt was made")?)
    }

    async fn attempt() -> Result<Driver> {
        let folder = crate::place::folder("browser-logs")?;
        let log = folder.join(format!("chromedriver-{}.log", std::process::id()));
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .arg(format!("--log-path={}", log.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Its own group: killing a browser must not reach the test.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .context("cannot start chromedriver: `cargo xtask test --only tools` installs it")?;
        let out = process.stdout.take().context("no output")?;
        let mut lines = BufReader::new(out).lines();
        let port = timeout(WAIT_TIMEOUT, async {
            while let Some(line) = lines.next_line().await? {
                if let Some((_, port)) = line.split_once(READY) {
                    return Ok(port.trim_end_matches('.').parse()?);
                }
            }
            bail!("chromedriver ended at once")
        })
        .await
        .context("chromedriver never said its port")??;
        // What it says later must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Driver { process, port, log })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Why a session could not be made.
    pub fn log(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    pub async fn end(mut self) -> Result<()> {
        self.process.kill().await?;
        let _ = std::fs::remove_file(&self.log);
        Ok(())
    }
}

pub fn profile_argument(profile: &Path) -> String {
    format!("--user-data-dir={}", profile.display())
}

/// Kills the browser that uses this profile: all of its process group, or, as
/// chromedriver may have put it into its own, every process that names the
/// profile. Returns when they are gone and have let go of every file.
pub fn kill_group_of(profile: &Path) -> Result<()> {
    let ours = rustix::process::getpgrp();
    let named = processes_with(&profile_argument(profile))?;
    // The leader's number is the group's: only then the group is the browser's.
    let is_leader = |pid: &&Pid| **pid != ours && group_of(**pid) == Some(**pid);
    let groups: Vec<Pid> = named.iter().filter(is_leader).copied().collect();
    let is_in_one = |pid: &Pid| group_of(*pid).is_some_and(|group| groups.contains(&group));
    let mut dying = named.clone();
    dying.extend(all()?.into_iter().filter(is_in_one));
    for group in groups {
        let _ = kill_process_group(group, Signal::KILL);
    }
    for pid in named {
        let _ = kill_process(pid, Signal::KILL);
    }
    dying.into_iter().for_each(gone);
    Ok(())
}

/// Linux: the processes whose command line holds `argument`.
fn processes_with(argument: &str) -> Result<Vec<Pid>> {
    let holds = |pid: &Pid| {
        // A process may end while we look.
        let line = std::fs::read(format!("/proc/{}/cmdline", pid.as_raw_pid())).unwrap_or_default();
        line.split(|byte| *byte == 0).any(|word| word == argument.as_bytes())
    };
    Ok(all()?.into_iter().filter(holds).collect())
}

fn all() -> Result<Vec<Pid>> {
    let names = std::fs::read_dir("/proc")?.filter_map(|entry| Some(entry.ok()?.file_name()));
    Ok(names.filter_map(|name| Pid::from_raw(name.to_str()?.parse().ok()?)).collect())
}

/// The kernel's own have none.
fn group_of(pid: Pid) -> Option<Pid> {
    let text = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid())).ok()?;
    // Behind the name, which may hold anything: state, parent, group.
    Pid::from_raw(text.rsplit(')').next()?.split_whitespace().nth(2)?.parse().ok()?)
}

/// A process that was sent SIGKILL runs nothing more, so this spins for moments. Its first
/// thread can be dead while another still waits for the disk: until that has come back,
/// the files are locked, and a browser that starts and finds its database locked may
/// take it for broken and throw it away.
fn gone(pid: Pid) {
    let threads = format!("/proc/{}/task", pid.as_raw_pid());
    let lives = |thread: std::fs::DirEntry| {
        let text = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        let state = text.rsplit(')').next().unwrap_or("").trim_start();
        !state.is_empty() && !state.starts_with(['Z', 'X'])
    };
    while std::fs::read_dir(&threads).is_ok_and(|threads| threads.flatten().any(lives)) {
        std::thread::yield_now();
    }
}
