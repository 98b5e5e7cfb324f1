//! The in-page camera.

use web_sys::{Blob, HtmlVideoElement};

use super::{AppError, Model};
use crate::device::camera;

/// An open camera that shows itself in a `<video>`. Dropped: the camera goes off.
pub struct Camera(camera::Camera);

impl Model {
    /// Opens the camera at the back of the phone and shows it in `video` (which wants
    /// `playsinline` and `muted`).
    ///
    /// # Errors
    /// [`AppError::Camera`].
    pub async fn open_camera(&self, video: &HtmlVideoElement) -> Result<Camera, AppError> {
        Ok(Camera(camera::Camera::open(video).await?))
    }
}

impl Camera {
    /// One still at the camera's full resolution. Give it to
    /// [`Model::add_photo`](super::Model::add_photo).
    ///
    /// # Errors
    /// [`AppError::Camera`] when the camera has gone.
    pub async fn shoot(&self) -> Result<Blob, AppError> {
        Ok(self.0.shoot().await?)
    }
}
