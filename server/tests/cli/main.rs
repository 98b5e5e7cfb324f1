//! The command line as a person in an office uses it.

#[cfg(test)]
mod commands;
