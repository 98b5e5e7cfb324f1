//! Tests of the commands.

#[cfg(test)]
mod commands;
