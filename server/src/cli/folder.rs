//! The data folder that a command is about, and where its database is.

use std::path::PathBuf;

use clap::Args;

use super::command::CommandError;
use crate::{config::Config, store::Database};

#[derive(Args)]
pub(super) struct Folder {
    /// The data folder.
    #[arg(long)]
    pub(super) data: PathBuf,
    /// `postgres://USER:PASSWORD@HOST/NAME` where the database is not a file in the data folder;
    /// as `database` in its `xunjie.toml`, or in the environment, it is seen by fewer.
    #[arg(long, env = "XUNJIE_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Folder {
    /// The settings of the folder, and its database.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub(super) fn open(&self) -> Result<(Config, Database), CommandError> {
        let mut config = Config::read(&self.data)?;
        if let Some(url) = &self.database {
            config.database = url.clone().into();
        }
        let database = config.database(&self.data)?;
        Ok((config, database))
    }

    /// Like [`open`](Self::open), for a folder that was made before.
    ///
    /// # Errors
    /// Also when the database would be a file, and there is none.
    pub(super) fn open_made(&self) -> Result<(Config, Database), CommandError> {
        let (config, database) = self.open()?;
        match &database {
            Database::File(path) if !path.exists() => {
                Err(format!("there is no district in {}", self.data.display()).into())
            }
            _ => Ok((config, database)),
        }
    }
}
