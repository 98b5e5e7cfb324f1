//! A sheet: the browser's own modal dialog, so focus stays inside, Escape closes it
//! and focus returns to where it was.

use leptos::{ev, html, prelude::*};

use super::icon::{self, Icon};
use crate::text::words;

/// What is in it is made when it opens and dropped when it closes.
#[component]
pub fn Sheet(
    open: RwSignal<bool>,
    title: &'static str,
    hook: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let words = words();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            // Already open, or taken from the page: nothing to show either way.
            let _shown = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let close = move || {
        let _view_gone = open.try_set(false);
    };
    // The browser says "closed" later: the view may have gone by then, or the sheet may have been
    // opened again.
    let closed = move |_| {
        let is_open_again = dialog.try_get_untracked().flatten().is_some_and(|it| it.open());
        if !is_open_again {
            close();
        }
    };
    let clicked = move |event: ev::MouseEvent| {
        // A click on the backdrop is one on the dialog itself.
        if event.target() == event.current_target() {
            close();
        }
    };
    let children = StoredValue::new(children);
    view! {
        <dialog
            class="sheet"
            data-test=hook
            aria-label=title
            node_ref=dialog
            on:close=closed
            on:click=clicked
        >
            <Show when=move || open.get()>
                <div class="sheet-head">
                    <h2>{title}</h2>
                    <button
                        type="button"
                        class="btn btn-icon"
                        aria-label=words.close_panel
                        on:click=move |_| close()
                    >
                        <Icon icon=icon::X/>
                    </button>
                </div>
                {children.with_value(|children| children())}
            </Show>
        </dialog>
    }
}
