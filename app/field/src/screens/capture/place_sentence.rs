//! What the strip above the camera says about the place: what is known, what cannot be told
//! apart, and what to do where nothing is known.

use app_shared::{components::case_text, model::PositionState, text::Words};
use domain::{
    District,
    place::{Place, PlaceChoice, Position},
};

#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSentence {
    /// Stable name for tests: `seeking`, `known`, `ambiguous`, `outside`, `none`.
    pub code: &'static str,
    pub main: String,
    pub sub: String,
    /// Sections or zones that it may be as well: code, name and choice.
    pub candidates: Vec<(String, String, PlaceChoice)>,
}

/// `kept` is the position of the draft; without one the phone's present position speaks.
pub fn place_sentence(
    state: PositionState,
    kept: Option<Position>,
    chosen: &PlaceChoice,
    district: Option<&District>,
    words: Words,
) -> PlaceSentence {
    let position = kept.or_else(|| state.known());
    let nothing = |code, main: &str| PlaceSentence {
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
                PlaceSentence { sub: String::new(), ..nothing("seeking", words.locating) }
            }
        };
    }
    let place =
        district.map(|district| district.place(position.as_ref(), chosen)).unwrap_or_default();
    let accuracy = match position {
        Some(position) if chosen.is_empty() => words.accuracy(position.accuracy_m),
        _ => words.chosen_by_hand.into(),
    };
    if place.zone.is_none() && chosen.is_empty() {
        let sub = words.outside_text.into();
        return PlaceSentence { sub, ..nothing("outside", words.outside_district) };
    }
    let is_open = place.is_ambiguous();
    let zone = case_text::zone_of(&place, district, words);
    PlaceSentence {
        code: if is_open { "ambiguous" } else { "known" },
        main: if is_open && chosen.is_empty() {
            words.ambiguous.into()
        } else {
            case_text::place_of(&place, district, words)
        },
        sub: format!("{zone} · {accuracy}"),
        candidates: candidates(position.as_ref(), district, words),
    }
}

/// All that the position cannot tell apart, whatever was chosen meanwhile.
fn candidates(
    position: Option<&Position>,
    district: Option<&District>,
    words: Words,
) -> Vec<(String, String, PlaceChoice)> {
    let (Some(position), Some(district)) = (position, district) else { return Vec::new() };
    let place = district.place(Some(position), &PlaceChoice::default());
    let sections = sections_of(&place, district, words);
    if sections.is_empty() { zones_of(&place, district, words) } else { sections }
}

fn sections_of(
    place: &Place,
    district: &District,
    words: Words,
) -> Vec<(String, String, PlaceChoice)> {
    if place.other_sections.is_empty() {
        return Vec::new();
    }
    let all = place.section.iter().chain(&place.other_sections);
    all.filter_map(|code| {
        let name = district.section(code)?.names.get(words.lang).to_owned();
        let choice = PlaceChoice { section: Some(code.clone()), ..PlaceChoice::default() };
        Some((code.to_string(), name, choice))
    })
    .collect()
}

fn zones_of(
    place: &Place,
    district: &District,
    words: Words,
) -> Vec<(String, String, PlaceChoice)> {
    if place.other_zones.is_empty() {
        return Vec::new();
    }
    let all = place.zone.iter().chain(&place.other_zones);
    all.filter_map(|code| {
        let name = district.zone(code)?.names.get(words.lang).to_owned();
        let choice = PlaceChoice { zone: Some(code.clone()), ..PlaceChoice::default() };
        Some((code.to_string(), name, choice))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use domain::{Lang, Timestamp, place::GeoPoint};

    use super::*;
    use crate::case_story::{district, position};

    const HANS: Words = Words::of(Lang::Hans);

    /// On East Ankang Road, in the street office's zone.
    fn on_the_road() -> Position {
        position(32.705, 109.101)
    }

    fn sentence(state: PositionState, kept: Option<Position>) -> PlaceSentence {
        place_sentence(state, kept, &PlaceChoice::default(), Some(&district()), HANS)
    }

    #[test]
    fn state_of_the_position_is_said_while_there_is_none() {
        for (state, code, main) in [
            (PositionState::Seeking, "seeking", HANS.locating),
            (PositionState::Denied, "none", HANS.position_denied),
            (PositionState::Unavailable, "none", HANS.no_position),
            (PositionState::Off, "none", HANS.no_position),
        ] {
            let said = sentence(state, None);
            assert_eq!((said.code, said.main.as_str()), (code, main), "{state:?}");
            assert!(said.candidates.is_empty());
        }
    }

    #[test]
    fn seeking_offers_nothing_to_choose_and_no_position_does() {
        assert_eq!(sentence(PositionState::Seeking, None).sub, "");
        assert_eq!(sentence(PositionState::Denied, None).sub, HANS.choose_section);
    }

    #[test]
    fn position_of_the_draft_counts_before_the_present_one() {
        let elsewhere = PositionState::Known(position(31.0, 108.0));
        assert_eq!(sentence(elsewhere, None).code, "outside");
        assert_eq!(sentence(elsewhere, Some(on_the_road())).code, "known");
    }

    #[test]
    fn known_place_is_named_in_each_language_with_its_accuracy() {
        for (lang, road) in
            [(Lang::Hans, "安康路东段"), (Lang::Hant, "安康路東段"), (Lang::En, "East Ankang Road")]
        {
            let words = Words::of(lang);
            let state = PositionState::Known(on_the_road());
            let said =
                place_sentence(state, None, &PlaceChoice::default(), Some(&district()), words);
            assert!(said.main.contains(road), "{said:?}");
            assert!(said.sub.ends_with(&words.accuracy(8)), "{said:?}");
        }
    }

    #[test]
    fn chosen_section_needs_no_position_and_says_that_it_was_chosen() {
        let chosen = PlaceChoice { section: Some("s1".into()), ..PlaceChoice::default() };
        for state in [PositionState::Denied, PositionState::Seeking] {
            let said = place_sentence(state, None, &chosen, Some(&district()), HANS);
            assert_eq!(said.code, "known");
            assert!(said.sub.ends_with(HANS.chosen_by_hand), "{said:?}");
        }
    }

    #[test]
    fn without_a_district_a_position_is_outside_rather_than_a_panic() {
        let state = PositionState::Known(on_the_road());
        let said = place_sentence(state, None, &PlaceChoice::default(), None, HANS);
        assert_eq!(said.code, "outside");
    }

    #[test]
    fn position_at_the_end_of_the_globe_is_outside() {
        for (lat, lon) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)] {
            let at = GeoPoint::from_degrees(lat, lon).unwrap();
            let fix = Position { at, accuracy_m: 8, read: Timestamp::from_millis(0) };
            assert_eq!(sentence(PositionState::Known(fix), None).code, "outside", "{lat} {lon}");
        }
    }
}
