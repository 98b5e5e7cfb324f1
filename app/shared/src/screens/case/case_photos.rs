//! The photos of a case as the gallery and the viewer show them: in which order, what each
//! one is, when and where it was taken.
//!
//! Never: a place for a photo of which none was recorded. Where a fix or a check was
//! photographed is not known.

use domain::{District, case::Case, evidence::Shot};

use crate::{
    components::{case_text, viewer::ShownPhoto},
    text::Words,
};

/// The report's first, then those of each fix, then those of each check.
pub fn photos_of(case: &Case, district: Option<&District>, words: Words) -> Vec<ShownPhoto> {
    let offset = case_text::offset_of(district);
    let place = case_text::place_of(&case.routing.place, district, words);
    let doubt = case_text::doubt_of(&case.routing.place, district, words);
    let place = [place].into_iter().chain(doubt).filter(|it| !it.is_empty()).collect::<Vec<_>>();
    let place = place.join(" · ");
    let shown = |shot: &Shot, kind: &'static str, place: &str| {
        // With the year: photos are looked at long afterwards.
        let taken = words.date_time(shot.taken.estimate(), offset);
        let caption = if place.is_empty() { taken } else { format!("{taken} · {place}") };
        ShownPhoto { hash: shot.hash, kind, caption: Some(caption) }
    };
    let before = case.report.photos.iter().map(|shot| shown(shot, words.before, &place));
    let after = case.rectifications.iter().flat_map(|done| &done.photos);
    let check = case.verifications.iter().flat_map(|looked| &looked.photos);
    before
        .chain(after.map(|shot| shown(shot, words.after, "")))
        .chain(check.map(|shot| shown(shot, words.verified_photo, "")))
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::{
        DeviceTime, Lang, PhotoHash,
        access::Role,
        case::{Command, Outcome},
        place::Position,
    };

    use super::*;
    use crate::case_story::{Story, actor, at, district, report, shot};

    const LANGS: [Lang; 3] = [Lang::Hans, Lang::Hant, Lang::En];

    fn taken(content: &str, when: &str, offset_ms: Option<i64>) -> Shot {
        Shot { taken: DeviceTime { claimed: at(when), offset_ms }, ..shot(content) }
    }

    /// Two photos of the report, two of the fix, one of the check.
    fn passed() -> Case {
        let mut story = Story::new();
        let mut reported = report("0401", 32.705, 109.101);
        reported.photos = vec![
            taken("before 1", "2026-11-23 09:58", None),
            taken("before 2", "2026-11-23 09:59", None),
        ];
        let handler = actor(Role::Handler, Some("cgj"));
        let fixed = vec![
            taken("after 1", "2026-11-24 08:00", None),
            taken("after 2", "2026-11-24 08:01", None),
        ];
        let checked = vec![taken("check", "2026-11-25 17:30", None)];
        let pass = Command::Verify { outcome: Outcome::Pass, photos: checked, note: String::new() };
        for (actor, command) in [
            (actor(Role::Inspector, None), Command::Report(Box::new(reported))),
            (handler.clone(), Command::Claim),
            (handler, Command::Rectify { photos: fixed, note: String::new() }),
        ] {
            story.act(&actor, &command).expect("may be done");
        }
        for content in ["before 1", "before 2", "after 1", "after 2"] {
            story.photo_arrives(content);
        }
        story.act(&actor(Role::Reviewer, None), &pass).expect("may be done");
        story.case()
    }

    fn captions(case: &Case, district: Option<&District>, lang: Lang) -> Vec<String> {
        let photos = photos_of(case, district, Words::of(lang));
        photos.into_iter().map(|photo| photo.caption.expect("each photo has its time")).collect()
    }

    #[test]
    fn photos_of_report_fix_and_check_each_carry_their_own_kind_in_each_language() {
        let (case, district) = (passed(), district());
        for lang in LANGS {
            let words = Words::of(lang);
            let shown: Vec<_> = photos_of(&case, Some(&district), words)
                .into_iter()
                .map(|photo| (photo.hash, photo.kind))
                .collect();
            let expected = [
                ("before 1", words.before),
                ("before 2", words.before),
                ("after 1", words.after),
                ("after 2", words.after),
                ("check", words.verified_photo),
            ];
            assert_eq!(shown, expected.map(|(it, kind)| (PhotoHash::of(it.as_bytes()), kind)));
        }
    }

    #[test]
    fn caption_says_when_each_photo_was_taken_and_where_the_reported_ones_were() {
        let (case, district) = (passed(), district());
        for (lang, expected) in [
            (
                Lang::Hans,
                [
                    "2026年11月23日 09:58 · 安康路东段",
                    "2026年11月23日 09:59 · 安康路东段",
                    "2026年11月24日 08:00",
                    "2026年11月24日 08:01",
                    "2026年11月25日 17:30",
                ],
            ),
            (
                Lang::Hant,
                [
                    "2026年11月23日 09:58 · 安康路東段",
                    "2026年11月23日 09:59 · 安康路東段",
                    "2026年11月24日 08:00",
                    "2026年11月24日 08:01",
                    "2026年11月25日 17:30",
                ],
            ),
            (
                Lang::En,
                [
                    "23 Nov 2026 09:58 · East Ankang Road",
                    "23 Nov 2026 09:59 · East Ankang Road",
                    "24 Nov 2026 08:00",
                    "24 Nov 2026 08:01",
                    "25 Nov 2026 17:30",
                ],
            ),
        ] {
            assert_eq!(captions(&case, Some(&district), lang), expected, "{lang:?}");
        }
    }

    #[test]
    fn caption_corrects_the_time_of_a_phone_whose_clock_is_known_to_be_wrong() {
        let mut case = passed();
        case.report.photos = vec![taken("before 1", "2026-11-23 07:58", Some(2 * 3_600_000))];
        let captions = captions(&case, Some(&district()), Lang::En);
        assert_eq!(captions[0], "23 Nov 2026 09:58 · East Ankang Road");
    }

    #[test]
    fn caption_of_a_photo_outside_the_district_says_so_in_each_language() {
        let mut story = Story::new();
        let outside = Command::Report(Box::new(report("0401", 31.0, 108.0)));
        story.act(&actor(Role::Inspector, None), &outside).expect("a good report");
        for lang in LANGS {
            let words = Words::of(lang);
            let captions = captions(&story.case(), Some(&district()), lang);
            assert!(captions[0].ends_with(&format!(" · {}", words.outside_district)), "{lang:?}");
        }
    }

    #[test]
    fn caption_of_a_photo_whose_place_is_in_doubt_says_so_in_each_language() {
        for (lang, expected) in [
            (Lang::Hans, " · 地点不确定 · 定位与上报相差 3 小时"),
            (Lang::Hant, " · 地點不確定 · 定位與上報相差 3 小時"),
            (Lang::En, " · Place not certain · position 3 h old when reported"),
        ] {
            let mut story = Story::new();
            let mut old = report("0401", 32.705, 109.101);
            let early = |at: domain::Timestamp| at.plus_millis(-3 * 3_600_000);
            old.position = old.position.map(|it| Position { read: early(it.read), ..it });
            let report = Command::Report(Box::new(old));
            story.act(&actor(Role::Inspector, None), &report).expect("a good report");
            assert_eq!(story.case().assignment, None, "named by an old position");
            let captions = captions(&story.case(), Some(&district()), lang);
            assert!(captions[0].ends_with(expected), "{}", captions[0]);
        }
    }

    #[test]
    fn caption_is_the_time_alone_before_the_pack_is_here() {
        assert_eq!(captions(&passed(), None, Lang::En)[0], "23 Nov 2026 09:58");
    }
}
