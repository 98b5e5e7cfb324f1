//! `xunjie init`

#![expect(clippy::print_stdout, reason = "what was made, and what to do next")]

use std::path::{Path, PathBuf};

use clap::Args;
use domain::{Lang, pack::PackFiles};

use super::{
    command::{CommandError, runtime},
    pack,
};
use crate::init::{self, demo};

/// The pack that a folder begins with.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct Source {
    /// A sample district with sample accounts.
    #[arg(long)]
    demo: bool,
    /// The folder of a district pack.
    #[arg(long)]
    pack: Option<PathBuf>,
}

pub(super) fn init(data: &Path, source: &Source) -> Result<(), CommandError> {
    let files = match &source.pack {
        Some(folder) => pack::files(folder)?,
        None => demo_files(),
    };
    let pack = domain::pack::read(&files).map_err(|faults| {
        pack::print(&faults, Lang::En);
        "the pack has faults; nothing was made"
    })?;
    let shown = data.display();
    runtime()?
        .block_on(init::make(data, &pack, source.demo))
        .map_err(|error| format!("{shown}: {error}"))?;
    println!("made {shown} for {} ({})", pack.names.hans, pack.version);
    if !source.demo {
        println!(
            "next: xunjie user add --data {shown} --name NAME --role administrator --shown \"…\""
        );
    }
    println!("then: xunjie serve --data {shown}");
    Ok(())
}

fn demo_files() -> PackFiles {
    demo::PACK.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}
