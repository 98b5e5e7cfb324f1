//! What to do about a browser that cannot be relied on, and installing the app: only
//! when nothing waits, since an installed app may begin with a store of its own.

use leptos::{ev, prelude::*};

use super::{
    case_text,
    markup::{IntoView, button, views},
    message::{Tone, message},
};
use crate::{
    model::{Install, Model, Platform},
    text::words,
};

/// `offers_install` where somebody has time for it; a warning is shown everywhere.
pub fn guidance(offers_install: bool) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let waits = move || model.status.with(|status| !status.is_all_there() || status.of_others > 0);
    let kept_until = move || {
        let (now, district) = (model.now.get(), model.district.get());
        let until = now.plus_millis(Platform::IOS_TAB_KEEPS_MS);
        words.on_day(until, now, case_text::offset_of(district.as_deref()))
    };
    let offered = RwSignal::new(offers_install && Install::is_offered());
    move || {
        let text = match Platform::here() {
            Platform::InsideAnApp => Some(words.open_in_browser().to_owned()),
            Platform::IosTab => Some(words.ios_tab(waits().then(kept_until).as_deref())),
            Platform::Browser => None,
        };
        let install = offered.get() && !waits();
        views![
            text.map(|text| message(Tone::Warn, text, "guidance", ())),
            install.then(|| {
                message(
                    Tone::Plain,
                    words.install_text(),
                    "install",
                    button("btn")
                        .on(ev::click, move |_| {
                            Install::ask();
                            offered.set(false);
                        })
                        .child(words.install()),
                )
            })
        ]
    }
}
