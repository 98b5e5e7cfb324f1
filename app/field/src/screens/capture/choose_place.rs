//! Choosing a street section by name, where the position cannot tell or is wrong.

use domain::{SectionCode, place::PlaceChoice};
use leptos::{ev, prelude::*};

use super::Bench;
use app_shared::components::{
    dom,
    icon::Icon,
    markup::{IntoView, View, button, el, show},
    sheet::sheet,
};

const MOST: usize = 60;

pub fn choose_place(open: RwSignal<bool>) -> impl IntoView {
    let title = Bench::here().words.choose_section;
    sheet(open, title, "place-sheet", move || inside(open))
}

fn inside(open: RwSignal<bool>) -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let text = RwSignal::new(String::new());
    let choose = move |choice: PlaceChoice| {
        bench.model.draft.update(|draft| draft.chosen = choice);
        open.set(false);
    };
    let options = move || {
        let found = sections(bench, &text.get());
        if found.is_empty() {
            return el("p").class("quiet").child(words.no_section_found).into_view();
        }
        let rows = found
            .into_iter()
            .map(|(code, name)| {
                let choice = PlaceChoice { zone: None, section: Some(code.clone()) };
                el("li").child(
                    button("option")
                        .hook("section-option")
                        .attr("data-code", code.to_string())
                        .on(ev::click, move |_| choose(choice.clone()))
                        .child(name),
                )
            })
            .collect::<View>();
        el("ul").class("options").child(rows).into_view()
    };
    let by_hand = move || bench.model.draft.with(|draft| !draft.chosen.is_empty());
    el("div")
        .class("sheet-body")
        .child(show(by_hand, move || {
            button("btn btn-wide")
                .hook("place-position")
                .on(ev::click, move |_| choose(PlaceChoice::default()))
                .child(Icon::MapPin)
                .child(words.use_position)
        }))
        .child(
            el("div").class("search").child(Icon::Search).child(
                el("input")
                    .attr("type", "search")
                    .hook("section-search")
                    .attr("aria-label", words.search_sections)
                    .attr("placeholder", words.search_sections)
                    .on(ev::input, move |event| text.set(dom::value_of(&event))),
            ),
        )
        .child(options)
}

/// Sections whose name in any language holds the text.
fn sections(bench: Bench, text: &str) -> Vec<(SectionCode, String)> {
    let wanted = domain::lower(text.trim());
    let Some(district) = bench.model.district.get() else { return Vec::new() };
    district
        .pack()
        .sections
        .iter()
        .filter(|section| {
            let names = &section.names;
            [&names.hans, &names.hant, &names.en]
                .iter()
                .any(|name| domain::lower(name).contains(&wanted))
        })
        .map(|section| (section.code.clone(), section.names.get(bench.words.lang).to_owned()))
        .take(MOST)
        .collect()
}
