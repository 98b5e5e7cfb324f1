//! Ready for offline: looked at, not hoped for. Each part is checked by doing it.

use domain::Timestamp;

use leptos::prelude::*;

use super::{Storage, inner::Inner};
use crate::device::{
    health,
    shell::{self, Shell},
    store::{self, StoreError},
};

/// What was found. `None`: not looked at yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ready {
    /// The app's own files, whole by digest: it starts without a network.
    pub shell: Option<Shell>,
    /// A trial row was written, read back and compared.
    pub store: Option<Result<(), StoreError>>,
    pub storage: Storage,
    /// The district pack is on this phone.
    pub has_pack: bool,
    /// When a server last said that it is the one in force, by the server's time.
    pub pack_checked: Option<Timestamp>,
    /// Bytes of the pack as it is stored.
    pub pack_bytes: u64,
}

/// The light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    Unknown,
    Green,
    /// Works, with a risk that the person can do something about.
    Amber,
    /// Do not rely on it without a network.
    Red,
}

/// Space for a day's photos, about 300 of them.
const ROOM: u64 = 200_000_000;

/// A pack that nobody confirmed for longer may lack a rule that is in force.
const STALE_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

impl Ready {
    pub fn light(&self, now: Timestamp) -> Light {
        if self.shell.is_none() || self.store.is_none() {
            return Light::Unknown;
        }
        if !self.starts_offline() || !self.keeps() || !self.has_pack {
            Light::Red
        } else if self.is_persisted() && self.has_room() && !self.pack_is_stale(now) {
            Light::Green
        } else {
            Light::Amber
        }
    }

    pub fn starts_offline(&self) -> bool {
        self.shell == Some(Shell::Whole)
    }

    pub fn keeps(&self) -> bool {
        self.store == Some(Ok(()))
    }

    pub fn is_persisted(&self) -> bool {
        self.storage.persisted == Some(true)
    }

    /// Also when the browser does not tell.
    pub fn has_room(&self) -> bool {
        match (self.storage.used, self.storage.quota) {
            (Some(used), Some(quota)) => quota.saturating_sub(used) >= ROOM,
            _ => true,
        }
    }

    pub fn pack_is_stale(&self, now: Timestamp) -> bool {
        self.pack_checked.is_none_or(|checked| now.since(checked) > STALE_MS)
    }
}

impl super::Model {
    /// Looks again at everything that being ready for offline depends on.
    pub fn look_whether_ready(&self) {
        self.inner.look_whether_ready();
    }
}

impl Inner {
    pub fn look_whether_ready(self) {
        leptos::task::spawn_local(async move {
            let store = store::self_test().await;
            let shell = shell::look().await;
            let health = health::look().await;
            let meta = store::read_meta().await.unwrap_or_default();
            let pack_bytes = store::pack_length().await.unwrap_or_default();
            let ready = Ready {
                shell: Some(shell),
                store: Some(store),
                storage: Storage {
                    persisted: health.persisted,
                    used: health.used,
                    quota: health.quota,
                },
                has_pack: meta.pack.is_some(),
                pack_checked: meta
                    .last_answer
                    .map(|at| at.plus_millis(meta.offset_ms.unwrap_or(0))),
                pack_bytes,
            };
            self.ready.set(ready);
        });
    }
}

#[cfg(test)]
mod tests;
