//! Choosing a street section, a point or a zone by name or pinyin, where the position cannot
//! tell or is wrong.

use domain::{
    District, Lang,
    place::PlaceChoice,
    search::{FoundPlace, PlaceKey},
};
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
        let found = text.with(|text| places(capture, text));
        if found.is_empty() {
            return view! { <p class="quiet">{words.no_section_found}</p> }.into_any();
        }
        let rows = found
            .into_iter()
            .map(|option| view! { <FoundOption option choose=Callback::new(choose) /> })
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

#[component]
fn FoundOption(option: PlaceOption, choose: Callback<PlaceChoice>) -> impl IntoView {
    let words = CaptureContext::here().words;
    let PlaceOption { hook, code, name, choice, distance_m, .. } = option;
    let kind = match option.kind {
        PlaceKind::Section => words.place_section,
        PlaceKind::Point => words.place_point,
        PlaceKind::Zone => words.place_zone,
    };
    let away = distance_m.map(|metres| format!(" · {}", words.distance(metres)));
    view! {
        <li>
            <button
                type="button"
                class="option"
                data-test=hook
                data-code=code
                on:click=move |_| choose.run(choice.clone())
            >
                <span>{name}</span>
                <span class="sub">{kind}{away}</span>
            </button>
        </li>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PlaceKind {
    Section,
    Point,
    Zone,
}

/// A place as the list offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PlaceOption {
    kind: PlaceKind,
    hook: &'static str,
    code: String,
    name: String,
    choice: PlaceChoice,
    distance_m: Option<u32>,
}

impl PlaceOption {
    /// `None` when the pack does not know the place.
    fn of(found: &FoundPlace, district: &District, lang: Lang) -> Option<Self> {
        let (kind, hook, code, names) = match &found.key {
            PlaceKey::Section(code) => {
                let names = &district.section(code)?.names;
                (PlaceKind::Section, "section-option", code.to_string(), names)
            }
            PlaceKey::Point(code) => {
                let names = &district.point(code)?.names;
                (PlaceKind::Point, "point-option", code.to_string(), names)
            }
            PlaceKey::Zone(code) => {
                let names = &district.zone(code)?.names;
                (PlaceKind::Zone, "zone-option", code.to_string(), names)
            }
        };
        Some(Self {
            kind,
            hook,
            code,
            name: names.get(lang).to_owned(),
            choice: district.choice_of(&found.key),
            distance_m: found.distance_m,
        })
    }
}

/// Places that the text finds, the nearest first where the position is known.
fn places(capture: CaptureContext, text: &str) -> Vec<PlaceOption> {
    let Some(district) = capture.model.district.get() else { return Vec::new() };
    let position = capture
        .model
        .draft
        .with(|draft| draft.position)
        .or_else(|| capture.model.position.get().known());
    let found = capture.model.search_places(text, position.map(|position| position.at));
    found
        .iter()
        .filter_map(|place| PlaceOption::of(place, &district, capture.words.lang))
        .take(MOST)
        .collect()
}
