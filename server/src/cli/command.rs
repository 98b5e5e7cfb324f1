//! What the commands share.

/// Why a command failed; `run` writes it to standard error.
pub(super) type CommandError = Box<dyn std::error::Error>;

/// A runtime for commands that use the store.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
