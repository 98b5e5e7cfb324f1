//! Tests of `text`, as tables.

use domain::{
    Lang, Timestamp,
    access::Role,
    calendar::{Clock, Limit},
    place::PlaceDoubt,
};

use super::Words;
use crate::model::{Light, Progress, Rescue, StoreError, Wipe};

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn in_each_language(text_of: impl Fn(Words) -> String, hans: &str, hant: &str, en: &str) {
    for (lang, expected) in [(Lang::Hans, hans), (Lang::Hant, hant), (Lang::En, en)] {
        assert_eq!(text_of(Words::of(lang)), expected);
    }
}

#[test]
fn bytes_are_said_in_the_largest_unit_that_is_at_least_one() {
    for (bytes, expected) in [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (999_999, "999 KB"),
        (1_000_000, "1.0 MB"),
        (1_950_000, "1.9 MB"),
        (2_500_000_000, "2.5 GB"),
    ] {
        for lang in Lang::ALL {
            assert_eq!(Words::of(lang).bytes(bytes), expected);
        }
    }
}

#[test]
fn progress_is_said_as_part_of_a_whole_in_each_language() {
    in_each_language(
        |words| words.progress(120_000, 800_000),
        "120 KB / 800 KB",
        "120 KB / 800 KB",
        "120 KB of 800 KB",
    );
}

#[test]
fn one_case_and_one_record_are_singular_in_english() {
    let words = Words::of(Lang::En);
    for (count, case, record) in
        [(0, "0 cases", "0 records"), (1, "1 case", "1 record"), (2, "2 cases", "2 records")]
    {
        assert_eq!(words.cases_count(count), case);
        assert_eq!(words.others_count(u32::try_from(count).unwrap()), record);
    }
}

#[test]
fn limit_names_its_clock_in_each_language() {
    for (clock, hans, hant, en) in [
        (Clock::UrgentHours, "4 小时（昼夜连续）", "4 小時（晝夜連續）", "4 h round the clock"),
        (Clock::WorkingHours, "4 个工作时", "4 個工作時", "4 working hours"),
        (Clock::WorkingDays, "4 个工作日", "4 個工作日", "4 working days"),
        (Clock::CalendarDays, "4 个自然日", "4 個自然日", "4 calendar days"),
    ] {
        let limit = Limit::new(4, clock).unwrap();
        in_each_language(|words| words.limit_of(limit), hans, hant, en);
    }
}

#[test]
fn time_passed_is_said_in_its_largest_unit() {
    for (passed, hans, hant, en) in [
        (-5 * SECOND, "刚刚", "剛剛", "just now"),
        (59 * SECOND, "刚刚", "剛剛", "just now"),
        (MINUTE, "1 分钟前", "1 分鐘前", "1 min ago"),
        (59 * MINUTE, "59 分钟前", "59 分鐘前", "59 min ago"),
        (47 * HOUR, "47 小时前", "47 小時前", "47 h ago"),
        (2 * DAY, "2 天前", "2 天前", "2 d ago"),
    ] {
        in_each_language(|words| words.ago(NOW.plus_millis(-passed), NOW), hans, hant, en);
    }
}

#[test]
fn time_left_turns_into_time_overdue_when_the_due_moment_has_passed() {
    for (left, hans, hant, en) in [
        (3 * HOUR, "剩 3 小时", "剩 3 小時", "3 h left"),
        (0, "剩 1 分钟", "剩 1 分鐘", "1 min left"),
        (-1, "超期 1 分钟", "逾期 1 分鐘", "1 min overdue"),
        (-3 * DAY, "超期 3 天", "逾期 3 天", "3 d overdue"),
    ] {
        in_each_language(|words| words.left(NOW.plus_millis(left), NOW), hans, hant, en);
    }
}

#[test]
fn day_is_named_by_its_distance_from_today() {
    // Sunday, 29 November 2026, 09:00 UTC.
    let now = Timestamp::from_millis(20_786 * DAY + 9 * HOUR);
    for (days, hans, hant, en) in [
        (0, "今天", "今天", "today"),
        (1, "明天", "明天", "tomorrow"),
        (-1, "昨天", "昨天", "yesterday"),
        (2, "12月1日 周二", "12月1日 週二", "Tue 1 Dec"),
        (6, "12月5日 周六", "12月5日 週六", "Sat 5 Dec"),
        (7, "12月6日", "12月6日", "6 Dec"),
        (-2, "11月27日", "11月27日", "27 Nov"),
        (40, "2027年1月8日", "2027年1月8日", "8 Jan 2027"),
    ] {
        let at = now.plus_millis(days * DAY);
        in_each_language(|words| words.on_day(at, now, 480), hans, hant, en);
    }
}

