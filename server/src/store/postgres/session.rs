//! One connection to PostgreSQL, its prepared statements, and whether it is lost.

use std::collections::HashMap;

use postgres::{Client, Statement, types::ToSql};

use super::{PostgresAddress, error, value};
use crate::store::{
    StoreError,
    migrations::Script,
    transaction::{Dialect, SqlRow, Transaction, Value, check_statement},
};

/// Statements kept prepared per connection; more than the code has but for lists, whose texts
/// are put together.
const PREPARED_STATEMENTS: usize = 256;

/// What a connection is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// A request waits: better an answer that it did not work than none.
    Requests,
    /// A command of a person, who can wait.
    Command,
}

impl Purpose {
    /// `synchronous_commit`: an acknowledged commit survives a loss of power, whatever the
    /// server's own setting. A process that stands still inside a transaction has its lock
    /// taken away, for every other one waits for it.
    const fn settings(self) -> &'static str {
        match self {
            Self::Requests => {
                "SET synchronous_commit = on; SET client_min_messages = warning;
                 SET statement_timeout = '20s'; SET lock_timeout = '5s';
                 SET idle_in_transaction_session_timeout = '20s'"
            }
            Self::Command => {
                "SET synchronous_commit = on; SET client_min_messages = warning;
                 SET statement_timeout = 0; SET lock_timeout = '60s';
                 SET idle_in_transaction_session_timeout = '60s'"
            }
        }
    }
}

/// Lives on threads of the store only: the client has a runtime of its own, which can be
/// neither used nor dropped where another one runs.
pub(super) struct Session {
    client: Client,
    statements: HashMap<String, Statement>,
    is_lost: bool,
}

impl Session {
    pub(super) fn open(address: &PostgresAddress, purpose: Purpose) -> Result<Self, StoreError> {
        let client = address.connect()?;
        let mut session = Self { client, statements: HashMap::new(), is_lost: false };
        session.run(purpose.settings())?;
        Ok(session)
    }

    pub(super) const fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Runs statements that give nothing, each seeing what was committed before it.
    pub(super) fn run(&mut self, script: &str) -> Result<(), StoreError> {
        let done = self.client.batch_execute(script);
        self.noting_loss(done)
    }

    /// Calls `each` with every row, one at a time.
    pub(super) fn for_each(
        &mut self,
        sql: &str,
        mut each: impl FnMut(SqlRow),
    ) -> Result<(), StoreError> {
        use postgres::fallible_iterator::FallibleIterator as _;
        let none: [&(dyn ToSql + Sync); 0] = [];
        let mut rows = self.client.query_raw(sql, none)?;
        while let Some(row) = rows.next()? {
            each(value::read(&row)?);
        }
        Ok(())
    }

    /// Gives the payloads that came since, or waits for `timeout`; none may also mean that the
    /// connection is lost, which the next statement shows.
    pub(super) fn notifications(
        &mut self,
        timeout: std::time::Duration,
    ) -> Result<Vec<String>, StoreError> {
        use postgres::fallible_iterator::FallibleIterator as _;
        let first = self.client.notifications().timeout_iter(timeout).next();
        let first = self.noting_loss(first)?;
        let more = self.client.notifications().iter().collect::<Vec<_>>();
        let more = self.noting_loss(more)?;
        Ok(first.into_iter().chain(more).map(|it| it.payload().to_owned()).collect())
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= PREPARED_STATEMENTS {
            self.statements.clear();
        }
        let prepared = self.client.prepare(sql);
        let statement = self.noting_loss(prepared)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn noting_loss<T>(&mut self, result: Result<T, postgres::Error>) -> Result<T, StoreError> {
        self.is_lost |= result.as_ref().is_err_and(error::is_lost);
        Ok(result?)
    }
}

/// A session with a transaction open on it, which the caller begins and ends.
pub(super) struct PostgresTransaction<'a>(pub(super) &'a mut Session);

impl Transaction for PostgresTransaction<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<usize, StoreError> {
        check_statement(sql, values)?;
        let statement = self.0.prepared(sql)?;
        let changed = self.0.client.execute(&statement, &parameters(values));
        Ok(usize::try_from(self.0.noting_loss(changed)?).unwrap_or(usize::MAX))
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<SqlRow>, StoreError> {
        check_statement(sql, values)?;
        let statement = self.0.prepared(sql)?;
        let rows = self.0.client.query(&statement, &parameters(values));
        self.0.noting_loss(rows)?.iter().map(value::read).collect()
    }
}

impl Script for PostgresTransaction<'_> {
    fn run_script(&mut self, script: &str) -> Result<(), StoreError> {
        self.0.run(script)
    }
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| -> &(dyn ToSql + Sync) { value }).collect()
}
