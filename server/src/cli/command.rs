//! What the commands share.

/// Why a command ended: what is told on standard error.
pub(super) type Trouble = Box<dyn std::error::Error>;

/// A runtime for commands that use the store.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Trouble> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
