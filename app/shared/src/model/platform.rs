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
    /// For so long [`Platform::IosTab`] keeps what nobody comes back to.
    pub const IOS_TAB_KEEPS_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

    pub fn here() -> Self {
        platform::platform()
    }
}
