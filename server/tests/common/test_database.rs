//! A database for one test: a file, or, when `XUNJIE_TEST_POSTGRES` names a server of
//! PostgreSQL (`postgres://USER@HOST`, without the name of a database), one of its own there,
//! which is dropped with the test.

use std::{path::Path, thread};

use postgres::{Client, NoTls};
use xunjie::{store::Database, system::random};

/// The variable of the environment that names a server.
const SERVER: &str = "XUNJIE_TEST_POSTGRES";

/// A database of a server that is there as long as this value.
pub struct ServerDatabase {
    server: String,
    name: String,
}

impl ServerDatabase {
    /// `None` where the tests run on SQLite.
    pub fn create() -> Option<Self> {
        let server = std::env::var(SERVER).ok()?;
        Some(Self::create_on(server, ""))
    }

    /// With options of `CREATE DATABASE`, on a server that has to be there.
    pub fn create_with(options: &str) -> Self {
        let server = std::env::var(SERVER).expect("XUNJIE_TEST_POSTGRES names a server");
        Self::create_on(server, options)
    }

    fn create_on(server: String, options: &str) -> Self {
        let random: [u8; 8] = random::bytes().unwrap();
        let name = format!("xunjie_test_{:016x}", u64::from_le_bytes(random));
        let database = Self { server, name };
        database.administer(&format!("CREATE DATABASE {} {options}", database.name));
        database
    }

    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    pub fn database(&self) -> Database {
        Database::Server(self.url().parse().unwrap())
    }

    /// Ends every connection to it, and lets nobody in any more.
    pub fn shut(&self) {
        self.administer(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name));
        self.cut();
    }

    /// Lets everybody in again.
    pub fn open(&self) {
        self.administer(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name));
    }

    /// Ends every connection to it.
    pub fn cut(&self) {
        self.administer(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            self.name
        ));
    }

    /// Runs a statement in another database of the server.
    pub fn administer(&self, sql: &str) {
        Self::on_thread(format!("{}/postgres", self.server), sql.to_owned());
    }

    /// Runs a statement in this database, past the store.
    pub fn run(&self, sql: &str) {
        Self::on_thread(self.url(), sql.to_owned());
    }

    /// The client has a runtime of its own, and a test may be inside another one.
    fn on_thread(url: String, sql: String) {
        let done = thread::spawn(move || Client::connect(&url, NoTls)?.batch_execute(&sql));
        done.join().unwrap().unwrap();
    }
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        self.administer(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// The database of a data folder, and what has to live as long.
pub struct TestDatabase {
    pub database: Database,
    pub on_server: Option<ServerDatabase>,
}

impl TestDatabase {
    pub fn in_folder(data: &Path) -> Self {
        let on_server = ServerDatabase::create();
        let database =
            on_server.as_ref().map_or_else(|| Database::in_folder(data), ServerDatabase::database);
        Self { database, on_server }
    }
}
