//! Never lost, never doubled: the short forms of the trials in `docs/RELIABILITY.md`.
//! `cargo xtask soak` runs the long ones, each with a seed of its own; here it is always
//! the same, so that what fails is what was changed.

mod bad_line;
mod corpus;
mod damaged;
mod every_fault;
mod killed_browser;
mod killed_server;
mod many_tabs;
mod new_versions;
mod out_of_step;
mod restored_server;
mod week_offline;
