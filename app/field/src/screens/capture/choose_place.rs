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
    // An old or wide one as well: what is near it is nearer than the rest.
    let here = capture.model.position.get();
    let position = capture.model.draft.with(|draft| draft.position_or(here));
    let found = capture.model.search_places(text, position.map(|position| position.at));
    found
        .iter()
        .filter_map(|place| PlaceOption::of(place, &district, capture.words.lang))
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::pack::DistrictPack;

    use super::*;

    fn district() -> District {
        let json = include_str!("../../../../../domain/tests/formats/pack-1.json");
        District::new(DistrictPack::from_json(json).unwrap())
    }

    fn options(district: &District, text: &str, lang: Lang) -> Vec<PlaceOption> {
        let found = district.search_places(text, None);
        found.iter().filter_map(|place| PlaceOption::of(place, district, lang)).collect()
    }

    #[test]
    fn sections_come_before_points_and_zones_when_nothing_is_typed() {
        let district = district();
        let options = options(&district, "", Lang::Hans);
        let pack = district.pack();
        let places = pack.sections.len() + pack.points.len() + pack.zones.len();
        assert_eq!(options.len(), places);
        let hooks: Vec<&str> = options.iter().map(|option| option.hook).collect();
        assert!(hooks.starts_with(&["section-option"]));
        let kinds = [PlaceKind::Section, PlaceKind::Point, PlaceKind::Zone];
        let order = |option: &PlaceOption| kinds.iter().position(|kind| *kind == option.kind);
        assert!(options.is_sorted_by_key(order));
    }

    #[test]
    fn option_is_named_in_the_language_of_the_interface_and_found_in_any() {
        let district = district();
        for section in &district.pack().sections {
            for (lang, typed) in Lang::ALL.into_iter().zip(Lang::ALL.into_iter().rev()) {
                let options = options(&district, section.names.get(typed), lang);
                let code = section.code.as_str();
                let own = options.iter().find(|option| option.code == code).unwrap();
                assert_eq!(own.name, section.names.get(lang));
            }
        }
    }

    #[test]
    fn choosing_a_point_chooses_where_it_lies_and_choosing_a_section_or_zone_only_that() {
        let district = district();
        for option in options(&district, "", Lang::En) {
            let choice = &option.choice;
            match option.kind {
                PlaceKind::Section => {
                    assert_eq!(choice.section.as_ref().unwrap().as_str(), option.code);
                    assert_eq!((&choice.zone, &choice.point), (&None, &None));
                }
                PlaceKind::Zone => {
                    assert_eq!(choice.zone.as_ref().unwrap().as_str(), option.code);
                    assert_eq!((&choice.section, &choice.point), (&None, &None));
                }
                PlaceKind::Point => {
                    assert_eq!(choice.point.as_ref().unwrap().as_str(), option.code);
                    let place = district.place(None, choice);
                    assert_eq!(place.point, choice.point);
                    assert_eq!(place.zone, choice.zone);
                }
            }
        }
    }
}