#[test]
fn day_is_that_of_the_district_and_not_of_utc() {
    // 17:00 UTC of Saturday is one in the night of Sunday at UTC+8.
    let (now, at) = (20_785 * DAY + 17 * HOUR, 20_786 * DAY + 9 * HOUR);
    let (now, at) = (Timestamp::from_millis(now), Timestamp::from_millis(at));
    assert_eq!(Words::of(Lang::En).when(at, now, 480), "today 17:00");
    assert_eq!(Words::of(Lang::En).when(at, now, 0), "tomorrow 09:00");
}

#[test]
fn role_has_its_own_word_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (index, role) in Role::ALL.iter().enumerate() {
            let word = words.role_of(*role);
            assert!(!word.is_empty());
            assert!(
                Role::ALL[..index].iter().all(|other| words.role_of(*other) != word),
                "{role:?} in {lang:?}"
            );
        }
    }
}

#[test]
fn light_has_its_own_sentence_in_each_language() {
    let lights = [Light::Unknown, Light::Green, Light::Amber, Light::Red];
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (index, light) in lights.iter().enumerate() {
            let text_of = words.ready_light(*light);
            assert!(lights[..index].iter().all(|other| words.ready_light(*other) != text_of));
        }
    }
}

#[test]
fn good_and_bad_part_of_ready_have_two_sentences() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for text_of in [Words::ready_shell, Words::ready_persisted, Words::ready_room] {
            assert_ne!(text_of(words, true), text_of(words, false), "{lang:?}");
        }
    }
}

#[test]
fn trial_of_the_store_says_what_failed_with_its_own_remedy() {
    let results = [
        Ok(()),
        Err(StoreError::Full),
        Err(StoreError::Blocked),
        Err(StoreError::Damaged),
        Err(StoreError::Unavailable),
    ];
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (index, result) in results.iter().enumerate() {
            let text_of = words.ready_store(*result);
            assert!(
                results[..index].iter().all(|other| words.ready_store(*other) != text_of),
                "{result:?} in {lang:?}"
            );
        }
    }
}

#[test]
fn pack_line_says_size_and_last_confirmation_and_what_to_do_when_it_is_stale() {
    let words = Words::of(Lang::En);
    for (has_pack, checked, stale, expected) in [
        (
            true,
            Some("2 h ago"),
            false,
            "The district pack is here (400 KB), last confirmed 2 h ago",
        ),
        (
            true,
            Some("9 d ago"),
            true,
            "The district pack is here (400 KB), last confirmed 9 d ago. More than seven days ago: it may be out of date, connect once.",
        ),
        (
            false,
            None,
            true,
            "The district pack is not here yet. Stay connected until it has loaded.",
        ),
    ] {
        assert_eq!(words.ready_pack(has_pack, "400 KB", checked, stale), expected);
    }
}

#[test]
fn pack_that_nobody_confirmed_says_never_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        assert!(words.ready_pack(true, "1 KB", None, false).contains(words.never));
    }
}

#[test]
fn cleared_store_is_said_by_what_became_of_its_records() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let text_of = |put_back, unsent| words.wiped(Wipe { put_back, unsent });
        let all = [
            text_of(Some(3), None),
            text_of(None, Some(0)),
            text_of(None, Some(3)),
            text_of(None, None),
        ];
        for (index, text) in all.iter().enumerate() {
            assert!(!all[..index].contains(text), "{text}");
        }
        assert!(all[0].contains('3') && all[2].contains('3'));
    }
}

#[test]
fn rescue_file_says_what_was_left_out_only_when_something_was() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let made = |damaged| Rescue { operations: 5, photos: 4, damaged, bytes: 3_000_000 };
        let (whole, partly) = (words.rescue_made(made(0)), words.rescue_made(made(2)));
        assert!(partly.starts_with(&whole), "{partly}");
        assert!(partly.contains('2') && !whole.contains('2'), "{whole}");
    }
}

