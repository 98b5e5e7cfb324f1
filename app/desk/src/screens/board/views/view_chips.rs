//! The views of this person beside the queues: one tap chooses one.

use domain::summary::SavedView;
use leptos::prelude::*;

use super::{BoardView, EditViews, Views, board_view::version_of};
use app_shared::{
    components::icon::{self, Icon},
    text::words,
};

#[component]
pub fn ViewChips() -> impl IntoView {
    let words = words();
    let views = Views::here();
    let has_any = Memo::new(move |_| {
        views.answer.with(|answer| {
            answer.as_ref().is_some_and(|it| !it.views.is_empty() || !it.unreadable.is_empty())
        })
    });
    view! {
        <Show when=move || has_any.get()>
            <div class="chips views" role="group" aria-label=words.own_views()>
                <For
                    each=move || views.list()
                    key=version_of
                    let:view
                >
                    <ViewChip view />
                </For>
                <button
                    type="button"
                    class="chip"
                    data-test="views-edit"
                    on:click=move |_| views.is_editing.set(true)
                >
                    <Icon icon=icon::PENCIL small=true />
                    <span class="grow">{words.edit_views()}</span>
                </button>
            </div>
        </Show>
        <EditViews />
    }
}

#[component]
fn ViewChip(view: SavedView) -> impl IntoView {
    let views = Views::here();
    let id = view.id.to_string();
    let kept = StoredValue::new(BoardView::read(&view.query));
    let is_shown = Memo::new(move |_| kept.with_value(|kept| *kept == Some(views.shown())));
    let choose = move |_| match kept.get_value() {
        Some(view) => views.choose(view),
        // There it says why it cannot be chosen.
        None => views.is_editing.set(true),
    };
    view! {
        <button
            type="button"
            class="chip"
            data-test="view"
            data-view=id
            aria-pressed=move || is_shown.get().to_string()
            on:click=choose
        >
            <span class="grow cut">{view.name.to_string()}</span>
        </button>
    }
}
