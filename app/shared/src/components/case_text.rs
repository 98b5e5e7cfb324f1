//! What a case says about itself, in the reader's language: its category, its place, who
//! has it, until when. Read from the case's own log where that holds it, from the
//! district pack otherwise.

use domain::{
    CategoryCode, District, Timestamp,
    case::{Case, Report},
    place::Place,
    summary::{CaseSummary, PlaceSummary},
};

use crate::text::Words;

/// The category's name; its code when the pack no longer has it.
pub fn category_of(report: &Report, district: Option<&District>, words: Words) -> String {
    category_name(&report.category, district, words)
}

pub fn category_name(code: &CategoryCode, district: Option<&District>, words: Words) -> String {
    district
        .and_then(|district| district.category(code))
        .map_or_else(|| code.as_str().into(), |it| it.names.get(words.lang).into())
}

/// "Renmin Road, east part · Central market"; the zone when it has neither. With a word
/// that it is not certain, where it may be another.
pub fn place_of(place: &Place, district: Option<&District>, words: Words) -> String {
    outline_of(place, place.is_certain(), district, words)
}

/// The same of a case in a list.
pub fn place_of_summary(place: &PlaceSummary, district: Option<&District>, words: Words) -> String {
    outline_of(&place.outline(), place.is_certain, district, words)
}

fn outline_of(
    place: &Place,
    is_certain: bool,
    district: Option<&District>,
    words: Words,
) -> String {
    let Some(district) = district else { return String::new() };
    let section = place.section.as_ref().and_then(|code| district.section(code));
    let point = place.point.as_ref().and_then(|code| district.point(code));
    let names = [section.map(|it| &it.names), point.map(|it| &it.names)];
    let mut near: Vec<&str> =
        names.into_iter().flatten().map(|names| names.get(words.lang)).collect();
    if near.is_empty() {
        return zone_name(place, is_certain, Some(district), words);
    }
    if !is_certain {
        near.push(words.place_uncertain);
    }
    near.join(" · ")
}

/// The zone's name, or that it lies outside, or why there is none.
pub fn zone_of(place: &Place, district: Option<&District>, words: Words) -> String {
    zone_name(place, place.is_certain(), district, words)
}

fn zone_name(place: &Place, is_certain: bool, district: Option<&District>, words: Words) -> String {
    match (&place.zone, place.at) {
        (Some(code), _) => district
            .and_then(|district| district.zone(code))
            .map_or_else(|| code.as_str().into(), |zone| zone.names.get(words.lang).into()),
        (None, _) if !is_certain => words.place_uncertain.into(),
        (None, Some(_)) => words.outside_district.into(),
        (None, None) => words.place_unknown.into(),
    }
}

/// "position 2 h old when reported", "accuracy 300 m · may be: Renmin Road, Zone 2";
/// `None` for a place that is certain.
pub fn doubt_of(place: &Place, district: Option<&District>, words: Words) -> Option<String> {
    if place.is_certain() {
        return None;
    }
    let name = words.lang;
    let sections = place.other_sections.iter().filter_map(|code| district?.section(code));
    let zones = place.other_zones.iter().filter_map(|code| district?.zone(code));
    let names: Vec<&str> =
        sections.map(|it| it.names.get(name)).chain(zones.map(|it| it.names.get(name))).collect();
    let candidates = (!names.is_empty()).then(|| words.may_be(&names));
    let doubt = place.doubt.map(|doubt| words.place_doubt(doubt));
    let said: Vec<String> = doubt.into_iter().chain(candidates).collect();
    Some(if said.is_empty() { words.place_uncertain.into() } else { said.join(" · ") })
}

/// "3 h left", or how it ended; nothing while it waits in the tray.
pub fn left_of(case: &Case, now: Timestamp, words: Words) -> Option<String> {
    if !case.state.is_open() {
        return Some(words.state(case.state).into());
    }
    Some(words.left(case.assignment.as_ref()?.due.at, now))
}

/// "Urban management bureau · Xu Changhua"; nothing while it waits in the tray.
pub fn holder_of(case: &Case, words: Words) -> Option<String> {
    let assignment = case.assignment.as_ref()?;
    let unit = assignment.unit.names.get(words.lang);
    Some(match &assignment.person {
        Some(person) => format!("{unit} · {}", words.person_name(person.names.get(words.lang))),
        None => unit.into(),
    })
}

/// The same of a case in a list, by the names of today's pack.
pub fn holder_of_summary(
    summary: &CaseSummary,
    district: Option<&District>,
    words: Words,
) -> Option<String> {
    let assignment = summary.assignment.as_ref()?;
    let unit = district
        .and_then(|district| district.unit(&assignment.unit))
        .map_or(assignment.unit.as_str(), |unit| unit.names.get(words.lang));
    let person = assignment.person.as_ref().map(|code| {
        district
            .and_then(|district| district.person(code))
            .map_or(code.as_str(), |person| person.names.get(words.lang))
    });
    Some(match person {
        Some(person) => format!("{unit} · {}", words.person_name(person)),
        None => unit.into(),
    })
}

