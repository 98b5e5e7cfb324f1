//! Tests of the store with a real database: a file, and PostgreSQL where
//! `XUNJIE_TEST_POSTGRES` names a server.

#[cfg(test)]
mod jobs;
#[cfg(test)]
mod tasks;
#[cfg(test)]
#[path = "../common/test_database.rs"]
#[allow(dead_code, reason = "shared with the tests of PostgreSQL alone")]
mod test_database;
