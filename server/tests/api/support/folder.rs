//! A data folder for one test, with its database.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use xunjie::{
    config::{self, Config},
    rebuild,
    store::{Database, Store, Value},
    verify,
};

use super::test_database::TestDatabase;

pub struct TestFolder {
    folder: TempDir,
    pub database: TestDatabase,
}

impl TestFolder {
    pub fn new() -> Self {
        TempDir::new().unwrap().into()
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub fn database(&self) -> &Database {
        &self.database.database
    }

    /// These settings, with the folder's database.
    pub fn config(&self, config: Config) -> Config {
        Config { database: Config::read(&self.data()).unwrap().database, ..config }
    }

    /// Runs a statement while nobody serves the folder; gives how many rows it changed.
    pub async fn execute(&self, sql: &'static str, values: Vec<Value>) -> usize {
        let store = Store::of(self.database()).unwrap();
        store.write(move |transaction| transaction.execute(sql, &values)).await.unwrap()
    }

    /// What `verify` finds.
    pub async fn faults(&self) -> Vec<String> {
        let (data, database) = (self.data(), self.database().clone());
        let verify = move || {
            let mut faults = Vec::new();
            let report = &mut |fault: &verify::Fault| faults.push(fault.to_string());
            verify::verify(&data, &database, None, report).unwrap();
            faults
        };
        tokio::task::spawn_blocking(verify).await.unwrap()
    }

    pub async fn rebuild(&self) {
        let database = self.database().clone();
        let rebuild = move || rebuild::rebuild(&database, |_| {});
        tokio::task::spawn_blocking(rebuild).await.unwrap().unwrap();
    }
}

/// The folder `data` inside of it is the data folder. Commands find the database by its
/// settings.
impl From<TempDir> for TestFolder {
    fn from(folder: TempDir) -> Self {
        let data = folder.path().join("data");
        let database = TestDatabase::in_folder(&data);
        if let Some(on_server) = &database.on_server {
            fs::create_dir_all(&data).unwrap();
            let settings = format!("database = \"{}\"\n", on_server.url());
            fs::write(data.join(config::FILE), settings).unwrap();
        }
        Self { folder, database }
    }
}
