//! The command line. The only module that prints.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

mod backup;
mod command;
mod folder;
mod init;
mod jobs;
mod pack;
mod rebuild;
mod rescue;
mod restored;
mod serve;
mod user;
mod verify;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use self::folder::Folder;
use crate::config::Config;

/// Xunjie 巡街: street inspection for a district, in one program and one data folder.
#[derive(Parser)]
#[command(name = "xunjie", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a data folder.
    Serve {
        #[command(flatten)]
        folder: Folder,
        /// Address and port to listen on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
    },
    /// Make a data folder.
    Init {
        #[command(flatten)]
        folder: Folder,
        #[command(flatten)]
        source: init::Source,
    },
    /// Back a data folder up, also while it is served.
    Backup {
        #[command(flatten)]
        folder: Folder,
        /// The folder of the backups, best on another disk. Photos are copied there once.
        #[arg(long)]
        to: PathBuf,
        /// How many snapshots of the database to keep.
        #[arg(long, default_value_t = 30)]
        keep: usize,
    },
    /// Make a data folder from a backup.
    Restore {
        /// The folder of the backups.
        #[arg(long)]
        from: PathBuf,
        /// The data folder to make; there must be nothing in it.
        #[arg(long)]
        data: PathBuf,
        /// Which of the backups, by its name; the latest when absent.
        #[arg(long)]
        moment: Option<String>,
    },
    /// Tell a database of PostgreSQL that it was restored from a dump, before it is served.
    /// Phones then offer again what it lacks. `restore` does this by itself.
    Restored {
        #[command(flatten)]
        folder: Folder,
    },
    /// Check every photo, operation, chain, receipt and case of a data folder, also while
    /// it is served. One line for each fault, with what to do.
    Verify {
        #[command(flatten)]
        folder: Folder,
        /// A folder of backups to check as well.
        #[arg(long)]
        backup: Option<PathBuf>,
    },
    /// Make the summaries of all cases anew from their logs, also while the folder is served.
    /// A run that was interrupted goes on where it was.
    Rebuild {
        #[command(flatten)]
        folder: Folder,
    },
    /// Show what the server has to do on its own and could not do, also while it is served.
    Jobs {
        #[command(flatten)]
        folder: Folder,
        /// Have what was given up tried again.
        #[arg(long)]
        retry: bool,
    },
    /// Take in a rescue bundle that a phone exported, also while the folder is served.
    /// Twice does no harm.
    Rescue {
        /// The bundle.
        file: PathBuf,
        #[command(flatten)]
        folder: Folder,
    },
    /// Accounts.
    #[command(subcommand)]
    User(user::User),
    /// District packs.
    #[command(subcommand)]
    Pack(pack::Pack),
    /// Print the settings with their defaults, as `xunjie.toml` in the data folder.
    Config,
}

/// Runs the command that the program was called with.
#[must_use]
pub fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve { folder, listen } => serve::serve(&folder, &listen),
        Command::Init { folder, source } => init::init(&folder, &source),
        Command::Backup { folder, to, keep } => backup::backup(&folder, &to, keep),
        Command::Restore { from, data, moment } => backup::restore(&from, moment.as_deref(), &data),
        Command::Restored { folder } => restored::restored(&folder),
        Command::Verify { folder, backup } => verify::verify(&folder, backup.as_deref()),
        Command::Rebuild { folder } => rebuild::rebuild(&folder),
        Command::Jobs { folder, retry } => jobs::jobs(&folder, retry),
        Command::Rescue { file, folder } => rescue::rescue(&file, &folder),
        Command::User(user) => user::run(user),
        Command::Pack(pack) => return pack::run(pack),
        Command::Config => {
            print!("{}", Config::default().printed());
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xunjie: {error}");
            ExitCode::FAILURE
        }
    }
}
