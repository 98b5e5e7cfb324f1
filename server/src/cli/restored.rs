//! `xunjie restored`

#![expect(clippy::print_stdout, reason = "what was done")]

use super::{command::CommandError, folder::Folder};
use crate::{backup, store::DirectConnection};

pub(super) fn restored(folder: &Folder) -> Result<(), CommandError> {
    let (_, database) = folder.open_made()?;
    let epoch = backup::begin_epoch(&DirectConnection::open(&database)?)?;
    println!("epoch {epoch}: phones will offer again what this database lacks");
    Ok(())
}
