//! Folded: the note, and how headquarters learned of it.

use domain::case::{Report, Source};
use leptos::{ev, prelude::*};

use super::Bench;
use app_shared::{
    components::{
        dom,
        icon::Icon,
        markup::{IntoView, View, button, el},
    },
};

pub fn extras() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let draft = bench.model.draft;
    // Open from the start when there is something in it, as after a reload.
    let open = draft.with_untracked(|draft| !draft.note.is_empty());
    let source = Memo::new(move |_| draft.with(|draft| draft.source));
    let sources = Source::ALL
        .into_iter()
        .map(|value| {
            button("chip")
                .hook("source")
                .attr("data-value", source_code(value))
                .attr("aria-pressed", move || (source.get() == value).to_string())
                .on(ev::click, move |_| draft.update(|draft| draft.source = value))
                .child(words.source_of(value))
        })
        .collect::<View>();
    el("details")
        .class("extras")
        .attr("open", open)
        .child(
            el("summary")
                .hook("extras")
                .child(Icon::MessageSquare.small())
                .child(
                    el("span").class("grow").child(words.note_and_source).child(
                        el("span")
                            .class("s quiet")
                            .child(" · ")
                            .child(move || words.source_of(source.get())),
                    ),
                )
                .child(el("span").class("turn").child(Icon::ChevronRight.small())),
        )
        .child(
            el("div")
                .class("stack")
                .child(
                    el("div")
                        .class("field")
                        .child(el("label").attr("for", "note").child(words.note))
                        .child(
                            el("textarea")
                                .attr("id", "note")
                                .hook("note")
                                .attr("rows", "3")
                                .attr("maxlength", Report::LONGEST_TEXT.to_string())
                                .attr("placeholder", words.note_hint)
                                .prop("value", move || draft.with(|draft| draft.note.clone()))
                                .on(ev::input, move |event| {
                                    let note = dom::value_of(&event);
                                    draft.update(|draft| draft.note = note);
                                }),
                        ),
                )
                .child(
                    el("div")
                        .class("field")
                        .attr("role", "group")
                        .attr("aria-label", words.source)
                        .child(el("span").class("label").child(words.source))
                        .child(el("div").class("chips-wrap").child(sources)),
                ),
        )
}

const fn source_code(source: Source) -> &'static str {
    match source {
        Source::Patrol => "patrol",
        Source::Unannounced => "unannounced",
        Source::Public => "public",
        Source::HandedDown => "handed_down",
    }
}
