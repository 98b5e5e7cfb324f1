//! Under the type: who will get it, until when and why, as the server will decide; and
//! whether a stall is permitted here now.

use domain::duty::{Assignment, Destination};
use leptos::prelude::*;

use super::Bench;
use app_shared::{
    components::{
        case_text,
        icon::Icon,
        markup::{IntoView, el},
    },
};

pub fn preview() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let routing = Memo::new(move |_| {
        // The time moves the due time, so it moves the preview.
        bench.model.now.track();
        bench.model.draft.with(|draft| bench.model.preview(draft))
    });
    let said = move || match routing.get().map(|routing| routing.destination) {
        Some(Destination::Unit(assignment)) => to_unit(*assignment).into_view(),
        Some(Destination::Headquarters { sentence, .. }) => el("div")
            .class("preview preview-tray")
            .hook("preview")
            .attr("data-to", "headquarters")
            .child(
                el("p").class("to").child(Icon::Inbox).child(el("span").child(words.goes_to_tray)),
            )
            .child(
                el("p")
                    .class("s")
                    .hook("preview-sentence")
                    .child(sentence.get(words.lang).to_owned()),
            )
            .into_view(),
        None => el("p").class("s quiet").child(words.choose_type_first).into_view(),
    };
    el("div").attr("aria-live", "polite").child(said)
}

fn to_unit(assignment: Assignment) -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let offset = bench.model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let due = words.when(assignment.due.at, bench.model.now.get_untracked(), offset);
    let person = assignment.person.as_ref().map(|person| {
        el("span")
            .hook("preview-person")
            .child(" · ")
            .child(person.names.get(words.lang).to_owned())
    });
    el("div")
        .class("preview")
        .hook("preview")
        .attr("data-to", "unit")
        .child(
            el("p").class("to").child(Icon::ArrowRight).child(
                el("span")
                    .child(el("span").class("unseen").child(words.goes_to).child(" "))
                    .child(
                        el("span")
                            .hook("preview-unit")
                            .attr("data-code", assignment.unit.code.to_string())
                            .child(assignment.unit.names.get(words.lang).to_owned()),
                    )
                    .child(person)
                    .child(el("span").hook("preview-due").child(" · ").child(words.due_by(&due))),
            ),
        )
        .child(
            el("p")
                .class("s")
                .hook("preview-sentence")
                .child(assignment.sentence.get(words.lang).to_owned()),
        )
}

/// The notice that a stall is allowed here until an hour.
pub struct Permitted;

impl Permitted {
    pub fn memo(bench: Bench) -> Signal<Option<String>> {
        Memo::new(move |_| {
            let now = bench.model.now.get();
            let permitted = bench.model.draft.with(|draft| bench.model.preview(draft))?.permitted?;
            let offset = bench.model.district.with(|it| case_text::offset_of(it.as_deref()));
            let until = bench.words.when(permitted.until, now, offset);
            Some(bench.words.permitted_until(permitted.names.get(bench.words.lang), &until))
        })
    }
}
