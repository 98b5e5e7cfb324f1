//! The database of a data folder that a server may be running on: read and written to by
//! commands, through a connection of their own, whichever database it is.
//!
//! Never: changes the schema.

use super::{
    Database, DatabaseFile, StoreError,
    postgres::DatabaseServer,
    transaction::{SqlRow, Transaction},
};

/// A connection of a command. With PostgreSQL it waits with a runtime of its own and must not
/// be used inside another one.
pub struct DirectConnection(Engine);

enum Engine {
    Sqlite(DatabaseFile),
    Postgres(Box<DatabaseServer>),
}

impl DirectConnection {
    /// Opens a database, which may be served meanwhile.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(database: &Database) -> Result<Self, StoreError> {
        Ok(Self(match database {
            Database::File(path) => Engine::Sqlite(DatabaseFile::open(path)?),
            Database::Server(address) => Engine::Postgres(Box::new(DatabaseServer::open(address)?)),
        }))
    }

    /// Reads one snapshot of the database.
    ///
    /// # Errors
    /// Those of the work.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.read(work),
            Engine::Postgres(server) => server.read(work),
        }
    }

    /// Writes all of it or nothing.
    ///
    /// # Errors
    /// Those of the work and of the commit.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.write(work),
            Engine::Postgres(server) => server.write(work),
        }
    }

    /// What the database finds wrong with its own structures; empty when it is intact, and for
    /// PostgreSQL, which has programs of its own for that.
    ///
    /// # Errors
    /// When it cannot even be asked.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.integrity(),
            Engine::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// The schema of this version, and that of the database, as sorted lines.
    ///
    /// # Errors
    /// Those of the database.
    pub fn schemas(&self) -> Result<(Vec<String>, Vec<String>), StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.schemas(),
            Engine::Postgres(server) => server.schemas(),
        }
    }

    /// Runs `work` while this connection sees one snapshot of the database.
    ///
    /// # Errors
    /// When the snapshot cannot be opened.
    pub fn with_snapshot<T>(&self, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.with_snapshot(work),
            Engine::Postgres(server) => server.with_snapshot(work),
        }
    }

    /// Reads in the snapshot that is open.
    ///
    /// # Errors
    /// Those of the work.
    pub fn read_in_snapshot<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.read_in_snapshot(work),
            Engine::Postgres(server) => server.read_in_snapshot(work),
        }
    }

    /// Calls `each` with every row, one at a time, damaged ones included.
    ///
    /// # Errors
    /// Those of the database; rows before it were seen.
    pub fn for_each(&self, sql: &'static str, each: impl FnMut(SqlRow)) -> Result<(), StoreError> {
        match &self.0 {
            Engine::Sqlite(file) => file.for_each(sql, each),
            Engine::Postgres(server) => server.for_each(sql, each),
        }
    }
}
