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
        let created = format!("CREATE DATABASE {}", database.name);
        administer(&database.server, move |client| client.batch_execute(&created))?;
        Ok(Some(database))
    }

    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    /// How large it is on the disk.
    pub fn bytes(&self) -> Result<u64> {
        let name = self.name.clone();
        let bytes: i64 = administer(&self.server, move |client| {
            client.query_one("SELECT pg_database_size($1)", &[&name])?.try_get(0)
        })?;
        Ok(bytes.try_into()?)
    }
}

/// Works in another database of the server. The client has a runtime of its own, and a test is
/// inside another one.
fn administer<T: Send + 'static>(
    server: &str,
    work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send + 'static,
) -> Result<T> {
    let url = format!("{server}/postgres");
    let done = thread::spawn(move || work(&mut Client::connect(&url, NoTls)?)).join();
    Ok(done.map_err(|_| anyhow!("the client of PostgreSQL panicked"))??)
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let dropped = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        if let Err(error) = administer(&self.server, move |client| client.batch_execute(&dropped)) {
            eprintln!("{} was not dropped: {error:#}", self.name);
        }
    }
}
