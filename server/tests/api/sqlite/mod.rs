//! What is about SQLite's file itself: moved, locked, damaged, copied while it is written.

mod backup;
mod faults;
mod verify;
