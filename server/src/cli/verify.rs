//! `xunjie verify`

#![expect(clippy::print_stdout, reason = "what was found")]

use std::path::Path;

use super::command::CommandError;
use crate::{store, verify};

pub(super) fn verify(data: &Path, backup: Option<&Path>) -> Result<(), CommandError> {
    if !data.join(store::DATABASE).exists() {
        return Err(format!("there is no district in {}", data.display()).into());
    }
    let counts = verify::verify(data, backup, &mut |fault| println!("{fault}"))?;
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
