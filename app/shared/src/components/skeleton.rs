//! Skeletons: the shape of what is being read, so that nothing jumps when it comes.

use super::markup::{IntoView, View, el};
use crate::text::words;

/// Rows of a list of cases.
pub fn bone_rows(count: usize) -> impl IntoView {
    let rows = (0..count)
        .map(|_| {
            el("div")
                .class("bone-row")
                .child(el("div").class("bone"))
                .child(el("div").class("bone bone-text"))
                .child(el("div").class("bone bone-text"))
                .child(el("div").class("bone bone-text bone-short"))
        })
        .collect::<View>();
    el("div")
        .attr("role", "status")
        .attr("aria-busy", "true")
        .child(el("span").class("unseen").child(words().loading))
        .child(el("div").attr("aria-hidden", "true").child(rows))
}

/// A whole screen before anything is known.
pub fn bone_page() -> impl IntoView {
    el("div").class("page").child(bone_rows(6))
}
