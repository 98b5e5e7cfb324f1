//! Helpers of every test: a server, devices, reports of the demo district, photos.

pub mod demo;
pub mod device;
pub mod picture;
pub mod test_app;

pub use device::Device;
pub use test_app::{Answer, TestApp};
