//! What the strip above the camera says about the place: what is known, what cannot be told
//! apart, why a position tells nothing, and what to do then.

use app_shared::{
    components::case_text,
    model::{Draft, PositionState},
    text::Words,
};
use domain::{
    District, Names, Timestamp,
    place::{Place, PlaceChoice, PlaceDoubt, Position},
};

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

/// What the sentence is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Whereabouts {
    state: PositionState,
    position: Option<Position>,
    photographed: Vec<Timestamp>,
    chosen: PlaceChoice,
    /// By the device's clock, as the times of position and photos.
    now: Timestamp,
}

impl Whereabouts {
    /// The position of the draft counts; while it has no photo, the phone's.
    pub fn of(draft: &Draft, state: PositionState, now: Timestamp) -> Self {
        Self {
            state,
            position: draft.position_or(state),
            photographed: draft.photographed().collect(),
            chosen: draft.chosen.clone(),
            now,
        }
    }

    /// With what is chosen, or as if nothing were.
    fn place(&self, district: &District, chosen: &PlaceChoice) -> Place {
        let aged = self.position.map(|it| it.aged(self.photographed.iter().copied(), self.now));
        district.place(aged, chosen)
    }
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
mod tests {
    use domain::{
        Lang,
        place::{AreaLevel, GeoPoint, Line, Polygon, Section, Zone},
    };

    use super::*;
    use crate::case_story::{at, district, pack, position};

    const HANS: Words = Words::of(Lang::Hans);

    /// On East Ankang Road, in the street office's zone.
    fn on_the_road() -> Position {
        position(32.705, 109.101)
    }

    fn now() -> Timestamp {
        at("2026-11-23 09:59")
    }

    /// The draft has no photo yet.
    fn here(state: PositionState) -> Whereabouts {
        Whereabouts {
            state,
            position: state.known(),
            photographed: Vec::new(),
            chosen: PlaceChoice::default(),
            now: now(),
        }
    }

    /// The draft has a photo, taken now, and this position.
    fn kept(position: Option<Position>, state: PositionState) -> Whereabouts {
        Whereabouts { position, photographed: vec![now()], ..here(state) }
    }

    fn said(about: &Whereabouts) -> PlaceSentence {
        place_sentence(about, Some(&district()), HANS)
    }

    fn old(seconds: i64) -> Position {
        Position { read: now().plus_millis(-1_000 * seconds), ..on_the_road() }
    }

    fn wide(accuracy_m: u32) -> Position {
        Position { accuracy_m, ..on_the_road() }
    }

    #[test]
    fn state_of_the_position_is_said_while_there_is_none() {
        for (state, code, main) in [
            (PositionState::SEEKING, "seeking", HANS.locating),
            (PositionState::Seeking { unusable: true }, "seeking", HANS.locating),
            (PositionState::Denied, "none", HANS.position_denied),
            (PositionState::Unavailable, "none", HANS.no_position),
            (PositionState::Unusable, "none", HANS.position_unusable),
            (PositionState::Off, "none", HANS.no_position),
        ] {
            let said = said(&here(state));
            assert_eq!((said.code, said.main.as_str()), (code, main), "{state:?}");
            assert!(said.candidates.is_empty());
        }
    }

    #[test]
    fn seeking_offers_nothing_to_choose_and_no_position_does() {
        assert_eq!(said(&here(PositionState::SEEKING)).sub, "");
        for state in [PositionState::Denied, PositionState::Unusable] {
            assert_eq!(said(&here(state)).sub, HANS.choose_section);
        }
    }

    #[test]
    fn position_of_the_draft_counts_before_the_present_one() {
        let elsewhere = PositionState::Known(position(31.0, 108.0));
        assert_eq!(said(&here(elsewhere)).code, "outside");
        assert_eq!(said(&kept(Some(on_the_road()), elsewhere)).code, "known");
        // Photographed without one: where the phone is now is not where that was.
        assert_eq!(said(&kept(None, elsewhere)).code, "none");
    }

    #[test]
    fn old_position_is_said_with_its_time_and_names_no_place() {
        for (seconds, code) in
            [(0, "known"), (119, "known"), (120, "known"), (121, "stale"), (7_272, "stale")]
        {
            let state = PositionState::Known(old(seconds));
            for about in [here(state), kept(Some(old(seconds)), PositionState::Unavailable)] {
                let said = said(&about);
                assert_eq!(said.code, code, "{seconds} s");
                let names_it = said.main.contains("安康路") || said.sub.contains("片区");
                assert_eq!(names_it, code == "known", "{said:?}");
            }
        }
        for (lang, main) in [
            (Lang::Hans, "这是 07:57 的定位，2 小时前"),
            (Lang::Hant, "這是 07:57 的定位，2 小時前"),
            (Lang::En, "Position from 07:57, 2 h ago"),
        ] {
            let words = Words::of(lang);
            let state = PositionState::Known(old(7_272));
            let said = place_sentence(&here(state), Some(&district()), words);
            assert_eq!((said.main.as_str(), said.sub.as_str()), (main, words.choose_section));
        }
    }

    #[test]
    fn position_of_the_time_of_the_photo_stays_known_however_long_the_draft_waits() {
        let mut about = kept(Some(on_the_road()), PositionState::Unavailable);
        about.now = now().plus_millis(36_000_000);
        assert_eq!(said(&about).code, "known");
    }

