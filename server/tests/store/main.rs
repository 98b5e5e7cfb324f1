//! Tests of the store with a real database file.

#[cfg(test)]
mod jobs;
#[cfg(test)]
mod tasks;
