//! One case: photo first, then where it stands and who has it until when, then the
//! basis, then the timeline; the one thing this person can do now is at the thumb.

pub mod acts;
mod basis;
mod conflict;
mod gallery;
mod head;
mod timeline;

use std::sync::Arc;

use domain::CaseId;
use leptos::prelude::*;

use self::{
    acts::{Acts, act_bar, panels},
    basis::basis_block,
    conflict::conflicts,
    gallery::gallery,
    head::case_head,
    timeline::timeline,
};
use crate::{
    components::{
        bones::bone_page,
        empty::empty,
        icon::Icon,
        markup::{IntoView, el, views},
        viewer::{Shown, viewer},
    },
    model::{CaseEntry, Link, Model},
    text::words,
};

pub fn case_screen(id: CaseId) -> impl IntoView {
    case_view(id)
}

/// The case by itself, or in the board's right pane.
pub fn case_view(id: CaseId) -> impl IntoView {
    let model = Model::here();
    let words = words();
    let entry = model.case(id);
    let seeking =
        move || model.status.with(|status| matches!(status.link, Link::Starting | Link::Trying));
    let absent = move || {
        if seeking() {
            return bone_page().into_view();
        }
        el("div")
            .class("page")
            .child(empty(Icon::Inbox, words.case_not_here, words.case_not_here_text, ()))
            .into_view()
    };
    let known = Memo::new(move |_| entry.with(Option::is_some));
    move || match known.get().then(|| entry.get_untracked()).flatten() {
        Some(first) => case_body(id, first).into_view(),
        None => absent().into_view(),
    }
}

/// Built once for a case: what people write in it survives every change of the case.
fn case_body(id: CaseId, first: Arc<CaseEntry>) -> impl IntoView {
    let model = Model::here();
    let latest = model.case(id);
    let entry: Entry = Memo::new(move |before: Option<&Arc<CaseEntry>>| {
        latest.get().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let shown = RwSignal::new(None::<Shown>);
    Acts::provide(id, entry);
    views![
        el("article")
            .class("page with-act-bar case")
            .hook("case")
            .attr("data-case", id.to_string())
            .attr("data-state", move || entry.with(|entry| entry.case.state.code()))
            .attr("data-revision", move || entry.with(|entry| entry.case.revision))
            .child(gallery(entry, shown))
            .child(
                el("div")
                    .class("inner stack-l")
                    .child(conflicts(entry))
                    .child(case_head(entry))
                    .child(basis_block(entry))
                    .child(timeline(entry))
            ),
        act_bar(),
        panels(),
        viewer(shown)
    ]
}

/// The case as it changes, and as it was last when it goes out of sight.
pub type Entry = Memo<Arc<CaseEntry>>;
