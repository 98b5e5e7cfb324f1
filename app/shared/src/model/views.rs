//! The views of the board that this person keeps. They need a network; what was said last is the
//! screen's to hold.

use domain::{
    ViewId,
    summary::{SavedView, SavedViews},
};

use super::{AppError, Model};
use crate::{
    device::{clock, random},
    sync,
};

impl Model {
    /// One's own, by name.
    ///
    /// # Errors
    /// Those of the way.
    pub async fn views(&self) -> Result<SavedViews, AppError> {
        Ok(sync::views().await?)
    }

    /// Makes or changes a view. The same once more changes nothing.
    ///
    /// # Errors
    /// Those of the way, or the server's: as many as one person keeps.
    pub async fn keep_view(&self, view: &SavedView) -> Result<(), AppError> {
        Ok(sync::keep_view(view).await?)
    }

    /// Nothing happens when there is none.
    ///
    /// # Errors
    /// Those of the way.
    pub async fn remove_view(&self, id: ViewId) -> Result<(), AppError> {
        Ok(sync::remove_view(id).await?)
    }

    /// For a view that is made here.
    pub fn new_view_id(&self) -> ViewId {
        ViewId::new(clock::now(), random::bytes())
    }
}
