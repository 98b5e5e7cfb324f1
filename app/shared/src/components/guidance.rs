//! What to do about a browser that cannot be relied on, and installing the app: only
//! when nothing waits, since an installed app may begin with a store of its own.

use leptos::prelude::*;

use super::{
    case_text,
    message::{Message, Tone},
};
use crate::{
    model::{Install, Model, Platform},
    text::{Words, words},
};

#[component]
pub fn Guidance(
    /// Where somebody has time to install; a warning is shown everywhere.
    offers_install: bool,
) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let waits = Memo::new(move |_| {
        model.status.with(|status| !status.is_all_there() || status.of_others > 0)
    });
    let kept_until = move || {
        let (now, district) = (model.now.get(), model.district.get());
        let until = now.plus_millis(Platform::IOS_TAB_KEEPS_MS);
        words.on_day(until, now, case_text::offset_of(district.as_deref()))
    };
    let warning =
        Memo::new(move |_| warning(Platform::here(), words, || waits.get().then(kept_until)));
    let offered = RwSignal::new(offers_install && Install::is_offered());
    let install = move |_| {
        Install::ask();
        offered.set(false);
    };
    view! {
        {move || {
            warning.get().map(|text| view! { <Message tone=Tone::Warn text hook="guidance"/> })
        }}
        <Show when=move || offered.get() && !waits.get()>
            <Message tone=Tone::Plain text=words.install_text() hook="install">
                <button type="button" class="btn" on:click=install>
                    {words.install()}
                </button>
            </Message>
        </Show>
    }
}

/// What is wrong with this browser. `kept_until`: the day to which a tab on iOS keeps what
/// waits; asked for only there.
fn warning(
    platform: Platform,
    words: Words,
    kept_until: impl FnOnce() -> Option<String>,
) -> Option<String> {
    match platform {
        Platform::InsideAnApp => Some(words.open_in_browser().into()),
        Platform::IosTab => Some(words.ios_tab(kept_until().as_deref())),
        Platform::Browser => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    #[test]
    fn browser_that_can_be_relied_on_is_warned_of_in_no_language() {
        for lang in [Lang::Hans, Lang::Hant, Lang::En] {
            assert_eq!(warning(Platform::Browser, Words::of(lang), || None), None);
        }
    }

    #[test]
    fn tab_on_ios_names_the_day_only_while_something_waits() {
        for lang in [Lang::Hans, Lang::Hant, Lang::En] {
            let words = Words::of(lang);
            let waiting = warning(Platform::IosTab, words, || Some("7 June".into()));
            let done = warning(Platform::IosTab, words, || None);
            assert!(waiting.is_some_and(|text| text.contains("7 June")), "{lang:?}");
            assert!(done.is_some_and(|text| !text.contains("7 June")), "{lang:?}");
        }
    }

    #[test]
    fn browser_inside_another_app_is_told_to_open_a_real_one_whatever_waits() {
        for lang in [Lang::Hans, Lang::Hant, Lang::En] {
            let text =
                warning(Platform::InsideAnApp, Words::of(lang), || panic!("no day is asked for"));
            assert!(text.is_some_and(|text| !text.is_empty()), "{lang:?}");
        }
    }
}
