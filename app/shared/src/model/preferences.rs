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

impl Theme {
    /// The name by which the style sheets know what is shown.
    pub const fn style(self, glare: bool, system_is_dark: bool) -> &'static str {
        match self {
            _ if glare => "glare",
            Self::Dark => "dark",
            Self::System if system_is_dark => "dark",
            Self::Light | Self::System => "light",
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glare_is_shown_over_every_theme() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            for system_is_dark in [false, true] {
                assert_eq!(theme.style(true, system_is_dark), "glare", "{theme:?}");
            }
        }
    }

    #[test]
    fn theme_of_the_system_follows_it_and_a_chosen_one_does_not() {
        for (theme, in_light, in_dark) in [
            (Theme::System, "light", "dark"),
            (Theme::Light, "light", "light"),
            (Theme::Dark, "dark", "dark"),
        ] {
            assert_eq!(theme.style(false, false), in_light, "{theme:?}");
            assert_eq!(theme.style(false, true), in_dark, "{theme:?}");
        }
    }

    #[test]
    fn theme_is_kept_under_the_word_it_was_kept_under_before() {
        for (theme, json) in
            [(Theme::System, "\"system\""), (Theme::Light, "\"light\""), (Theme::Dark, "\"dark\"")]
        {
            assert_eq!(serde_json::to_string(&theme).unwrap(), json);
            assert_eq!(serde_json::from_str::<Theme>(json).unwrap(), theme);
        }
    }
}
