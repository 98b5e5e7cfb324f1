//! A database of PostgreSQL for a server under test, where `XUNJIE_TEST_POSTGRES` names a server
//! of it (`postgres://USER@HOST`, without the name of a database). It is dropped with the test.

use std::thread;

use anyhow::{Result, anyhow};
use postgres::{Client, NoTls};

/// The variable of the environment that names a server.
const SERVER: &str = "XUNJIE_TEST_POSTGRES";

pub struct PostgresDatabase {
    server: String,
    name: String,
}

impl PostgresDatabase {
    /// `None` where the tests run on SQLite.
    pub fn create() -> Result<Option<Self>> {
        let Ok(server) = std::env::var(SERVER) else { return Ok(None) };
        let database = Self { server, name: format!("xunjie_test_{:016x}", fastrand::u64(..)) };
        database.administer(format!("CREATE DATABASE {}", database.name))?;
        Ok(Some(database))
    }

    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    /// Runs a statement in another database of the server. The client has a runtime of its own,
    /// and a test is inside another one.
    fn administer(&self, sql: String) -> Result<()> {
        let url = format!("{}/postgres", self.server);
        thread::spawn(move || Client::connect(&url, NoTls)?.batch_execute(&sql))
            .join()
            .map_err(|_| anyhow!("the client of PostgreSQL panicked"))??;
        Ok(())
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        if let Err(error) = self.administer(format!("DROP DATABASE {} WITH (FORCE)", self.name)) {
            eprintln!("{} was not dropped: {error:#}", self.name);
        }
    }
}
