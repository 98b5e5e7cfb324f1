//! The settings of a server: `xunjie.toml` in the data folder, all of it optional.
//! `xunjie config` prints the defaults.
//!
//! Holds no secrets: passwords' hashes and the signing key are in the database.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

/// Name of the file in the data folder.
pub const FILE: &str = "xunjie.toml";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The address that people type, when a proxy stands before the server. Cookies are
    /// for encrypted connections only when it begins with `https`.
    pub public_address: String,
    /// Days after which a session ends when it is not used.
    pub session_days: u32,
    /// `text` or `json`.
    pub log: LogFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self { public_address: String::new(), session_days: 30, log: LogFormat::Text }
    }
}

impl Config {
    /// Reads the settings of a data folder; the defaults where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read or says something unknown.
    pub fn read(data: &Path) -> io::Result<Self> {
        match fs::read_to_string(data.join(FILE)) {
            Ok(text) => toml::from_str(&text).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// The settings as a file.
    #[must_use]
    pub fn printed(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.public_address.starts_with("https://")
    }

    #[must_use]
    pub fn session_millis(&self) -> i64 {
        i64::from(self.session_days) * 24 * 60 * 60 * 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_defaults_are_the_defaults() {
        let printed = Config::default().printed();
        assert_eq!(toml::from_str::<Config>(&printed).unwrap(), Config::default());
        assert!(toml::from_str::<Config>("sesion_days = 1").is_err());
    }
}
