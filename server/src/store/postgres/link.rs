//! A session that is opened again when it was lost, and never while a transaction is open.

use std::time::{Duration, Instant};

use super::{
    PostgresAddress, listener,
    session::{PostgresTransaction, Purpose, Session},
};
use crate::store::{StoreError, connection::Connection, transaction::Transaction};

/// After a connection was refused, the next one is tried after this long. Requests are
/// answered at once meanwhile, and a server that starts is not held up.
const RETRY_AFTER: Duration = Duration::from_millis(250);

/// How a transaction begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    Read,
    Write,
}

impl Access {
    const fn begin(self) -> &'static str {
        match self {
            // One snapshot for all statements.
            Self::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            // One writer at a time, of all processes: so a number of the feed is committed
            // before the next one is taken, as with SQLite. Each statement sees what was
            // committed before it, and so everything of whoever had the lock before. The
            // lock's name is "xunjie" in bytes; it is released after the commit can be seen.
            Self::Write => {
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
                 SELECT pg_advisory_xact_lock(132445758974309)"
            }
        }
    }
}

/// A connection of a thread of the store, or of a command.
pub(crate) struct Link {
    address: PostgresAddress,
    purpose: Purpose,
    access: Access,
    session: Session,
    refused: Option<Instant>,
    /// The latest change that other processes were told of, and the one they are told of with
    /// the next commit.
    announced: u64,
    announcing: u64,
}

impl Link {
    pub(super) fn open(
        address: &PostgresAddress,
        purpose: Purpose,
        access: Access,
    ) -> Result<Self, StoreError> {
        let session = Session::open(address, purpose)?;
        let address = address.clone();
        Ok(Self { address, purpose, access, session, refused: None, announced: 0, announcing: 0 })
    }

    pub(super) fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    pub(super) fn begin_with(&mut self, access: Access) -> Result<(), StoreError> {
        if !self.session.is_lost() {
            let begun = self.session.run(access.begin());
            if begun.is_ok() || !self.session.is_lost() {
                return begun.inspect_err(|_| self.roll_back());
            }
        }
        self.reconnect()?;
        self.session.run(access.begin()).inspect_err(|_| self.roll_back())
    }

    fn reconnect(&mut self) -> Result<(), StoreError> {
        if self.refused.is_some_and(|at| at.elapsed() < RETRY_AFTER) {
            return Err(StoreError::Unreachable);
        }
        self.session = Session::open(&self.address, self.purpose)
            .inspect_err(|_| self.refused = Some(Instant::now()))?;
        self.refused = None;
        Ok(())
    }
}

impl Connection for Link {
    fn begin(&mut self) -> Result<(), StoreError> {
        self.begin_with(self.access)
    }

    fn transaction(&mut self) -> impl Transaction + '_ {
        PostgresTransaction(&mut self.session)
    }

    /// The caller's last statement has succeeded: where one failed, PostgreSQL would take
    /// `COMMIT` for `ROLLBACK`, and say so in no error.
    fn commit(&mut self) -> Result<(), StoreError> {
        self.session.run("COMMIT")?;
        self.announced = self.announcing;
        Ok(())
    }

    fn roll_back(&mut self) {
        if !self.session.is_lost() {
            // The error that led here is the one to report; outside of a transaction this does
            // nothing.
            let _rollback = self.session.run("ROLLBACK");
        }
    }

    fn announce(&mut self, latest: u64) -> Result<(), StoreError> {
        if latest > self.announced {
            listener::announce(&mut PostgresTransaction(&mut self.session), latest)?;
            self.announcing = latest;
        }
        Ok(())
    }
}
