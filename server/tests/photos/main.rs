//! Photos against a real folder: what is taken and what is not, what is left on disk,
//! and what the small pictures look like. Every photo is made here.

#[cfg(test)]
mod blob_store;
#[cfg(test)]
mod ingest;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod make;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod table;
