//! A sheet: the browser's own modal dialog, so focus stays inside, Escape closes it
//! and focus returns to where it was.

use leptos::{ev, html, prelude::*};

use super::icon::{self, Icon};
use crate::text::words;

#[component]
pub fn Sheet(
    open: RwSignal<bool>,
    title: &'static str,
    /// The stable name by which tests find it.
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
    let outside = move |event: ev::MouseEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog
            class="sheet"
            data-test=hook
            aria-label=title
            node_ref=dialog
            on:close=move |_| open.set(false)
            on:click=outside
        >
            <Show when=move || open.get()>
                <div class="sheet-head">
                    <h2>{title}</h2>
                    <button
                        type="button"
                        class="btn btn-icon"
                        aria-label=words.close_panel
                        on:click=move |_| open.set(false)
                    >
                        <Icon icon=icon::X />
                    </button>
                </div>
                {children()}
            </Show>
        </dialog>
    }
}