/// When it is due, for sorting; what has no due time comes last.
pub fn due_ms(case: &Case) -> i64 {
    case.assignment.as_ref().map_or(i64::MAX, |assignment| assignment.due.at.millis())
}

/// Minutes east of UTC of the district's clocks; China's before the pack is here.
pub fn offset_of(district: Option<&District>) -> i16 {
    district.map_or(480, |district| district.pack().utc_offset_minutes)
}

#[cfg(test)]
mod tests {
    use domain::{
        Lang,
        access::Role,
        case::Command,
        place::{GeoPoint, PlaceChoice, PlaceDoubt},
    };

    use super::*;
    use crate::case_story::{Story, actor, district, report};

    const LANGS: [Lang; 3] = [Lang::Hans, Lang::Hant, Lang::En];

    /// Reported where no rule finds a unit.
    fn in_the_tray() -> Story {
        let mut story = Story::new();
        let report = Command::Report(Box::new(report("0401", 31.0, 108.0)));
        story.act(&actor(Role::Inspector, None), &report).expect("a good report");
        story
    }

    fn voided() -> Story {
        let mut story = in_the_tray();
        let reviewer = actor(Role::Reviewer, Some("hq"));
        story.act(&reviewer, &Command::Void { reason: "seen twice".into() }).expect("may void");
        story
    }

    fn all<T>(text: impl Fn(Words) -> T) -> [T; 3] {
        LANGS.map(|lang| text(Words::of(lang)))
    }

    #[test]
    fn category_is_named_in_each_language() {
        let (story, district) = (Story::reported(), district());
        let names = all(|words| category_of(&story.case().report, Some(&district), words));
        assert_eq!(names, ["无照经营游商", "無照經營遊商", "Street vending"]);
    }

    #[test]
    fn category_that_the_pack_does_not_have_is_named_by_its_code() {
        let district = district();
        let unknown = report("9999", 32.705, 109.101);
        assert_eq!(all(|words| category_of(&unknown, Some(&district), words)), ["9999"; 3]);
        let known = report("0401", 32.705, 109.101);
        assert_eq!(all(|words| category_of(&known, None, words)), ["0401"; 3]);
    }

    #[test]
    fn place_names_section_and_point_and_the_zone_only_without_them() {
        let district = district();
        let place = |section: Option<&str>, point: Option<&str>| Place {
            zone: Some("z1".into()),
            section: section.map(Into::into),
            point: point.map(Into::into),
            ..Place::default()
        };
        for (section, point, names) in [
            (Some("s1"), None, ["安康路东段", "安康路東段", "East Ankang Road"]),
            (None, Some("p1"), ["中心市场", "中心市場", "Central market"]),
            (
                Some("s1"),
                Some("p1"),
                [
                    "安康路东段 · 中心市场",
                    "安康路東段 · 中心市場",
                    "East Ankang Road · Central market",
                ],
            ),
            (None, None, ["一片区", "一片區", "Zone 1"]),
            // Taken out of the pack since.
            (Some("gone"), None, ["一片区", "一片區", "Zone 1"]),
        ] {
            let place = place(section, point);
            let found = all(|words| place_of(&place, Some(&district), words));
            assert_eq!(found, names, "section {section:?}, point {point:?}");
        }
        let either = Place { other_sections: vec!["s2".into()], ..place(Some("s1"), None) };
        let said = all(|words| place_of(&either, Some(&district), words));
        let names = [
            "安康路东段 · 地点不确定",
            "安康路東段 · 地點不確定",
            "East Ankang Road · Place not certain",
        ];
        assert_eq!(said, names);
    }

    #[test]
    fn place_says_nothing_before_the_pack_is_here() {
        let place = Place { zone: Some("z1".into()), ..Place::default() };
        assert_eq!(all(|words| place_of(&place, None, words)), [""; 3]);
        assert_eq!(all(|words| zone_of(&place, None, words)), ["z1"; 3]);
    }

    #[test]
    fn place_outside_the_district_is_told_from_an_unknown_one_in_each_language() {
        let district = district();
        let outside = Place { at: GeoPoint::from_degrees(31.0, 108.0), ..Place::default() };
        let unknown = district.place(None, &PlaceChoice::default());
        let outside = all(|words| zone_of(&outside, Some(&district), words));
        let unknown = all(|words| zone_of(&unknown, Some(&district), words));
        assert_eq!(outside, all(|words| words.outside_district.to_owned()));
        assert_eq!(unknown, all(|words| words.place_unknown.to_owned()));
        for (outside, unknown) in outside.iter().zip(&unknown) {
            assert_ne!(outside, unknown);
        }
    }

