//! A drawn empty state: what would be here, and what to do about it.

use super::{
    icon::Icon,
    markup::{IntoView, el},
};

pub fn empty(
    icon: Icon,
    title: &'static str,
    text: &'static str,
    way_out: impl IntoView,
) -> impl IntoView {
    el("div")
        .class("empty")
        .child(
            el("div")
                .class("drawing")
                .attr("aria-hidden", "true")
                .child(el("i"))
                .child(el("i"))
                .child(el("i"))
                .child(el("b").child(icon)),
        )
        .child(el("h2").child(title))
        .child(el("p").child(text))
        .child(way_out)
}
