//! A database of PostgreSQL that servers may be running on: read and written to by commands,
//! through a connection of their own.
//!
//! Never: changes the schema.

use std::cell::RefCell;

use super::{
    PostgresAddress,
    link::{Access, Link},
    schema,
    session::{PostgresTransaction, Purpose},
};
use crate::store::{
    StoreError, changes,
    connection::Connection as _,
    transaction::{SqlRow, Transaction},
};

/// A database on a server. Not to be used inside a runtime: it waits with one of its own.
pub(crate) struct DatabaseServer(RefCell<Link>);

impl DatabaseServer {
    pub(in crate::store) fn open(address: &PostgresAddress) -> Result<Self, StoreError> {
        let mut link = Link::open(address, Purpose::Command, Access::Write)?;
        schema::check_database(link.session(), address)?;
        Ok(Self(RefCell::new(link)))
    }

    /// See [`DatabaseFile::read`](super::super::DatabaseFile::read).
    pub(in crate::store) fn read<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut link = self.0.borrow_mut();
        link.begin_with(Access::Read)?;
        let result = work(&mut link.transaction());
        link.roll_back();
        result
    }

    /// See [`DatabaseFile::write`](super::super::DatabaseFile::write).
    pub(in crate::store) fn write<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut link = self.0.borrow_mut();
        link.begin_with(Access::Write)?;
        let mut transaction = link.transaction();
        let result = work(&mut transaction);
        let latest = changes::latest(&mut transaction);
        drop(transaction);
        let result = result.and_then(|result| {
            link.announce(latest?)?;
            link.commit()?;
            Ok(result)
        });
        if result.is_err() {
            link.roll_back();
        }
        result
    }

    /// See [`DatabaseFile::with_snapshot`](super::super::DatabaseFile::with_snapshot).
    pub(in crate::store) fn with_snapshot<T>(
        &self,
        work: impl FnOnce() -> T,
    ) -> Result<T, StoreError> {
        self.0.borrow_mut().begin_with(Access::Read)?;
        let result = work();
        self.0.borrow_mut().roll_back();
        Ok(result)
    }

    pub(in crate::store) fn read_in_snapshot<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(&mut PostgresTransaction(self.0.borrow_mut().session()))
    }

    pub(in crate::store) fn for_each(
        &self,
        sql: &'static str,
        each: impl FnMut(SqlRow),
    ) -> Result<(), StoreError> {
        self.0.borrow_mut().session().for_each(sql, each)
    }

    /// The schema of this version, and that of the database, as sorted lines.
    pub(in crate::store) fn schemas(&self) -> Result<(Vec<String>, Vec<String>), StoreError> {
        let mut link = self.0.borrow_mut();
        let expected = schema::expected(&mut link)?;
        Ok((expected, schema::stored(link.session())?))
    }
}
