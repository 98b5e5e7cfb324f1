//! The browser that this runs in, for the screens.

use crate::device::platform;

pub use crate::device::platform::Platform;

/// The browser's offer to put the app on the home screen.
pub struct Install;

impl Install {
    pub fn is_offered() -> bool {
        platform::can_install()
    }

    pub fn ask() {
        platform::install();
    }
}

impl Platform {
    pub fn here() -> Self {
        platform::platform()
    }
}
