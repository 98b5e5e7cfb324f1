//! A sheet: the browser's own modal dialog, so focus stays inside, Escape closes it
//! and focus returns to where it was.

use leptos::{ev, html, prelude::*};

use super::{
    icon::Icon,
    markup::{IntoView, button, el, show, views},
};
use crate::{text::words};

pub fn sheet<V: IntoView>(
    open: RwSignal<bool>,
    title: &'static str,
    hook: &'static str,
    children: impl Fn() -> V + 'static,
) -> impl IntoView {
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
    let outside = move |event: leptos::ev::MouseEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    el("dialog")
        .class("sheet")
        .hook(hook)
        .attr("aria-label", title)
        .node_ref(dialog)
        .on(ev::close, move |_| open.set(false))
        .on(ev::click, outside)
        .child(show(
            move || open.get(),
            move || {
                views![
                    el("div").class("sheet-head").child(el("h2").child(title)).child(
                        button("btn btn-icon")
                            .attr("aria-label", words().close_panel)
                            .on(ev::click, move |_| open.set(false))
                            .child(Icon::X)
                    ),
                    children()
                ]
            },
        ))
}