    #[test]
    fn wide_circle_asks_for_a_section_and_offers_those_it_touches() {
        for (accuracy, code) in [(8, "known"), (30, "known"), (65, "coarse"), (300, "coarse")] {
            let said = said(&here(PositionState::Known(wide(accuracy))));
            assert_eq!(said.code, code, "{accuracy} m");
            let offered = said.candidates.iter().any(|it| it.code == "s1" && !it.is_chosen);
            assert_eq!(offered, code == "coarse", "{accuracy} m: {said:?}");
        }
        for (accuracy, main) in [
            (3_000, "误差约 3 公里，请选择路段"),
            (10_001, "误差约 10.1 公里，请选择路段"),
            (u32::MAX, "误差未知，请选择路段"),
        ] {
            let said = said(&here(PositionState::Known(wide(accuracy))));
            assert_eq!((said.code, said.main.as_str()), ("coarse", main));
            assert_eq!(said.sub, HANS.choose_section);
        }
    }

    #[test]
    fn choice_ends_the_asking() {
        let chosen = PlaceChoice { section: Some("s1".into()), ..PlaceChoice::default() };
        for state in [
            PositionState::Known(old(7_272)),
            PositionState::Known(wide(10_000)),
            PositionState::Denied,
            PositionState::SEEKING,
        ] {
            let said = said(&Whereabouts { chosen: chosen.clone(), ..here(state) });
            assert_eq!(said.code, "known", "{state:?}");
            assert!(said.sub.ends_with(HANS.chosen_by_hand), "{said:?}");
        }
    }

    /// Two streets cross on the border of two zones, at 0° N 0° E.
    fn crossing() -> District {
        let mut pack = pack();
        let at = |lon_e6, lat_e6| GeoPoint { lon_e6, lat_e6 };
        let zone = |code: &str, west: i32, east: i32| {
            let ring = [(west, -9000), (east, -9000), (east, 9000), (west, 9000), (west, -9000)];
            Zone {
                code: code.into(),
                level: AreaLevel::Zone,
                parent: None,
                polygons: vec![Polygon(vec![ring.map(|(lon, lat)| at(lon, lat)).to_vec()])],
                ..pack.zones[0].clone()
            }
        };
        let street = |code: &str, line: [GeoPoint; 2]| Section {
            code: code.into(),
            lines: vec![Line(line.to_vec())],
            ..pack.sections[0].clone()
        };
        let zones = vec![zone("west", -9000, 0), zone("east", 0, 9000)];
        let sections = vec![
            street("along", [at(-9000, 0), at(9000, 0)]),
            street("across", [at(10, -9000), at(10, 9000)]),
        ];
        pack.zones = zones;
        pack.sections = sections;
        pack.points.clear();
        District::new(pack)
    }

    #[test]
    fn at_a_crossing_on_a_border_the_section_is_asked_first_and_then_the_zone() {
        let district = crossing();
        let fix = Position { at: GeoPoint { lon_e6: 20, lat_e6: 0 }, ..on_the_road() };
        let choose = |chosen: &PlaceChoice| {
            let about = Whereabouts { chosen: chosen.clone(), ..here(PositionState::Known(fix)) };
            place_sentence(&about, Some(&district), HANS)
        };
        let pressed = |said: &PlaceSentence| {
            said.candidates.iter().find(|it| it.is_chosen).map(|it| it.code.clone())
        };
        let codes = |said: &PlaceSentence| {
            said.candidates.iter().map(|it| it.code.clone()).collect::<Vec<_>>()
        };
        let first = choose(&PlaceChoice::default());
        assert_eq!(
            (first.code, codes(&first)),
            ("ambiguous", vec!["along".into(), "across".into()])
        );
        let second = choose(&first.candidates[1].choice);
        assert_eq!(
            (second.code, codes(&second)),
            ("ambiguous", vec!["east".into(), "west".into()])
        );
        assert_eq!(pressed(&second), None);
        let third = choose(&second.candidates[1].choice);
        assert_eq!((third.code, codes(&third)), ("known", vec!["east".into(), "west".into()]));
        assert_eq!(pressed(&third), Some("west".into()));
        let chosen = &second.candidates[1].choice;
        assert_eq!(chosen.section, Some("across".into()));
    }

    #[test]
    fn known_place_is_named_in_each_language_with_its_accuracy() {
        for (lang, road) in
            [(Lang::Hans, "安康路东段"), (Lang::Hant, "安康路東段"), (Lang::En, "East Ankang Road")]
        {
            let words = Words::of(lang);
            let about = here(PositionState::Known(on_the_road()));
            let said = place_sentence(&about, Some(&district()), words);
            assert!(said.main.contains(road), "{said:?}");
            assert!(said.sub.ends_with(&words.accuracy(8)), "{said:?}");
        }
    }

    #[test]
    fn without_a_district_a_position_is_outside_rather_than_a_panic() {
        let said = place_sentence(&here(PositionState::Known(on_the_road())), None, HANS);
        assert_eq!(said.code, "outside");
    }

    #[test]
    fn position_at_the_end_of_the_globe_is_outside() {
        for (lat, lon) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)] {
            let at = GeoPoint::from_degrees(lat, lon).unwrap();
            let fix = Position { at, ..on_the_road() };
            assert_eq!(said(&here(PositionState::Known(fix))).code, "outside", "{lat} {lon}");
        }
    }
}
