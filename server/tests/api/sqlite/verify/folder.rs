//! A real data folder with rows in every table, and a way to damage it.

use std::path::PathBuf;

use domain::{Sha256Hash, case::Command, sync::Sealed};
use rusqlite::Connection;
use tempfile::TempDir;
use xunjie::{backup, verify};

use crate::support::{
    TestApp, TestFolder,
    demo::{To, report},
    device::{new_case, order, pass, rectify},
    picture::jpeg,
};

pub struct Folder {
    pub folder: TestFolder,
    pub backups: TempDir,
    pub random: u64,
}

impl Folder {
    /// With cases in several states, photos that arrived and that did not, and operations in
    /// quarantine for several reasons.
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let mut inspector = app.device("inspector").await;
        let mut reviewer = app.device("reviewer").await;
        let mut handler = app.device("cgj").await;
        for seed in 0..4 {
            let (before, after) = (jpeg(seed), jpeg(100 + seed));
            let id = inspector.report(report(To::Tray, &[before.hash])).await;
            inspector.put(&before).await;
            if seed == 0 {
                continue;
            }
            reviewer.act(id, 1, order("cgj")).await;
            handler.act(id, 2, Command::Claim).await;
            handler.act(id, 2, Command::Claim).await;
            handler.act(id, 3, rectify(&after)).await;
            if seed == 1 {
                continue;
            }
            handler.put(&after).await;
            reviewer.act(id, 4, pass()).await;
            reviewer.act(id, 5, Command::Close { note: "好".into() }).await;
        }
        // Quarantined, for another user signed it: its number counts in the chain all the same.
        let user = std::mem::replace(&mut inspector.user, "inspector2".into());
        let others = inspector.operation(new_case(), 0, Command::Claim);
        inspector.user = user;
        inspector.send(&[others]).await;
        let id = inspector.report(report(To::Tray, &[jpeg(7).hash])).await;
        inspector.act(id, 1, Command::Comment { text: "…".into() }).await;
        let sealed = inspector.operation(new_case(), 0, Command::Claim);
        let newer = sealed.body.replacen("\"format\":1", "\"format\":99", 1);
        let newer = Sealed { digest: Sha256Hash::of(newer.as_bytes()), body: newer, ..sealed };
        inspector.send(&[newer]).await;
        let this = Self { folder: app.stop().await, backups: TempDir::new().unwrap(), random: 7 };
        backup::make(&this.data(), this.backups.path(), 30).unwrap();
        this.sql().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        assert_eq!(this.faults(), Vec::<String>::new(), "no faults before the damage");
        this
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn database(&self) -> PathBuf {
        self.data().join("xunjie.db")
    }

    pub fn sql(&self) -> Connection {
        Connection::open(self.database()).unwrap()
    }

    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let report = &mut |fault: &verify::Fault| faults.push(fault.to_string());
        if let Err(error) =
            verify::verify(&self.data(), self.folder.database(), Some(self.backups.path()), report)
        {
            faults.push(error.to_string());
        }
        faults
    }

    /// A number below `end`, from xorshift with a fixed seed: the same places in every run.
    pub fn below(&mut self, end: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn flipped(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let index = self.below(bytes.len());
        bytes[index] ^= 1 << self.below(8);
        bytes
    }

    #[track_caller]
    pub fn assert_named(&self, what: &str) {
        let faults = self.faults();
        assert!(faults.iter().any(|fault| fault.contains(what)), "{what} in {faults:#?}");
    }
}
