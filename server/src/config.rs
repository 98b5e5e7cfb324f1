//! The settings of a server: `xunjie.toml` in the data folder, all of it optional.
//! `xunjie config` prints the defaults.
//!
//! The address of a database may hold a password and is shown nowhere. Other secrets are in
//! the database: passwords' hashes and the signing key.

use std::{fmt, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::store::{Database, StoreError};

/// Name of the file in the data folder.
pub const FILE: &str = "xunjie.toml";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The address that people type, when a proxy stands before the server. Cookies are
    /// for encrypted connections only when it begins with `https`.
    pub public_address: String,
    /// `postgres://user:password@host/name`; a file in the data folder when empty.
    pub database: DatabaseUrl,
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

/// The address of a database as it was written.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DatabaseUrl(String);

impl From<String> for DatabaseUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "\"\"" } else { "…" })
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public_address: String::new(),
            database: DatabaseUrl::default(),
            session_days: 30,
            log: LogFormat::Text,
        }
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

    /// Where the database of the data folder is.
    ///
    /// # Errors
    /// When the setting is no address.
    pub fn database(&self, data: &Path) -> Result<Database, StoreError> {
        match self.database.0.as_str() {
            "" => Ok(Database::in_folder(data)),
            url => Ok(Database::Server(url.parse()?)),
        }
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

    #[test]
    fn the_password_of_a_database_is_not_shown() {
        let config: Config = toml::from_str("database = 'postgres://u:geheim@db/d'").unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
        let database = config.database(Path::new("data")).unwrap();
        assert_eq!(database.to_string(), "postgres://db:5432/d");
        assert!(!format!("{database:?}").contains("geheim"));
    }
}
