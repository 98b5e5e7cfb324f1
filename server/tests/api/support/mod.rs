//! Helpers of every test: a server, devices, reports of the demo district, photos.

pub mod demo;
pub mod device;
pub mod folder;
pub mod picture;
pub mod server;
pub mod test_app;
#[path = "../../common/test_database.rs"]
#[allow(dead_code, reason = "shared with the tests of PostgreSQL alone")]
pub mod test_database;

pub use device::Device;
pub use folder::TestFolder;
pub use server::Server;
pub use test_app::{Answer, TestApp};
