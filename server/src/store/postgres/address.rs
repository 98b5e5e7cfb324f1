//! Where a database of PostgreSQL is, and with whom it is talked to.
//!
//! Never: shows the password.

use std::{fmt, str::FromStr, sync::Arc, time::Duration};

use postgres::{Client, Config, NoTls, config::Host};

use crate::store::StoreError;

/// How long to wait for a connection; a request waits as long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A server that is gone without a word is given up after this long, so that a thread of the
/// store does not wait for it for ever.
const DEAD_PEER_TIMEOUT: Duration = Duration::from_secs(10);

/// The address of a database, with the account: `postgres://user:password@host/name`, or with
/// `?host=/run/postgresql` for a socket.
#[derive(Clone, Debug)]
pub struct PostgresAddress(Arc<Config>);

impl PostgresAddress {
    pub(super) fn connect(&self) -> Result<Client, postgres::Error> {
        self.0.connect(NoTls)
    }

    pub(super) fn name(&self) -> &str {
        self.0.get_dbname().or_else(|| self.0.get_user()).unwrap_or_default()
    }
}

impl FromStr for PostgresAddress {
    type Err = StoreError;

    fn from_str(url: &str) -> Result<Self, StoreError> {
        let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
        let mut config: Config = is_url
            .then(|| url.parse().ok())
            .flatten()
            .filter(|config: &Config| !config.get_hosts().is_empty())
            .ok_or(StoreError::Address)?;
        config
            .application_name("xunjie")
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_user_timeout(DEAD_PEER_TIMEOUT)
            .keepalives(true)
            .keepalives_idle(DEAD_PEER_TIMEOUT)
            .keepalives_interval(DEAD_PEER_TIMEOUT / 5)
            .keepalives_retries(5);
        Ok(Self(Arc::new(config)))
    }
}

impl fmt::Display for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postgres://")?;
        for (index, host) in self.0.get_hosts().iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            match host {
                Host::Tcp(host) => write!(f, "{comma}{host}")?,
                #[cfg(unix)]
                Host::Unix(folder) => write!(f, "{comma}{}", folder.display())?,
            }
            if let Some(port) = self.0.get_ports().get(index).or_else(|| self.0.get_ports().first())
            {
                write!(f, ":{port}")?;
            }
        }
        write!(f, "/{}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (url, shown) in [
            ("postgres://xunjie:geheim@db.example/district", "postgres://db.example:5432/district"),
            ("postgresql://xunjie:geheim@db.example:5433/d", "postgres://db.example:5433/d"),
            ("postgres://xunjie:geheim@/d?host=/run/pg", "postgres:///run/pg/d"),
        ] {
            let address: PostgresAddress = url.parse().unwrap();
            assert_eq!(address.to_string(), shown);
            assert!(!format!("{address:?}").contains("geheim"));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        for url in ["", "xunjie.db", "mysql://root:geheim@db/d", "postgres://u:geheim@db:port/d"] {
            let refused = url.parse::<PostgresAddress>().unwrap_err().to_string();
            assert!(refused.contains("postgres://") && !refused.contains("geheim"), "{refused}");
        }
    }
}
