//! What an administrator asks about the server's own jobs. Needs a network, and keeps nothing.

use domain::sync::{JobCursor, JobRetry, Jobs};

use super::{AppError, Model};
use crate::sync;

impl Model {
    /// How many jobs wait, and a page of those that were given up.
    ///
    /// # Errors
    /// Those of the way, or the server's: for administrators only.
    pub async fn jobs(&self, cursor: Option<&JobCursor>) -> Result<Jobs, AppError> {
        Ok(sync::jobs(cursor).await?)
    }

    /// How many are tried again.
    ///
    /// # Errors
    /// As for [`Self::jobs`].
    pub async fn retry_jobs(&self, retry: &JobRetry) -> Result<u32, AppError> {
        Ok(sync::retry_jobs(retry).await?.jobs)
    }
}
