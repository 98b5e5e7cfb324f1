//! `xunjie jobs`

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::path::Path;

use super::command::CommandError;
use crate::{
    store::{self, DatabaseFile, jobs},
    system::clock,
};

/// Failed jobs that are listed.
const LISTED: u32 = 100;

pub(super) fn jobs(data: &Path, retry: bool) -> Result<(), CommandError> {
    if !data.join(store::DATABASE).exists() {
        return Err(format!("there is no district in {}", data.display()).into());
    }
    let file = DatabaseFile::open(&data.join(store::DATABASE))?;
    if retry {
        let again = file.write(|transaction| jobs::retry_failed(transaction, clock::now()))?;
        println!("{again} jobs are tried again");
        return Ok(());
    }
    let (counts, failed) = file
        .read(|transaction| Ok((jobs::counts(transaction)?, jobs::failed(transaction, LISTED)?)))?;
    println!("{} waiting, {} failed", counts.waiting, counts.failed);
    for job in failed {
        println!("{} {}: {}", job.kind, job.subject, job.last_error);
    }
    Ok(())
}
