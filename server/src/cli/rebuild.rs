//! `xunjie rebuild`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "progress, and what was done")]

use std::path::Path;

use super::command::CommandError;
use crate::{rebuild, store};

/// Cases between two lines of progress.
const STEP: u64 = 10_000;

pub(super) fn rebuild(data: &Path) -> Result<(), CommandError> {
    if !data.join(store::DATABASE).exists() {
        return Err(format!("there is no district in {}", data.display()).into());
    }
    let mut shown = 0;
    let done = rebuild::rebuild(data, |done| {
        if done / STEP > shown {
            shown = done / STEP;
            eprintln!("{done} cases");
        }
    })?;
    println!("the summaries of {done} cases were made anew");
    Ok(())
}
