//! `xunjie verify`

#![expect(clippy::print_stdout, reason = "what was found")]

use std::path::Path;

use super::command::Trouble;
use crate::{setup, verify};

pub(super) fn verify(data: &Path, backup: Option<&Path>) -> Result<(), Trouble> {
    if !data.join(setup::DATABASE).exists() {
        return Err(format!("there is no district in {}", data.display()).into());
    }
    let counts = verify::verify(data, backup, &mut |fault| println!("{fault}"))?;
    let looked = format!(
        "{} operations, {} cases, {} photos, {} backups",
        counts.operations, counts.cases, counts.photos, counts.backups
    );
    match counts.faults {
        0 => {
            println!("no faults in {looked}");
            Ok(())
        }
        1 => Err(format!("one fault in {looked}").into()),
        faults => Err(format!("{faults} faults in {looked}").into()),
    }
}
