//! What every test starts from.

pub mod demo;
pub mod device;
pub mod picture;
pub mod test_app;

pub use device::Device;
pub use test_app::{Answer, TestApp};
