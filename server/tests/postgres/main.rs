//! What only PostgreSQL does: several processes over one database, a server that goes away and
//! comes back, a database that is not fit. `XUNJIE_TEST_POSTGRES` names a server.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod fitness;
#[cfg(test)]
mod outage;
#[cfg(test)]
#[path = "../api/support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the API, which use more of it")]
mod support;
