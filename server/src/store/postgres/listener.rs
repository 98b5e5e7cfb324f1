//! The thread that hears of changes which other processes commit.
//!
//! Never: the only way to learn of a change; after each silence and each new connection the
//! number is read.

use std::{sync::Arc, thread, time::Duration};

use tokio::sync::watch;

use super::{
    PostgresAddress,
    session::{PostgresTransaction, Purpose, Session},
};
use crate::store::{
    StoreError, changes, raise,
    transaction::{Transaction, values},
};

/// How long nothing may come before the number is read, and whether somebody still wants it is
/// looked at.
const SILENCE: Duration = Duration::from_secs(2);
/// Between two tries to connect.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Announces the number of the latest change to every process, when this is committed.
pub(super) fn announce(transaction: &mut dyn Transaction, latest: u64) -> Result<(), StoreError> {
    transaction.execute("SELECT pg_notify('xunjie_changes', $1)", values![latest.to_string()])?;
    Ok(())
}

/// Runs until nobody watches.
pub(super) fn run(address: &PostgresAddress, announce: &Arc<watch::Sender<u64>>) {
    while !announce.is_closed() {
        if let Err(error) = listen(address, announce) {
            // `health_check` says what is wrong with the database.
            tracing::debug!(%error, "changes of other processes are not heard of");
            thread::sleep(RETRY_AFTER);
        }
    }
}

fn listen(address: &PostgresAddress, announce: &Arc<watch::Sender<u64>>) -> Result<(), StoreError> {
    let mut session = Session::open(address, Purpose::Requests)?;
    session.run("LISTEN xunjie_changes")?;
    raise(announce, changes::latest(&mut PostgresTransaction(&mut session))?);
    while !announce.is_closed() {
        let heard = session.notifications(SILENCE)?;
        let latest = match heard.iter().filter_map(|number| number.parse().ok()).max() {
            Some(latest) => latest,
            None => changes::latest(&mut PostgresTransaction(&mut session))?,
        };
        raise(announce, latest);
    }
    Ok(())
}
