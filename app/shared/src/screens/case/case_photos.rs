//! The photos of a case as the gallery and the viewer show them: in which order, what each
//! one is, when and where it was taken.
//!
//! Never: a place for a photo of which none was recorded. Where a fix or a check was
//! photographed is not known, and where a photo of the gallery was taken neither.

use domain::{
    District,
    case::Case,
    evidence::{Shot, ShotOrigin},
};

use crate::{
    components::{
        case_text,
        viewer::{ShownClaims, ShownPhoto},
    },
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
        let when = words.date_time(shot.taken.estimate(), offset);
        let is_from_gallery = shot.origin.is_gallery();
        let caption = match place {
            _ if is_from_gallery => words.chosen_from_gallery(&when),
            "" => when,
            place => format!("{when} · {place}"),
        };
        let claims = claims_of(shot, case, offset, words);
        ShownPhoto { hash: shot.hash, kind, caption: Some(caption), is_from_gallery, claims }
    };
    let before = case.report.photos.iter().map(|shot| shown(shot, words.before, &place));
    let after = case.rectifications.iter().flat_map(|done| &done.photos);
    let check = case.verifications.iter().flat_map(|looked| &looked.photos);
    before
        .chain(after.map(|shot| shown(shot, words.after, "")))
        .chain(check.map(|shot| shown(shot, words.verified_photo, "")))
        .collect()
}

/// What the file of a photo claims: of a chosen one always, and of the phone's own camera
/// where it is not what the phone measured.
fn claims_of(shot: &Shot, case: &Case, offset: i16, words: Words) -> Option<ShownClaims> {
    let claimed = &shot.origin.file()?.claimed;
    let place = case.report.position.map(|position| (position.at, position.accuracy_m));
    let differ = claimed.difference(shot.taken, place, offset).is_any();
    let is_shown = differ || matches!(shot.origin, ShotOrigin::Gallery(_));
    let distance_m = place.and_then(|(at, _)| claimed.distance_m(at));
    let text = words.file_says(claimed.taken, distance_m);
    is_shown.then_some(ShownClaims { text, differ })
}

#[cfg(test)]
mod tests {
    use domain::{
        DeviceTime, Lang, PhotoHash,
        access::Role,
        case::{Command, Outcome},
        evidence::{ClaimedTime, FileClaims, SourceFile},
        place::{GeoPoint, Position},
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

    /// A photo of the report's, chosen or taken at 09:58 where the report was made.
    fn reported_with(origin: ShotOrigin, position: bool) -> Case {
        let mut case = passed();
        let shot = taken("before 1", "2026-11-23 09:58", None);
        case.report.photos = vec![Shot { origin, ..shot }];
        if !position {
            case.report.position = None;
        }
        case
    }

    fn file(local: Option<&str>, at: Option<(f64, f64)>) -> SourceFile {
        let taken = local
            .map(|local| ClaimedTime::new(local.parse().expect("a time"), None).expect("in range"));
        let at = at.map(|(lat, lon)| GeoPoint::from_degrees(lat, lon).expect("on the globe"));
        SourceFile { hash: PhotoHash::of(b"file"), claimed: FileClaims { taken, at } }
    }

    #[test]
    fn photo_of_the_gallery_says_when_it_was_chosen_and_what_its_file_claims() {
        let arezzo = Some((43.467_447, 11.885_127));
        let old = file(Some("2008-10-22T16:28:39"), arezzo);
        let case = reported_with(ShotOrigin::Gallery(old), true);
        let photo = |lang| photos_of(&case, Some(&district()), Words::of(lang)).swap_remove(0);
        for (lang, caption, claims) in [
            (
                Lang::Hans,
                "来自相册，2026年11月23日 09:58 选取",
                "文件自述：2008年10月22日 16:28 拍摄，距案件地点 8,",
            ),
            (
                Lang::Hant,
                "來自相簿，2026年11月23日 09:58 選取",
                "檔案自述：2008年10月22日 16:28 拍攝，距案件地點 8,",
            ),
            (
                Lang::En,
                "From the gallery, chosen 23 Nov 2026 09:58",
                "The file says: taken 22 Oct 2008 16:28, 8,",
            ),
        ] {
            let photo = photo(lang);
            assert!(photo.is_from_gallery);
            assert_eq!(photo.caption.as_deref(), Some(caption));
            let shown = photo.claims.expect("claims");
            assert!(shown.differ && shown.text.starts_with(claims), "{}", shown.text);
        }
    }

    #[test]
    fn claims_are_shown_of_chosen_files_and_of_others_only_where_they_differ() {
        let here = Some((32.705, 109.101));
        let now = Some("2026-11-23T09:55:00");
        let old = Some("2026-11-20T09:58:00");
        let gallery = |local, at| ShotOrigin::Gallery(file(local, at));
        let phone = |local, at| ShotOrigin::SystemCamera(file(local, at));
        for (origin, has_position, expected) in [
            (ShotOrigin::Camera, true, None),
            (phone(None, None), true, None),
            (phone(now, here), true, None),
            (phone(old, here), true, Some(true)),
            (phone(now, Some((33.7, 109.1))), true, Some(true)),
            (phone(now, Some((33.7, 109.1))), false, None),
            (gallery(None, None), true, Some(false)),
            (gallery(now, here), true, Some(false)),
            (gallery(old, None), true, Some(true)),
            (gallery(now, Some((33.7, 109.1))), true, Some(true)),
            (gallery(now, Some((33.7, 109.1))), false, Some(false)),
        ] {
            let case = reported_with(origin.clone(), has_position);
            let photos = photos_of(&case, Some(&district()), Words::of(Lang::En));
            let shown = photos[0].claims.as_ref().map(|claims| claims.differ);
            assert_eq!(shown, expected, "{origin:?} {has_position}");
        }
    }

    #[test]
    fn photo_of_the_gallery_is_not_said_to_be_of_the_place_of_the_case() {
        let case = reported_with(ShotOrigin::Gallery(file(None, None)), true);
        let caption = captions(&case, Some(&district()), Lang::En).swap_remove(0);
        assert!(!caption.contains("Ankang"), "{caption}");
    }
}
