//! `xunjie rebuild`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "progress, and what was done")]

use super::{command::CommandError, folder::Folder};
use crate::rebuild;

/// Cases between two lines of progress.
const STEP: u64 = 10_000;

pub(super) fn rebuild(folder: &Folder) -> Result<(), CommandError> {
    let (_, database) = folder.open_made()?;
    let mut shown = 0;
    let done = rebuild::rebuild(&database, |done| {
        if done / STEP > shown {
            shown = done / STEP;
            eprintln!("{done} cases");
        }
    })?;
    println!("the summaries of {done} cases were made anew");
    Ok(())
}
