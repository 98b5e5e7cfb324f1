//! Choosing a street section by name, where the position cannot tell or is wrong.

use domain::{SectionCode, place::PlaceChoice};
use leptos::prelude::*;

use super::CaptureContext;
use app_shared::components::{
    dom,
    icon::{self, Icon},
    sheet::Sheet,
};

const MOST: usize = 60;

#[component]
pub fn ChoosePlace(open: RwSignal<bool>) -> impl IntoView {
    let title = CaptureContext::here().words.choose_section;
    view! {
        <Sheet open title hook="place-sheet">
            <PlaceSearch open />
        </Sheet>
    }
}

#[component]
fn PlaceSearch(open: RwSignal<bool>) -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let text = RwSignal::new(String::new());
    let choose = move |choice: PlaceChoice| {
        capture.model.draft.update(|draft| draft.chosen = choice);
        open.set(false);
    };
    let options = move || {
        let found = sections(capture, &text.get());
        if found.is_empty() {
            return view! { <p class="quiet">{words.no_section_found}</p> }.into_any();
        }
        let rows = found
            .into_iter()
            .map(|(code, name)| {
                let choice = PlaceChoice { zone: None, section: Some(code.clone()) };
                view! {
                    <li>
                        <button
                            type="button"
                            class="option"
                            data-test="section-option"
                            data-code=code.to_string()
                            on:click=move |_| choose(choice.clone())
                        >
                            {name}
                        </button>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="options">{rows}</ul> }.into_any()
    };
    let by_hand = move || capture.model.draft.with(|draft| !draft.chosen.is_empty());
    view! {
        <div class="sheet-body">
            <Show when=by_hand>
                <button
                    type="button"
                    class="btn btn-wide"
                    data-test="place-position"
                    on:click=move |_| choose(PlaceChoice::default())
                >
                    <Icon icon=icon::MAP_PIN />
                    {words.use_position}
                </button>
            </Show>
            <div class="search">
                <Icon icon=icon::SEARCH />
                <input
                    type="search"
                    data-test="section-search"
                    aria-label=words.search_sections
                    placeholder=words.search_sections
                    on:input=move |event| text.set(dom::value_of(&event))
                />
            </div>
            {options}
        </div>
    }
}

/// Sections whose name in any language holds the text.
fn sections(capture: CaptureContext, text: &str) -> Vec<(SectionCode, String)> {
    let wanted = domain::lower(text.trim());
    let Some(district) = capture.model.district.get() else { return Vec::new() };
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
        .map(|section| (section.code.clone(), section.names.get(capture.words.lang).to_owned()))
        .take(MOST)
        .collect()
}
