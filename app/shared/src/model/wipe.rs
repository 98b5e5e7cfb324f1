//! A store that was cleared under us: by the system when space was short, by the
//! browser after weeks without use, by a person who "evicted space". It is said, and
//! never begun anew in silence.
//!
//! Two witnesses outside the store: a small mark among the preferences and the
//! session's cookie, which the server still knows.

use domain::DeviceId;
use gloo_storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};

use leptos::prelude::*;

use super::{Model, inner::Inner};
use crate::{device::store::Meta, sync};

/// What is known of what is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wipe {
    /// Operations that had not reached the server, as far as was noted. `None`: only the
    /// server remembers this browser.
    pub unsent: Option<u32>,
    /// Operations that are back from the second copy, and with them everything else.
    #[serde(default)]
    pub put_back: Option<u32>,
}

/// The mark of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    device: DeviceId,
    unsent: u32,
    /// Found and not yet acknowledged.
    #[serde(default)]
    wipe: Option<Wipe>,
}

const KEY: &str = "installation";

impl Model {
    /// The person has read it.
    pub fn acknowledge_wipe(&self) {
        self.inner.wipe.set(None);
        if let Ok(mark) = LocalStorage::get::<Mark>(KEY) {
            note(&Mark { wipe: None, ..mark });
        }
    }
}

impl Inner {
    /// Compares the store with the witnesses. `before`: the store as it was found;
    /// `put_back`: operations that had to be put back into it just now.
    pub fn look_for_wipe(self, before: &Meta, device: DeviceId, put_back: Option<u32>) {
        let mark = LocalStorage::get::<Mark>(KEY).ok();
        let is_new = before.device.is_none();
        // What the mark counts holds until the rows are read again.
        let (unsent, wipe) = match mark {
            mark if put_back.is_some() => {
                let unsent = mark.map_or(0, |mark| mark.unsent);
                (unsent, Some(Wipe { unsent: Some(unsent), put_back }))
            }
            Some(mark) if is_new && mark.device != device => {
                (0, Some(Wipe { unsent: Some(mark.unsent), put_back: None }))
            }
            Some(mark) => (mark.unsent, mark.wipe),
            None => (0, None),
        };
        note(&Mark { device, unsent, wipe });
        self.wipe.set(wipe);
        if is_new && wipe.is_none() {
            leptos::task::spawn_local(async move {
                if sync::knows_this_browser().await {
                    let wipe = Some(Wipe { unsent: None, put_back: None });
                    note(&Mark { device, unsent: 0, wipe });
                    self.wipe.set(wipe);
                }
            });
        }
    }

    /// Keeps the count of what is not sent, for the day the store is gone.
    pub fn mark_unsent(self, unsent: u32) {
        if let Ok(mark) = LocalStorage::get::<Mark>(KEY)
            && mark.unsent != unsent
        {
            note(&Mark { unsent, ..mark });
        }
    }
}

fn note(mark: &Mark) {
    // A browser without it has the other witness.
    let _forgotten = LocalStorage::set(KEY, mark);
}
