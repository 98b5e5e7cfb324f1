//! Everything durable but photo bytes. The only module that knows SQL: each file of this
//! folder holds the statements of one noun, and `sqlite` and `postgres` what only one of the
//! two databases needs.
//!
//! A caller sends a task, a closure over a [`Transaction`], and awaits its answer. The
//! task runs on a thread of the store, so a phone that hangs up cuts nothing in half,
//! and there is no `.await` inside a transaction. The answer comes after the commit is
//! on disk.

pub mod audit;
pub mod case_lists;
pub mod case_terms;
pub mod cases;
pub mod changes;
pub mod checksums;
mod connection;
mod database;
pub mod derivatives;
pub mod devices;
mod direct;
mod error;
pub mod feed;
pub mod jobs;
pub mod meta;
mod migrations;
pub mod operations;
pub mod packs;
pub mod photos;
mod postgres;
pub mod quarantine;
mod reader;
pub mod reported_order;
pub mod saved_views;
pub mod sessions;
mod sql_text;
mod sqlite;
pub mod summary_columns;
mod task;
mod transaction;
pub mod users;
mod writer;

use std::{
    future::Future,
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use tokio::sync::{mpsc, watch};

use connection::Connection;
pub use database::Database;
pub use direct::DirectConnection;
pub use error::{DatabaseError, StoreError};
pub use postgres::PostgresAddress;
pub use sqlite::DatabaseFile;
use task::{Task, TypedTask};
pub use transaction::{Dialect, FromValue, SqlRow, Transaction, Value};

/// Name of the database file in a data folder.
pub const DATABASE: &str = "xunjie.db";

/// Tasks that may wait in a queue; further callers wait for room. Several batches of the
/// writer, so that it never runs dry, and bounded, so that a slow disk slows callers down
/// instead of filling the memory.
const QUEUE_LENGTH: usize = 1024;
/// Threads that read. Readers do not wait for the writer, nor SQLite's in WAL mode; each has
/// its own cache of statements.
const READERS: usize = 3;

/// A handle to the database's threads. When it is dropped, queued tasks are still done.
#[derive(Debug)]
pub struct Store {
    writes: mpsc::Sender<Box<dyn Task>>,
    reads: mpsc::Sender<Box<dyn Task>>,
    changes: watch::Receiver<u64>,
}

impl Store {
    /// Opens the database file, makes it when there is none, and brings its schema to
    /// this version's.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a later version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let sqlite::Opened { writer, readers, latest } = sqlite::open(path)?;
        Self::start(writer, readers, &Arc::new(watch::Sender::new(latest)))
    }

    /// Connects to a database of PostgreSQL, and brings its schema to this version's.
    ///
    /// # Errors
    /// When it cannot be connected to, is not fit, or was written by a later version.
    pub fn connect(address: &PostgresAddress) -> Result<Self, StoreError> {
        let postgres::Opened { writer, readers, latest } = postgres::open(address)?;
        let announce = Arc::new(watch::Sender::new(latest));
        let store = Self::start(writer, readers, &announce)?;
        let address = address.clone();
        spawn("store-listen", move || postgres::listen(&address, &announce))?;
        Ok(store)
    }

    /// Opens a file or connects to a server.
    ///
    /// # Errors
    /// Those of [`open`](Self::open) and of [`connect`](Self::connect).
    pub fn of(database: &Database) -> Result<Self, StoreError> {
        match database {
            Database::File(path) => Self::open(path),
            Database::Server(address) => Self::connect(address),
        }
    }

    fn start(
        writer: impl Connection + Send + 'static,
        readers: Vec<impl Connection + Send + 'static>,
        announce: &Arc<watch::Sender<u64>>,
    ) -> Result<Self, StoreError> {
        let changes = announce.subscribe();
        let (writes, queue) = mpsc::channel(QUEUE_LENGTH);
        let announce = Arc::clone(announce);
        spawn("store-write", move || writer::run(writer, queue, &announce))?;
        let (reads, queue) = mpsc::channel(QUEUE_LENGTH);
        let queue: reader::Queue = Arc::new(Mutex::new(queue));
        for reader in readers {
            let queue = Arc::clone(&queue);
            spawn("store-read", move || reader::run(reader, &queue))?;
        }
        Ok(Self { writes, reads, changes })
    }

    /// Runs a task that writes; its answer comes when it is on disk.
    ///
    /// # Errors
    /// Those of the task, and of the commit. Nothing of the task was kept then.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send + 'static,
    {
        self.submit(work).await?.await
    }

    /// Queues a task that writes, in the order of the calls; the future it gives waits
    /// for the answer.
    ///
    /// # Errors
    /// When the store is closed.
    pub async fn submit<T, F>(
        &self,
        work: F,
    ) -> Result<impl Future<Output = Result<T, StoreError>> + Send + use<T, F>, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send + 'static,
    {
        enqueue(&self.writes, work).await
    }

    /// Runs a task that reads. It sees one snapshot of the database.
    ///
    /// # Errors
    /// Those of the task.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send + 'static,
    {
        enqueue(&self.reads, work).await?.await
    }

    /// The number of the latest committed change, whenever it grows.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

async fn enqueue<T, F>(
    tasks: &mpsc::Sender<Box<dyn Task>>,
    work: F,
) -> Result<impl Future<Output = Result<T, StoreError>> + Send + use<T, F>, StoreError>
where
    T: Send + 'static,
    F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send + 'static,
{
    let (task, answer) = TypedTask::new(work);
    tasks.send(Box::new(task)).await.map_err(|_| StoreError::Closed)?;
    Ok(async move { answer.await.unwrap_or(Err(StoreError::Closed)) })
}

/// A thread of the store ends by itself when the store is dropped and its queue is done.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
    thread::Builder::new().name(name.into()).spawn(work)?;
    Ok(())
}

/// A number of the feed that is known to be committed.
fn raise(announce: &watch::Sender<u64>, latest: u64) {
    announce.send_if_modified(|known| {
        let is_later = latest > *known;
        if is_later {
            *known = latest;
        }
        is_later
    });
}
