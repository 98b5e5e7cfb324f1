//! The store against a real file: what stands, what falls, and what is left untouched.

#[cfg(test)]
mod jobs;
