//! What the strip above the camera says about the place: what is known, what cannot be told
//! apart, why a position tells nothing, and what to do then.

use app_shared::{components::case_text, model::PositionState, text::Words};
use domain::{
    District, Names,
    place::{Place, PlaceChoice, PlaceDoubt},
};

use super::whereabouts::Whereabouts;

#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSentence {
    /// Stable name for tests: `seeking`, `known`, `ambiguous`, `stale`, `coarse`,
    /// `outside`, `none`.
    pub code: &'static str,
    pub main: String,
    pub sub: String,
    /// Sections or zones that it may be as well.
    pub candidates: Vec<Candidate>,
}

/// What may be chosen at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub code: String,
    pub name: String,
    pub choice: PlaceChoice,
    pub is_chosen: bool,
}

pub fn place_sentence(
    about: &Whereabouts,
    district: Option<&District>,
    words: Words,
) -> PlaceSentence {
    let chosen = &about.chosen;
    let nothing = |code, main: String| PlaceSentence {
        code,
        main,
        sub: words.choose_section.into(),
        candidates: Vec::new(),
    };
    if about.position.is_none() && chosen.is_empty() {
        return match about.state {
            PositionState::Seeking { .. } => {
                PlaceSentence { sub: String::new(), ..nothing("seeking", words.locating.into()) }
            }
            PositionState::Denied => nothing("none", words.position_denied.into()),
            PositionState::Unusable => nothing("none", words.position_unusable.into()),
            // Known: read too long after the photos to be theirs.
            PositionState::Unavailable | PositionState::Off | PositionState::Known(_) => {
                nothing("none", words.no_position.into())
            }
        };
    }
    let place = district.map(|it| about.place(it, chosen)).unwrap_or_default();
    let zone = case_text::zone_of(&place, district, words);
    let candidates = district.map(|it| candidates(about, &place, it, words)).unwrap_or_default();
    match place.doubt {
        Some(PlaceDoubt::Stale { .. }) => {
            let read = about.position.map_or(about.now, |position| position.read);
            let offset = case_text::offset_of(district);
            nothing("stale", words.position_from(read, about.now, offset))
        }
        Some(PlaceDoubt::Coarse { accuracy_m }) => PlaceSentence {
            code: "coarse",
            main: words.coarse(accuracy_m),
            sub: if place.zone.is_some() { zone } else { words.choose_section.into() },
            candidates,
        },
        None if place.zone.is_none() && chosen.is_empty() && !place.is_ambiguous() => {
            let sub = words.outside_text.into();
            PlaceSentence { sub, ..nothing("outside", words.outside_district.into()) }
        }
        None => {
            let accuracy = match about.position {
                Some(position) if chosen.is_empty() => words.accuracy(position.accuracy_m),
                _ => words.chosen_by_hand.into(),
            };
            let is_open = place.is_ambiguous();
            PlaceSentence {
                code: if is_open { "ambiguous" } else { "known" },
                main: if is_open {
                    words.ambiguous.into()
                } else {
                    case_text::place_of(&place, district, words)
                },
                sub: format!("{zone} · {accuracy}"),
                candidates,
            }
        }
    }
}

/// All that the position cannot tell apart, whatever was chosen meanwhile: the sections
/// first, and the zones when no section is in question any more.
fn candidates(
    about: &Whereabouts,
    place: &Place,
    district: &District,
    words: Words,
) -> Vec<Candidate> {
    let chosen = &about.chosen;
    let measured = about.place(district, &PlaceChoice::default());
    let candidate = |code: String, names: &Names, choice: PlaceChoice, is_chosen| Candidate {
        code,
        name: names.get(words.lang).to_owned(),
        choice,
        is_chosen,
    };
    let sections = measured.section.iter().chain(&measured.other_sections).filter_map(|code| {
        let names = &district.section(code)?.names;
        let choice = PlaceChoice { section: Some(code.clone()), ..PlaceChoice::default() };
        Some(candidate(code.to_string(), names, choice, chosen.section.as_ref() == Some(code)))
    });
    let zones = measured.zone.iter().chain(&measured.other_zones).filter_map(|code| {
        let names = &district.zone(code)?.names;
        let choice = PlaceChoice { zone: Some(code.clone()), ..chosen.clone() };
        Some(candidate(code.to_string(), names, choice, chosen.zone.as_ref() == Some(code)))
    });
    let asks_section = !measured.other_sections.is_empty();
    let asks_zone = !measured.other_zones.is_empty();
    let is_zone_next = !asks_section
        || (chosen.section.is_some() && (!place.other_zones.is_empty() || chosen.zone.is_some()));
    match (asks_section, asks_zone && is_zone_next) {
        (_, true) => zones.collect(),
        (true, false) => sections.collect(),
        (false, false) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
