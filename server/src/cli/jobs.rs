//! `xunjie jobs`

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use super::{command::CommandError, folder::Folder};
use crate::{
    store::{DirectConnection, jobs},
    system::clock,
};

/// Failed jobs that are listed.
const LISTED: u32 = 100;

pub(super) fn jobs(folder: &Folder, retry: bool) -> Result<(), CommandError> {
    let (_, database) = folder.open_made()?;
    let file = DirectConnection::open(&database)?;
    if retry {
        let again = file.write(|transaction| jobs::retry_failed(transaction, clock::now()))?;
        println!("{again} jobs are tried again");
        return Ok(());
    }
    let (counts, failed) = file.read(|transaction| {
        Ok((jobs::counts(transaction)?, jobs::failed(transaction, None, LISTED)?))
    })?;
    println!("{} waiting, {} failed", counts.waiting, counts.failed);
    for job in failed {
        println!("{} {}: {}", job.kind, job.subject, job.last_error);
    }
    Ok(())
}
