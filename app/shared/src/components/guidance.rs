//! What to do about a browser that cannot be relied on, and installing the app: only
//! when nothing waits, since an installed app may begin with a store of its own.

use leptos::prelude::*;

use super::{
    case_text,
    message::{Message, Tone},
};
use crate::{
    model::{Install, Model, Platform},
    text::words,
};

/// `offers_install` where somebody has time for it; a warning is shown everywhere.
#[component]
pub fn Guidance(offers_install: bool) -> impl IntoView {
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
        view! {
            {text.map(|text| view! { <Message tone=Tone::Warn text hook="guidance" /> })}
            {install
                .then(|| {
                    view! {
                        <Message tone=Tone::Plain text=words.install_text() hook="install">
                            <button
                                type="button"
                                class="btn"
                                on:click=move |_| {
                                    Install::ask();
                                    offered.set(false);
                                }
                            >
                                {words.install()}
                            </button>
                        </Message>
                    }
                })}
        }
    }
}
