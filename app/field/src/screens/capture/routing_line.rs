//! Where a report goes, because of what and until when, in words; and the notice that a stall
//! is permitted there.
//!
//! Never: views, or a decision of its own: it says what `domain` decided.

use app_shared::text::Words;
use domain::{
    Timestamp, UnitCode,
    duty::{Assignment, Destination, Routing, Why},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoutingLine {
    /// No category is chosen yet.
    ChooseCategory,
    ToUnit(UnitLine),
    ToHeadquarters {
        because: String,
        /// A choice of the place would make somebody answerable.
        asks_for_place: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    pub code: UnitCode,
    pub unit: String,
    pub person: Option<String>,
    pub due: String,
    pub because: String,
}

/// `offset`: of the district from UTC, in minutes.
pub fn routing_line(
    routing: Option<&Routing>,
    words: Words,
    now: Timestamp,
    offset: i16,
) -> RoutingLine {
    match routing.map(|routing| &routing.destination) {
        None => RoutingLine::ChooseCategory,
        Some(Destination::Headquarters { why, sentence, .. }) => RoutingLine::ToHeadquarters {
            because: sentence.get(words.lang).to_owned(),
            asks_for_place: asks_for_place(*why),
        },
        Some(Destination::Unit(assignment)) => {
            RoutingLine::ToUnit(unit_line(assignment, words, now, offset))
        }
    }
}

const fn asks_for_place(why: Why) -> bool {
    match why {
        Why::PositionStale | Why::PositionCoarse | Why::PlaceAmbiguous | Why::PlaceUnknown => true,
        Why::NoBasisFound | Why::OutsideDistrict => false,
    }
}

fn unit_line(assignment: &Assignment, words: Words, now: Timestamp, offset: i16) -> UnitLine {
    let name = |names: &domain::Names| words.person_name(names.get(words.lang)).into_owned();
    UnitLine {
        code: assignment.unit.code.clone(),
        unit: assignment.unit.names.get(words.lang).to_owned(),
        person: assignment.person.as_ref().map(|person| name(&person.names)),
        due: words.due_by(&words.when(assignment.due.at, now, offset)),
        because: assignment.sentence.get(words.lang).to_owned(),
    }
}

/// `None` where no stall of this category is permitted now.
pub fn permitted_notice(
    routing: Option<&Routing>,
    words: Words,
    now: Timestamp,
    offset: i16,
) -> Option<String> {
    let permitted = routing?.permitted.as_ref()?;
    let until = words.when(permitted.until, now, offset);
    Some(words.permitted_until(permitted.names.get(words.lang), &until))
}

#[cfg(test)]
mod tests {
    use domain::{
        Lang, Names,
        duty::{Facts, PermittedStall, assign},
        place::PlaceChoice,
    };

    use super::*;
    use crate::case_story::{at, district, position};

    const OFFSET: i16 = 480;

    fn now() -> Timestamp {
        at("2026-11-23 10:00")
    }

    fn routing(category: &str, lat: f64, lon: f64) -> Routing {
        let district = district();
        let place = district.place(Some(position(lat, lon).fresh()), &PlaceChoice::default());
        let (category, condition) = (category.into(), "1".into());
        assign(&district, &Facts { category, condition, place, captured: now(), now: now() })
    }

    #[test]
    fn line_names_unit_person_due_time_and_reason_in_each_language() {
        let routing = routing("0401", 32.705, 109.101);
        let Destination::Unit(assignment) = &routing.destination else { panic!("{routing:?}") };
        for (lang, due) in [(Lang::Hans, "前办结"), (Lang::Hant, "前辦結"), (Lang::En, "due today")]
        {
            let line = routing_line(Some(&routing), Words::of(lang), now(), OFFSET);
            let RoutingLine::ToUnit(line) = line else { panic!("{line:?}") };
            assert_eq!(line.unit, assignment.unit.names.get(lang));
            assert_eq!(line.because, assignment.sentence.get(lang));
            assert!(line.due.contains(due), "{line:?}");
            assert_eq!(line.person.is_some(), assignment.person.is_some());
        }
    }

    #[test]
    fn report_outside_the_district_goes_to_headquarters_and_says_why() {
        let routing = routing("0401", 10.0, 10.0);
        for lang in Lang::ALL {
            let line = routing_line(Some(&routing), Words::of(lang), now(), OFFSET);
            let RoutingLine::ToHeadquarters { because, asks_for_place } = line else {
                panic!("{line:?}")
            };
            assert!(!because.is_empty());
            assert!(!asks_for_place, "nothing to choose outside the district");
        }
    }

    #[test]
    fn nothing_is_said_of_a_destination_before_a_category_is_chosen() {
        let line = routing_line(None, Words::of(Lang::En), now(), OFFSET);
        assert_eq!(line, RoutingLine::ChooseCategory);
    }

    #[test]
    fn permitted_stall_is_named_with_the_hour_until_which_it_is() {
        let names = Names::new("夜市", "夜市", "Night market");
        let until = at("2026-11-23 22:00");
        let permitted = Some(PermittedStall { stall: "s1".into(), names, until });
        let with_stall = Routing { permitted, ..routing("0401", 32.705, 109.101) };
        let without = routing("0401", 32.705, 109.101);
        for (lang, name) in [(Lang::Hans, "夜市"), (Lang::Hant, "夜市"), (Lang::En, "Night market")]
        {
            let words = Words::of(lang);
            let notice = permitted_notice(Some(&with_stall), words, now(), OFFSET).unwrap();
            assert!(notice.contains(name) && notice.contains("22:00"), "{notice}");
            assert_eq!(permitted_notice(Some(&without), words, now(), OFFSET), None);
        }
    }
}
