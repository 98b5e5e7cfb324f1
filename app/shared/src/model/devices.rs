//! What headquarters asks about devices. Needs a network, and keeps nothing.

use domain::sync::Devices;

use super::{AppError, Model};
use crate::sync;

impl Model {
    /// What devices owe and what of theirs could not be taken; for headquarters.
    ///
    /// # Errors
    /// Those of the way.
    pub async fn devices(&self) -> Result<Devices, AppError> {
        Ok(sync::devices().await?)
    }
}
