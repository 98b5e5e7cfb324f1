//! SQLite: the embedded default, one file in the data folder. How it is opened, written to by
//! one thread and read by several, and what its errors mean.
//!
//! Never: a statement about a noun; those are shared with PostgreSQL and lie above.

mod database_file;
mod error;
mod opened_files;
mod reader;
pub(super) mod schema;
mod transaction;
mod writer;

use std::{path::Path, sync::Arc};

pub use database_file::DatabaseFile;
pub(super) use error::storage_problem;
use opened_files::OpenedFiles;
pub(super) use reader::Reader;
use transaction::SqliteTransaction;
pub(super) use writer::Writer;

use super::{READERS, StoreError, changes};

/// Connections to a database file whose schema is this version's, and the number of its latest
/// change.
pub(super) struct Opened {
    pub(super) writer: Writer,
    pub(super) readers: Vec<Reader>,
    pub(super) latest: u64,
}

/// Opens the database file, makes it when there is none, and brings its schema to this
/// version's.
pub(super) fn open(path: &Path) -> Result<Opened, StoreError> {
    let connection = transaction::open_writer(path)?;
    schema::migrate(&connection)?;
    schema::check(&connection)?;
    let latest = changes::latest(&mut SqliteTransaction(&connection))?;
    let files = Arc::new(OpenedFiles::of(path));
    let writer = Writer::new(connection, Arc::clone(&files));
    let readers = (0..READERS).map(|_| Reader::open(path, Arc::clone(&files)));
    Ok(Opened { writer, readers: readers.collect::<Result<_, _>>()?, latest })
}
