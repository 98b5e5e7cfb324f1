//! `xunjie verify`

#![expect(clippy::print_stdout, reason = "what was found")]

use std::path::Path;

use super::{command::CommandError, folder::Folder};
use crate::verify;

pub(super) fn verify(folder: &Folder, backup: Option<&Path>) -> Result<(), CommandError> {
    let (_, database) = folder.open_made()?;
    let counts = verify::verify(&folder.data, &database, backup, &mut |fault| println!("{fault}"))?;
    let checked = format!(
        "{} operations, {} cases, {} photos, {} backups",
        counts.operations, counts.cases, counts.photos, counts.backups
    );
    match counts.faults {
        0 => {
            println!("no faults in {checked}");
            Ok(())
        }
        1 => Err(format!("one fault in {checked}").into()),
        faults => Err(format!("{faults} faults in {checked}").into()),
    }
}
