//! The type: three guesses as large chips, and a search by pinyin initials, Chinese or
//! English below them.

use domain::CategoryCode;
use leptos::{ev, prelude::*};

use super::Bench;
use app_shared::{
    components::{
        dom,
        icon::Icon,
        markup::{IntoView, View, button, el, show, views},
    },
};

const MOST: usize = 30;

pub fn kinds() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let model = bench.model;
    let chosen = Memo::new(move |_| model.draft.with(|draft| draft.category.clone()));
    // Guessed for these photos at this place; choosing a type does not shuffle them.
    let basis =
        Memo::new(move |_| model.draft.with(|draft| (draft.id, draft.position, draft.chosen.clone())));
    let guesses = Memo::new(move |_| {
        basis.track();
        model.district.track();
        model.guesses(&model.draft.get_untracked())
    });
    let chips = move || {
        let guesses = guesses.get();
        let others = chosen.get().filter(|code| !guesses.contains(code));
        let mut shown = guesses;
        if let Some(other) = others {
            // What was chosen by searching stands first, in place of the last guess.
            shown.truncate(2);
            shown.insert(0, other);
        }
        shown.into_iter().map(|code| guess(code, chosen)).collect::<View>()
    };
    el("section")
        .class("stack")
        .attr("aria-labelledby", "what")
        .child(el("h2").attr("id", "what").child(words.what_is_it))
        .child(el("div").class("guesses").child(chips))
        .child(search())
}

fn guess(code: CategoryCode, chosen: Signal<Option<CategoryCode>>) -> impl IntoView {
    let bench = Bench::here();
    let own = code.clone();
    let pressed = move || chosen.with(|chosen| chosen.as_ref() == Some(&own)).to_string();
    let hook = code.to_string();
    let name = name_of(bench, &code);
    button("guess")
        .hook("type-chip")
        .attr("data-code", hook)
        .attr("aria-pressed", pressed)
        .on(ev::click, move |_| choose(bench, &code))
        .child(name)
}

fn search() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let text = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let marked = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let mut found = bench.model.search_types(text.get().trim());
        if text.with(|text| !text.trim().is_empty()) {
            found.truncate(MOST);
        }
        found
    });
    let take = move |code: &CategoryCode| {
        choose(bench, code);
        text.set(String::new());
        open.set(false);
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = found.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => {
                open.set(true);
                marked.update(|at| *at = (*at + 1).min(count.saturating_sub(1)));
            }
            "ArrowUp" => marked.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                if let Some(code) = found.with(|found| found.get(marked.get()).cloned()) {
                    take(&code);
                }
            }
            "Escape" => open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let list = found.get();
        if list.is_empty() {
            return el("p")
                .class("quiet")
                .attr("role", "status")
                .child(words.no_type_found)
                .into_view();
        }
        let rows = list
            .into_iter()
            .enumerate()
            .map(|(index, code)| {
                found_kind(index, code, marked, Callback::new(move |code| take(&code)))
            })
            .collect::<View>();
        el("ul")
            .class("options")
            .attr("id", "kinds")
            .attr("role", "listbox")
            .attr("aria-label", words.type_label)
            .child(rows)
            .into_view()
    };
    views![
        el("div").class("search").child(Icon::Search).child(
            el("input")
                .attr("type", "search")
                .attr("role", "combobox")
                .hook("type-search")
                .attr("autocomplete", "off")
                .attr("aria-label", words.search_types)
                .attr("aria-controls", "kinds")
                .attr("aria-expanded", move || open.get().to_string())
                .attr("aria-activedescendant", move || open
                    .get()
                    .then(|| format!("kind-{}", marked.get())))
                .attr("placeholder", words.search_types)
                .prop("value", text)
                .on(ev::focus, move |_| open.set(true))
                .on(ev::input, move |event| {
                    text.set(dom::value_of(&event));
                    marked.set(0);
                    open.set(true);
                })
                .on(ev::keydown, keys)
        ),
        show(move || open.get(), move || options)
    ]
}

fn found_kind(
    index: usize,
    code: CategoryCode,
    marked: RwSignal<usize>,
    take: Callback<CategoryCode>,
) -> impl IntoView {
    let bench = Bench::here();
    let class = bench.model.district.with_untracked(|district| {
        let category = district.as_ref()?.category(&code)?;
        Some(category.class_names.get(bench.words.lang).to_owned())
    });
    let name = name_of(bench, &code);
    let hook = code.to_string();
    el("li").attr("role", "presentation").child(
        button("option")
            .attr("role", "option")
            .attr("id", format!("kind-{index}"))
            .attr("tabindex", "-1")
            .hook("type-option")
            .attr("data-code", hook)
            .attr("aria-selected", move || (marked.get() == index).to_string())
            .on(ev::click, move |_| take.run(code.clone()))
            .child(el("span").child(name))
            .child(el("span").class("sub").child(class)),
    )
}

fn choose(bench: Bench, code: &CategoryCode) {
    bench.model.draft.update(|draft| {
        if draft.category.as_ref() != Some(code) {
            draft.category = Some(code.clone());
            draft.condition = None;
        }
    });
}

fn name_of(bench: Bench, code: &CategoryCode) -> String {
    bench.model.district.with_untracked(|district| {
        district
            .as_ref()
            .and_then(|district| district.category(code))
            .map_or_else(|| code.to_string(), |it| it.names.get(bench.words.lang).into())
    })
}
