//! Everything durable but photo bytes. The only module that knows SQL: each file of this
//! folder holds the statements of one noun.
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
mod database_file;
pub mod derivatives;
pub mod devices;
mod error;
pub mod feed;
pub mod jobs;
pub mod meta;
mod migrations;
mod opened_files;
pub mod operations;
pub mod packs;
pub mod photos;
pub mod quarantine;
mod reader;
pub mod reported_order;
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

pub use database_file::{DatabaseFile, current_schema};
pub use error::StoreError;
use opened_files::OpenedFiles;
use task::{Task, TypedTask};
pub use transaction::{Dialect, FromValue, SqlRow, Transaction, Value};

/// Name of the database file in a data folder.
pub const DATABASE: &str = "xunjie.db";

/// Tasks that may wait in a queue; further callers wait for room. Several batches of the
/// writer, so that it never runs dry, and bounded, so that a slow disk slows callers down
/// instead of filling the memory.
const QUEUE_LENGTH: usize = 1024;
/// Threads that read. Readers do not wait for the writer in WAL mode; each has its own cache
/// of pages and statements.
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
        let connection = sqlite::open_writer(path)?;
        migrations::apply(&connection)?;
        database_file::check_schema(&connection)?;
        let latest = changes::latest(&mut sqlite::SqliteTransaction(&connection))?;
        let (announce, changes) = watch::channel(latest);
        let (writes, queue) = mpsc::channel(QUEUE_LENGTH);
        let files = Arc::new(OpenedFiles::of(path));
        let opened = Arc::clone(&files);
        spawn("store-write", move || writer::run(&connection, &opened, queue, &announce))?;
        let (reads, queue) = mpsc::channel(QUEUE_LENGTH);
        let queue: reader::Queue = Arc::new(Mutex::new(queue));
        for _ in 0..READERS {
            let reader = reader::Reader::open(path, Arc::clone(&files))?;
            let queue = Arc::clone(&queue);
            spawn("store-read", move || reader.run(&queue))?;
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
