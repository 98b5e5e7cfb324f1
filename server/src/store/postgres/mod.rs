//! PostgreSQL: for districts that have one, and for several servers over one database. How it
//! is connected to, again after a loss, and what its errors mean.
//!
//! Never: a statement about a noun; those are shared with SQLite and lie above.

mod address;
mod database_server;
mod error;
mod link;
mod listener;
mod schema;
mod session;
mod value;

use std::{sync::Arc, thread};

use tokio::sync::watch;

pub use address::PostgresAddress;
pub(super) use database_server::DatabaseServer;
pub(super) use error::{storage_problem, write as write_error};
use link::Access;
pub(super) use link::Link;
use session::{PostgresTransaction, Purpose};

use super::{READERS, StoreError, changes};

/// Connections to a database whose schema is this version's, and the number of its latest
/// change.
pub(super) struct Opened {
    pub(super) writer: Link,
    pub(super) readers: Vec<Link>,
    pub(super) latest: u64,
}

/// Connects to the database, and brings its schema to this version's.
pub(super) fn open(address: &PostgresAddress) -> Result<Opened, StoreError> {
    let address = address.clone();
    // Connecting waits with a runtime of its own, and the caller may be inside another one.
    let opening =
        thread::Builder::new().name("store-open".into()).spawn(move || connect(&address))?;
    opening.join().unwrap_or(Err(StoreError::Panicked))
}

fn connect(address: &PostgresAddress) -> Result<Opened, StoreError> {
    // The steps of the schema may take longer than a request can wait.
    let mut link = Link::open(address, Purpose::Command, Access::Write)?;
    schema::check_database(link.session(), address)?;
    schema::migrate(&mut link)?;
    schema::check(&mut link)?;
    let latest = changes::latest(&mut PostgresTransaction(link.session()))?;
    let writer = Link::open(address, Purpose::Requests, Access::Write)?;
    let readers = (0..READERS).map(|_| Link::open(address, Purpose::Requests, Access::Read));
    Ok(Opened { writer, readers: readers.collect::<Result<_, _>>()?, latest })
}

/// Raises `announce` to the changes that other processes commit, until nobody watches.
pub(super) fn listen(address: &PostgresAddress, announce: &Arc<watch::Sender<u64>>) {
    listener::run(address, announce);
}