#[test]
fn rescue_progress_counts_photos_while_packing_and_bytes_while_importing() {
    let done = Progress { sent: 1_000, of: 3_000 };
    let words = Words::of(Lang::En);
    assert_eq!(words.rescue_making(done), "Packing photo 1000 of 3000");
    assert_eq!(words.rescue_sending(done), "Importing 1 KB of 3 KB");
}

#[test]
fn sentence_before_signing_out_names_how_many_have_not_arrived() {
    for lang in Lang::ALL {
        assert!(Words::of(lang).sign_out_full(17).contains("17"), "{lang:?}");
    }
}

#[test]
fn returned_work_says_the_reason_in_each_language() {
    in_each_language(
        |words| words.returned("lamp still broken"),
        "退回返工：lamp still broken",
        "退回返工：lamp still broken",
        "Returned for rework: lamp still broken",
    );
}

#[test]
fn accuracy_is_said_in_metres_and_kilometres_and_as_unknown() {
    for (metres, hans, hant, en) in [
        (8, "误差约 8 米", "誤差約 8 公尺", "within 8 m"),
        (999, "误差约 999 米", "誤差約 999 公尺", "within 999 m"),
        (1_000, "误差约 1 公里", "誤差約 1 公里", "within 1 km"),
        (1_401, "误差约 1.5 公里", "誤差約 1.5 公里", "within 1.5 km"),
        (3_000, "误差约 3 公里", "誤差約 3 公里", "within 3 km"),
        (u32::MAX, "误差未知", "誤差未知", "accuracy not known"),
    ] {
        in_each_language(|words| words.accuracy(metres), hans, hant, en);
    }
    in_each_language(
        |words| words.coarse(3_000),
        "误差约 3 公里，请选择路段",
        "誤差約 3 公里，請選擇路段",
        "Accuracy 3 km: choose the section",
    );
    in_each_language(
        |words| words.coarse(u32::MAX),
        "误差未知，请选择路段",
        "誤差未知，請選擇路段",
        "Accuracy not known: choose the section",
    );
}

#[test]
fn old_position_is_said_with_its_time_and_age() {
    // It is 19:06 in the district.
    for (ago, hans, hant, en) in [
        (
            3 * MINUTE,
            "这是 19:03 的定位，3 分钟前",
            "這是 19:03 的定位，3 分鐘前",
            "Position from 19:03, 3 min ago",
        ),
        (
            2 * HOUR,
            "这是 17:06 的定位，2 小时前",
            "這是 17:06 的定位，2 小時前",
            "Position from 17:06, 2 h ago",
        ),
        (
            25 * HOUR,
            "这是 昨天 18:06 的定位，25 小时前",
            "這是 昨天 18:06 的定位，25 小時前",
            "Position from yesterday 18:06, 25 h ago",
        ),
    ] {
        let said = |words: Words| words.position_from(NOW.plus_millis(-ago), NOW, 480);
        in_each_language(said, hans, hant, en);
    }
}

#[test]
fn doubt_about_a_place_is_said_in_each_language() {
    for (doubt, hans, hant, en) in [
        (
            PlaceDoubt::Stale { age_s: 7_272 },
            "定位与上报相差 2 小时",
            "定位與上報相差 2 小時",
            "position 2 h old when reported",
        ),
        (
            PlaceDoubt::Stale { age_s: 130 },
            "定位与上报相差 2 分钟",
            "定位與上報相差 2 分鐘",
            "position 2 min old when reported",
        ),
        (
            PlaceDoubt::Coarse { accuracy_m: 3_000 },
            "定位误差约 3 公里",
            "定位誤差約 3 公里",
            "accuracy 3 km",
        ),
        (
            PlaceDoubt::Coarse { accuracy_m: u32::MAX },
            "定位误差未知",
            "定位誤差未知",
            "accuracy of the position not known",
        ),
    ] {
        in_each_language(|words| words.place_doubt(doubt), hans, hant, en);
    }
    in_each_language(
        |words| words.may_be(&["A", "B"]),
        "可能是：A、B",
        "可能是：A、B",
        "may be: A, B",
    );
    for lang in Lang::ALL {
        let endless = PlaceDoubt::Stale { age_s: u64::MAX };
        assert!(!Words::of(lang).place_doubt(endless).is_empty());
    }
}
