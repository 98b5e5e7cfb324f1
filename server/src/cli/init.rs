//! `xunjie init`

#![expect(clippy::print_stdout, reason = "what was made, and what to do next")]

use std::path::PathBuf;

use clap::Args;
use domain::{Lang, pack::PackFiles};

use super::{
    command::{CommandError, runtime},
    folder::Folder,
    pack,
};
use crate::{
    init::{self, demo},
    store::Database,
};

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

pub(super) fn init(folder: &Folder, source: &Source) -> Result<(), CommandError> {
    let files = match &source.pack {
        Some(folder) => pack::files(folder)?,
        None => demo_files(),
    };
    let pack = domain::pack::read(&files).map_err(|faults| {
        pack::print(&faults, Lang::En);
        "the pack has faults; nothing was made"
    })?;
    let (_, database) = folder.open()?;
    let shown = folder.data.display();
    runtime()?
        .block_on(init::make(&folder.data, &database, &pack, source.demo))
        .map_err(|error| format!("{database}: {error}"))?;
    println!("made {shown} for {} ({})", pack.names.hans, pack.version);
    if !source.demo {
        println!(
            "next: xunjie user add --data {shown} --name NAME --role administrator --shown \"…\""
        );
    }
    println!("then: xunjie serve --data {shown}");
    if let Database::Server(address) = database {
        println!("each with the address of its database, {address}");
    }
    Ok(())
}

fn demo_files() -> PackFiles {
    demo::PACK.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}