    #[test]
    fn place_in_doubt_says_why_and_what_it_may_be_in_each_language() {
        let district = district();
        let at = GeoPoint::from_degrees(32.705, 109.101);
        let stale = Some(PlaceDoubt::Stale { age_s: 7_272 });
        let coarse = Some(PlaceDoubt::Coarse { accuracy_m: 300 });
        for (zones, sections, doubt, said) in [
            (&[][..], &[][..], None, [None; 3]),
            (
                &[],
                &[],
                stale,
                [
                    Some("定位与上报相差 2 小时"),
                    Some("定位與上報相差 2 小時"),
                    Some("position 2 h old when reported"),
                ],
            ),
            (
                &["z1"],
                &["s1"],
                coarse,
                [
                    Some("定位误差约 300 米 · 可能是：安康路东段、一片区"),
                    Some("定位誤差約 300 公尺 · 可能是：安康路東段、一片區"),
                    Some("accuracy 300 m · may be: East Ankang Road, Zone 1"),
                ],
            ),
            (
                &["z1"],
                &[],
                None,
                [Some("可能是：一片区"), Some("可能是：一片區"), Some("may be: Zone 1")],
            ),
            // Taken out of the pack since.
            (
                &["gone"],
                &[],
                None,
                [Some("地点不确定"), Some("地點不確定"), Some("Place not certain")],
            ),
        ] {
            let place = Place {
                at,
                other_zones: zones.iter().map(|code| (*code).into()).collect(),
                other_sections: sections.iter().map(|code| (*code).into()).collect(),
                doubt,
                ..Place::default()
            };
            let found = all(|words| doubt_of(&place, Some(&district), words));
            assert_eq!(found, said.map(|it| it.map(str::to_owned)), "{place:?}");
            let zone = all(|words| zone_of(&place, Some(&district), words));
            let uncertain = all(|words| words.place_uncertain.to_owned());
            let outside = all(|words| words.outside_district.to_owned());
            assert_eq!(zone, if place.is_certain() { outside } else { uncertain }, "{place:?}");
        }
    }

    #[test]
    fn holder_is_unit_and_person_in_each_language() {
        let case = Story::reported().case();
        let holder = all(|words| holder_of(&case, words));
        let person = case.assignment.as_ref().and_then(|it| it.person.as_ref());
        let code = person.map(|it| it.code.as_str().to_owned()).expect("the unit names somebody");
        let expected = [
            format!("城管局 · 人{code}"),
            format!("城管局 · 人{code}"),
            format!("Urban management · Person {code}"),
        ];
        assert_eq!(holder, expected.map(Some));
    }

    #[test]
    fn holder_is_the_unit_alone_where_it_names_nobody() {
        let mut case = Story::reported().case();
        case.assignment.as_mut().expect("assigned").person = None;
        let holder = all(|words| holder_of(&case, words).expect("assigned"));
        assert_eq!(holder, ["城管局", "城管局", "Urban management"]);
    }

    #[test]
    fn case_in_the_tray_has_no_holder_no_time_left_and_sorts_last() {
        let story = in_the_tray();
        let case = story.case();
        assert_eq!(all(|words| holder_of(&case, words)), [None, None, None]);
        assert_eq!(all(|words| left_of(&case, story.now, words)), [None, None, None]);
        assert_eq!(due_ms(&case), i64::MAX);
        assert!(due_ms(&Story::reported().case()) < i64::MAX);
    }

    #[test]
    fn open_case_says_how_long_is_left_in_each_language() {
        let case = Story::reported().case();
        let due = case.assignment.as_ref().expect("assigned").due.at;
        let hour = 3_600_000;
        for (ms, texts) in [
            (3 * hour, ["剩 3 小时", "剩 3 小時", "3 h left"]),
            (-2 * hour, ["超期 2 小时", "逾期 2 小時", "2 h overdue"]),
        ] {
            let now = due.plus_millis(-ms);
            let left = all(|words| left_of(&case, now, words).expect("assigned"));
            assert_eq!(left, texts);
        }
    }

    #[test]
    fn ended_case_says_how_it_ended_instead_of_the_time_left() {
        let story = voided();
        let case = story.case();
        let left = all(|words| left_of(&case, story.now, words).expect("it has ended"));
        assert_eq!(left, all(|words| words.state_void.to_owned()));
    }

    #[test]
    fn clock_is_that_of_the_district_and_chinas_before_the_pack_is_here() {
        assert_eq!(offset_of(Some(&district())), 480);
        assert_eq!(offset_of(None), 480);
    }
}
