//! The program in a process of its own.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command as Process, Stdio},
};

/// The real program in a process of its own, which dies with the test.
pub struct Server {
    process: Child,
    pub base: String,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::spawn(Process::new(env!("CARGO_BIN_EXE_xunjie")), data)
    }

    /// A server whose files cannot grow beyond this many blocks (of 512 bytes or 1 KB,
    /// depending on the shell).
    pub fn start_limited(data: &Path, blocks: u32) -> Self {
        let mut shell = Process::new("sh");
        // Without the trap a write beyond the limit would kill the process.
        let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
        shell.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_xunjie"));
        Self::spawn(shell, data)
    }

    /// Works without privileges: both processes belong to the same user.
    pub fn lift_limit(&self) {
        let lifted = Process::new("prlimit")
            .arg(format!("--pid={}", self.process.id()))
            .arg("--fsize=unlimited:")
            .status();
        assert!(lifted.unwrap().success());
    }

    pub fn spawn(mut program: Process, data: &Path) -> Self {
        let mut process = program
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let base = first.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, base }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = self.process.kill();
        let _gone_already = self.process.wait();
    }
}
