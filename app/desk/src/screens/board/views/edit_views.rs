//! The sheet in which views get other names and conditions, or are removed.

use domain::summary::{SavedView, UnreadableView, ViewName};
use leptos::{prelude::*, task::spawn_local};

use super::{BoardView, Views, board_view::version_of};
use app_shared::{
    components::{
        dom,
        icon::{self, Icon},
        message::{Message, Tone},
        sheet::Sheet,
    },
    model::AppError,
    text::{Words, words},
};

#[component]
pub fn EditViews() -> impl IntoView {
    let words = words();
    let views = Views::here();
    view! {
        <Sheet open=views.is_editing title=words.own_views() hook="views-sheet">
            <ViewList />
        </Sheet>
    }
}

#[component]
fn ViewList() -> impl IntoView {
    let words = words();
    let views = Views::here();
    let error = RwSignal::new(None::<String>);
    let old = move || views.error.get().map(|why| words.views_are_old(&words.error(&why)));
    let unreadable = move || {
        let of = |views: &domain::summary::SavedViews| views.unreadable.clone();
        let lost = views.answer.with(|answer| answer.as_ref().map(of)).unwrap_or_default();
        lost.into_iter().map(|view| view! { <Unreadable view error /> }).collect_view()
    };
    view! {
        <div class="sheet-body stack-l">
            {move || old().map(|text| view! { <Message tone=Tone::Warn text hook="views-old" /> })}
            {move || {
                error.get().map(|text| view! { <Message tone=Tone::Bad text hook="views-error" /> })
            }}
            <ul class="stack-l">
                <For
                    each=move || views.list()
                    key=version_of
                    let:view
                >
                    <EditedView view error />
                </For>
                {unreadable}
            </ul>
        </div>
    }
}

#[component]
fn EditedView(view: SavedView, error: RwSignal<Option<String>>) -> impl IntoView {
    let words = words();
    let views = Views::here();
    let field = format!("view-name-{}", view.id);
    let name = RwSignal::new(view.name.to_string());
    let is_for_board = BoardView::read(&view.query).is_some();
    let view = StoredValue::new(view);
    let label = view.with_value(|view| words.rename_view(view.name.as_str()));
    let keep = move |view: SavedView| run(words, error, async move { views.keep(view).await });
    let rename = move |_| match name.get_untracked().parse::<ViewName>() {
        Ok(name) => keep(SavedView { name, ..view.get_value() }),
        Err(_) => error.set(Some(words.view_name_bad(ViewName::MAX_CHARS))),
    };
    let replace = move |_| {
        keep(SavedView { query: untrack(|| views.shown()).query(), ..view.get_value() });
    };
    let remove = move |_| {
        let view = view.get_value();
        run(words, error, async move {
            views.remove(view).await?;
            // The way back is not reached from behind a sheet.
            views.is_editing.set(false);
            Ok(())
        });
    };
    let is_same = move || view.with_value(|view| name.get().trim() == view.name.as_str());
    view! {
        <li class="stack" data-test="edited-view">
            <div class="field">
                <label for=field.clone()>{label}</label>
                <input
                    id=field
                    data-test="view-new-name"
                    maxlength=ViewName::MAX_CHARS.to_string()
                    prop:value=name
                    on:input=move |event| name.set(dom::value_of(&event))
                />
            </div>
            {(!is_for_board).then(|| view! { <p class="s">{words.view_not_for_board()}</p> })}
            <div class="acts">
                <button
                    type="button"
                    class="btn"
                    data-test="view-rename"
                    disabled=is_same
                    on:click=rename
                >
                    {words.rename()}
                </button>
                <button type="button" class="btn" data-test="view-replace" on:click=replace>
                    {words.replace_with_shown()}
                </button>
                <button type="button" class="btn" data-test="view-remove" on:click=remove>
                    <Icon icon=icon::X small=true />
                    {words.remove_view()}
                </button>
            </div>
        </li>
    }
}

/// One that the server cannot read; it counts among as many as a person keeps.
#[component]
fn Unreadable(view: UnreadableView, error: RwSignal<Option<String>>) -> impl IntoView {
    let words = words();
    let views = Views::here();
    let name = view.name.clone();
    let remove = move |_| {
        let view = view.clone();
        run(words, error, async move { views.remove_unreadable(view.id, &view.name).await });
    };
    view! {
        <li class="stack" data-test="unreadable-view">
            <p class="strong">{name}</p>
            <p class="s">{words.view_not_for_board()}</p>
            <div class="acts">
                <button type="button" class="btn" data-test="view-remove" on:click=remove>
                    <Icon icon=icon::X small=true />
                    {words.remove_view()}
                </button>
            </div>
        </li>
    }
}

/// Says in the sheet why it was not done.
fn run(
    words: Words,
    error: RwSignal<Option<String>>,
    change: impl Future<Output = Result<(), AppError>> + 'static,
) {
    error.set(None);
    spawn_local(async move {
        if let Err(why) = change.await {
            let _gone = error.try_set(Some(words.error(&why)));
        }
    });
}
