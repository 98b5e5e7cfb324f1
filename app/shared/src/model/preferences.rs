//! Small settings of this browser: language, theme, glare.
//!
//! Never: records. Those live in the device store.

use domain::Lang;
use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::{Effect, Get, RwSignal, window};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::route::App;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy)]
pub struct Preferences {
    pub lang: RwSignal<Lang>,
    pub theme: RwSignal<Theme>,
    /// Black on white, heavier: for the sun.
    pub glare: RwSignal<bool>,
}

impl Preferences {
    pub(super) fn load() -> Self {
        Self {
            lang: persisted("lang", browsers_language),
            theme: persisted("theme", Theme::default),
            glare: persisted("glare", bool::default),
        }
    }
}

/// A signal that starts with what was kept and keeps what it becomes. A browser
/// without storage only forgets.
fn persisted<T>(key: &'static str, otherwise: fn() -> T) -> RwSignal<T>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let signal = RwSignal::new(LocalStorage::get(key).unwrap_or_else(|_| otherwise()));
    Effect::watch(
        move || signal.get(),
        move |value, _, _| {
            // Only a preference: the screen shows it either way.
            let _forgotten = LocalStorage::set(key, value);
        },
        false,
    );
    signal
}

/// Where `public/root/start.js` looks; a plain word, so that it needs no parser.
const ENTRY: &str = "xunjie.entry";

/// Notes the entry point to which `/` leads from now on.
pub fn remember_entry_point(app: App) {
    // A browser that forgets it decides by the screen.
    let _forgotten = LocalStorage::raw().set_item(ENTRY, app.name());
}

fn browsers_language() -> Lang {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| Lang::from_tag(&tag.as_string()?))
        .next()
        .unwrap_or_default()
}
