//! The strip on top: section, point and zone as understood from the position, with its
//! accuracy; candidates where it cannot tell; choosing where there is no position.

use domain::place::{Place, PlaceChoice};
use leptos::prelude::*;

use super::{CaptureContext, choose_place::ChoosePlace};
use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    model::PositionState,
};

/// What the strip says.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    code: &'static str,
    main: String,
    sub: String,
    /// Sections or zones that it may be as well: name and choice.
    candidates: Vec<(String, String, PlaceChoice)>,
}

#[component]
pub fn PlaceStrip() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let choosing = RwSignal::new(false);
    let said = Memo::new(move |_| said(capture));
    let located = move || matches!(said.with(|said| said.code), "known" | "ambiguous" | "outside");
    let candidates = move || {
        let list = said.with(|said| said.candidates.clone());
        (!list.is_empty()).then(|| {
            let chips = list
                .into_iter()
                .map(|(code, name, choice)| view! { <CandidateChip code name choice /> })
                .collect_view();
            view! {
                <div class="where-choices" role="group" aria-label=words.ambiguous>
                    {chips}
                </div>
            }
        })
    };
    view! {
        <button
            type="button"
            class="where"
            data-test="place-strip"
            data-state=move || said.with(|said| said.code)
            on:click=move |_| choosing.set(true)
        >
            {move || {
                let icon = if located() { icon::MAP_PIN } else { icon::LOCATE_OFF };
                view! { <Icon icon /> }
            }}
            <span class="names" aria-live="polite">
                <span class="strong two-lines">{move || said.with(|said| said.main.clone())}</span>
                <span class="sub two-lines">{move || said.with(|said| said.sub.clone())}</span>
            </span>
            <span class="s change" data-test="place-choose">
                {words.change_type}
            </span>
        </button>
        {candidates}
        <ChoosePlace open=choosing />
    }
}

#[component]
fn CandidateChip(code: String, name: String, choice: PlaceChoice) -> impl IntoView {
    let capture = CaptureContext::here();
    let own = choice.clone();
    let pressed = move || capture.model.draft.with(|draft| draft.chosen == own).to_string();
    let choose = move |_| capture.model.draft.update(|draft| draft.chosen = choice.clone());
    view! {
        <button
            type="button"
            class="chip"
            data-test="place-candidate"
            data-code=code
            aria-pressed=pressed
            on:click=choose
        >
            {name}
        </button>
    }
}

fn said(capture: CaptureContext) -> Said {
    let (model, words) = (capture.model, capture.words);
    let state = model.position.get();
    let (kept, chosen) = model.draft.with(|draft| (draft.position, draft.chosen.clone()));
    let position = kept.or_else(|| state.known());
    let district = model.district.get();
    let place = model.place(position, &chosen).unwrap_or_default();
    let nothing = |code, main: &str| Said {
        code,
        main: main.into(),
        sub: words.choose_section.into(),
        candidates: Vec::new(),
    };
    if position.is_none() && chosen.is_empty() {
        return match state {
            PositionState::Denied => nothing("none", words.position_denied),
            PositionState::Unavailable | PositionState::Off => nothing("none", words.no_position),
            PositionState::Seeking | PositionState::Known(_) => {
                Said { sub: String::new(), ..nothing("seeking", words.locating) }
            }
        };
    }
    let accuracy = match position {
        Some(position) if chosen.is_empty() => words.accuracy(position.accuracy_m),
        _ => words.chosen_by_hand.into(),
    };
    if place.zone.is_none() && chosen.is_empty() {
        let sub = words.outside_text.into();
        return Said { sub, ..nothing("outside", words.outside_district) };
    }
    let open = place.is_ambiguous();
    let zone = case_text::zone_of(&place, district.as_deref(), words);
    Said {
        code: if open { "ambiguous" } else { "known" },
        main: if open && chosen.is_empty() {
            words.ambiguous.into()
        } else {
            case_text::place_of(&place, district.as_deref(), words)
        },
        sub: format!("{zone} · {accuracy}"),
        candidates: candidates(capture, &place, position.is_some()),
    }
}

/// All that the position cannot tell apart, whatever was chosen meanwhile.
fn candidates(
    capture: CaptureContext,
    shown: &Place,
    measured: bool,
) -> Vec<(String, String, PlaceChoice)> {
    let Some(district) = capture.model.district.get().filter(|_| measured) else {
        return Vec::new();
    };
    let position = capture
        .model
        .draft
        .with(|draft| draft.position)
        .or_else(|| capture.model.position.get().known());
    let place =
        capture.model.place(position, &PlaceChoice::default()).unwrap_or_else(|| shown.clone());
    let lang = capture.words.lang;
    if !place.other_sections.is_empty() {
        return place
            .section
            .iter()
            .chain(&place.other_sections)
            .filter_map(|code| {
                let name = district.section(code)?.names.get(lang).to_owned();
                let choice = PlaceChoice { section: Some(code.clone()), ..PlaceChoice::default() };
                Some((code.to_string(), name, choice))
            })
            .collect();
    }
    if place.other_zones.is_empty() {
        return Vec::new();
    }
    place
        .zone
        .iter()
        .chain(&place.other_zones)
        .filter_map(|code| {
            let name = district.zone(code)?.names.get(lang).to_owned();
            let choice = PlaceChoice { zone: Some(code.clone()), ..PlaceChoice::default() };
            Some((code.to_string(), name, choice))
        })
        .collect()
}
