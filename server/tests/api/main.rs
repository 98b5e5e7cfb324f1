//! Tests of the server through HTTP and through its commands. Each starts a real server on a
//! port of its own, with a data folder of its own, real photos and signed-in devices. All but
//! those in `sqlite` also run on PostgreSQL, where `XUNJIE_TEST_POSTGRES` names a server.

#[cfg(test)]
mod case_lists;
#[cfg(test)]
mod case_search;
#[cfg(test)]
mod derivatives;
#[cfg(test)]
mod devices;
#[cfg(test)]
mod durable;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod holdings;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod live;
#[cfg(test)]
mod open_api;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod photos;
#[cfg(test)]
mod positions;
#[cfg(test)]
mod rescue;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod saved_views;
#[cfg(test)]
mod session;
#[cfg(test)]
mod site;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod support;
