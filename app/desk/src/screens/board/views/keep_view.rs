//! Keeping what is shown now under a name.

use domain::summary::{SavedView, ViewName};
use leptos::{prelude::*, task::spawn_local};

use super::{Views, board_view::of_name};
use app_shared::{
    components::{
        dom,
        message::{Message, Tone},
    },
    model::Model,
    text::words,
};

/// `done` runs once it is kept.
#[component]
pub fn KeepView(done: Callback<()>) -> impl IntoView {
    let words = words();
    let views = Views::here();
    let district = Model::here().district.get_untracked();
    let typed = RwSignal::new(None::<String>);
    // Until somebody types, the name says what is chosen.
    let name = Memo::new(move |_| {
        let suggested = || views.shown().suggested_name(district.as_deref(), words);
        typed.get().unwrap_or_else(suggested)
    });
    let error = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let same = Memo::new(move |_| of_name(&views.list(), &name.get()).cloned());
    let button = move || match same.get() {
        Some(view) => words.replace_view(view.name.as_str()),
        None => words.keep().to_owned(),
    };
    let keep = move |_| {
        let Ok(name) = name.get_untracked().parse::<ViewName>() else {
            error.set(Some(words.view_name_bad(ViewName::MAX_CHARS)));
            return;
        };
        let id = same.get_untracked().map_or_else(|| views.new_id(), |view| view.id);
        let view = SavedView { id, name, query: untrack(|| views.shown()).query() };
        error.set(None);
        is_busy.set(true);
        spawn_local(async move {
            let answer = views.keep(view).await;
            let _gone = is_busy.try_set(false);
            match answer {
                Ok(()) => {
                    done.try_run(());
                }
                Err(why) => {
                    let _gone = error.try_set(Some(words.error(&why)));
                }
            }
        });
    };
    let lacks_period = move || views.board.choice.filter.with(|filter| filter.period.is_some());
    view! {
        <section class="block stack" aria-label=words.keep_view()>
            <div class="field">
                <label for="view-name">{words.keep_view()}</label>
                <input
                    id="view-name"
                    data-test="view-name"
                    maxlength=ViewName::MAX_CHARS.to_string()
                    placeholder=words.view_name()
                    prop:value=name
                    on:input=move |event| typed.set(Some(dom::value_of(&event)))
                />
            </div>
            <Show when=lacks_period>
                <p class="s quiet">{words.view_lacks_period()}</p>
            </Show>
            {move || {
                error.get().map(|text| view! { <Message tone=Tone::Bad text hook="view-error" /> })
            }}
            <button
                type="button"
                class="btn btn-wide"
                data-test="view-keep"
                disabled=move || is_busy.get()
                on:click=keep
            >
                {button}
            </button>
        </section>
    }
}
