//! Tests of the sentences for errors, as tables.

use std::collections::BTreeMap;

use domain::{Lang, case::Refusal, evidence::OtherFormat, sync::Problem};

use super::*;
use crate::{components::photo_image::Absence, screens::case::CaseAbsence};

/// Every error that has a sentence of this module, one of each kind.
fn errors() -> Vec<AppError> {
    let mut all = vec![
        AppError::StorageUnavailable,
        AppError::StorageFull,
        AppError::StorageLow,
        AppError::StorageKeepsNothing,
        AppError::StorageAlters,
        AppError::StorageUnreadable,
        AppError::StorageLost,
        AppError::StorageBlocked,
        AppError::NoDownloads,
        AppError::Unreachable,
        AppError::NotTheServer,
        AppError::Blocked,
        AppError::Busy { retry_after_ms: None },
        AppError::WrongPassword,
        AppError::NeedSignIn,
        AppError::NotSignedIn,
        AppError::NoPack,
        AppError::CaseNotHere,
        AppError::AlreadySaving,
        AppError::Incomplete(Lacking::Photo),
        AppError::Incomplete(Lacking::Category),
    ];
    all.extend(photo_errors().into_iter().map(AppError::Photo));
    all.extend(CAMERA_ERRORS.map(AppError::Camera));
    all
}

fn photo_errors() -> Vec<PhotoError> {
    vec![
        PhotoError::NotAPhoto,
        PhotoError::Unsupported(OtherFormat::Avif),
        PhotoError::Damaged,
        PhotoError::TooLarge { bytes: 50_000_000, most: 40_000_000 },
        PhotoError::TooManyPixels { width: 20_000, height: 20_000 },
        PhotoError::Blank,
        PhotoError::Unreadable,
        PhotoError::Lost { number: 2 },
        PhotoError::TooMany { most: 9 },
        PhotoError::WorkerFailed,
    ]
}

const CAMERA_ERRORS: [CameraError; 4] =
    [CameraError::NotAllowed, CameraError::None, CameraError::Busy, CameraError::Failed];

const PHOTO_ABSENCES: [Absence; 5] = [
    Absence::Offline,
    Absence::SignedOut,
    Absence::NotAtServer,
    Absence::Gone,
    Absence::NotShowable,
];

const CASE_ABSENCES: [CaseAbsence; 3] =
    [CaseAbsence::Offline, CaseAbsence::SignedOut, CaseAbsence::NotListed];

/// Fails with the two that say the same.
fn assert_all_differ(sentences: impl IntoIterator<Item = (String, String)>) {
    let mut seen = BTreeMap::new();
    for (name, sentence) in sentences {
        assert!(!sentence.trim().is_empty(), "{name} says nothing");
        if let Some(other) = seen.insert(sentence.clone(), name.clone()) {
            panic!("{name} and {other} both say: {sentence}");
        }
    }
}

#[test]
fn sentences_of_two_errors_differ_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        assert_all_differ(errors().iter().map(|it| (format!("{it:?}"), words.error(it))));
    }
}

#[test]
fn sentences_of_one_error_differ_between_chinese_and_english() {
    for error in errors() {
        let sentence = |lang| Words::of(lang).error(&error);
        assert_ne!(sentence(Lang::Hans), sentence(Lang::En), "{error:?}");
        assert_ne!(sentence(Lang::Hant), sentence(Lang::En), "{error:?}");
    }
}

#[test]
fn record_that_was_not_kept_asks_for_room_and_one_that_was_altered_does_not() {
    for (lang, room, delete) in [
        (Lang::Hans, "空间", "删掉"),
        (Lang::Hant, "空間", "刪掉"),
        (Lang::En, "No room", "delete"),
    ] {
        let words = Words::of(lang);
        let missing = words.error(&AppError::StorageKeepsNothing);
        assert!(missing.contains(room) && missing.contains(delete), "{missing}");
        let altered = words.error(&AppError::StorageAlters);
        assert!(!altered.contains(room) && !altered.contains(delete), "{altered}");
    }
}

#[test]
fn remedies_of_signed_out_no_pack_and_no_type_are_three() {
    for (lang, sign_in, connect, choose) in [
        (Lang::Hans, "请先登录", "请连网", "还没选类型"),
        (Lang::Hant, "請先登入", "請連網", "還沒選類型"),
        (Lang::En, "sign in first", "Connect", "No type chosen"),
    ] {
        let words = Words::of(lang);
        for (error, remedy) in [
            (AppError::NotSignedIn, sign_in),
            (AppError::NoPack, connect),
            (AppError::Incomplete(Lacking::Category), choose),
        ] {
            let sentence = words.error(&error);
            for other in [sign_in, connect, choose] {
                assert_eq!(sentence.contains(other), other == remedy, "{sentence}");
            }
        }
    }
}

#[test]
fn photo_that_is_damaged_unreadable_or_unprepared_has_three_remedies() {
    for (lang, again, open, reload) in [
        (Lang::Hans, "重拍", "在相册里打开", "重新打开本页"),
        (Lang::Hant, "重拍", "在相簿裡開啟", "重新開啟本頁"),
        (Lang::En, "take it again", "Open it in the gallery", "open the page again"),
    ] {
        let words = Words::of(lang);
        for (error, remedy) in [
            (PhotoError::Damaged, again),
            (PhotoError::Unreadable, open),
            (PhotoError::WorkerFailed, reload),
        ] {
            let sentence = words.error(&AppError::Photo(error));
            for other in [again, open, reload] {
                assert_eq!(sentence.contains(other), other == remedy, "{sentence}");
            }
        }
    }
}

#[test]
fn titles_and_sentences_of_the_four_camera_errors_differ_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let titles =
            CAMERA_ERRORS.map(|it| (format!("title of {it:?}"), words.camera_title(it).to_owned()));
        let sentences =
            CAMERA_ERRORS.map(|it| (format!("{it:?}"), words.error(&AppError::Camera(it))));
        assert_all_differ(titles.into_iter().chain(sentences));
    }
}

#[test]
fn camera_error_always_offers_the_system_camera_or_the_gallery() {
    for (lang, gallery) in [(Lang::Hans, "相册"), (Lang::Hant, "相簿"), (Lang::En, "gallery")] {
        for error in CAMERA_ERRORS {
            let sentence = Words::of(lang).error(&AppError::Camera(error));
            assert!(sentence.contains(gallery), "{sentence}");
        }
    }
}

#[test]
fn sentences_of_what_is_not_here_differ_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let photos =
            PHOTO_ABSENCES.map(|it| (format!("photo {it:?}"), words.photo_absent(it).to_owned()));
        let cases =
            CASE_ABSENCES.map(|it| (format!("case {it:?}"), words.case_absent(it).to_owned()));
        let titles = [("case title".to_owned(), words.case_not_here.to_owned())];
        assert_all_differ(photos.into_iter().chain(cases).chain(titles));
    }
}

#[test]
fn only_what_comes_by_itself_is_promised_for_when_the_phone_is_online() {
    let words = Words::of(Lang::En);
    for (absence, promises) in [
        (Absence::Offline, true),
        (Absence::SignedOut, false),
        (Absence::NotAtServer, false),
        (Absence::Gone, false),
        (Absence::NotShowable, false),
    ] {
        assert_eq!(words.photo_absent(absence).contains("when online"), promises, "{absence:?}");
    }
    for (absence, promises) in [
        (CaseAbsence::Offline, true),
        (CaseAbsence::SignedOut, true),
        (CaseAbsence::NotListed, false),
    ] {
        assert_eq!(words.case_absent(absence).contains("by itself"), promises, "{absence:?}");
    }
}

#[test]
fn refusal_is_said_in_its_own_sentence() {
    for lang in Lang::ALL {
        let error = AppError::Refused(Refusal::NotYours);
        assert_eq!(Words::of(lang).error(&error), Refusal::NotYours.sentence(lang));
    }
}

#[test]
fn problem_of_the_server_is_said_as_it_was_written_with_its_detail() {
    let problem = |detail: Option<&str>| {
        let detail = detail.map(Into::into);
        AppError::Server(Problem {
            title: "太大了。".into(),
            code: "x".into(),
            status: 400,
            detail,
        })
    };
    for lang in Lang::ALL {
        assert_eq!(Words::of(lang).error(&problem(None)), "太大了。");
        assert_eq!(Words::of(lang).error(&problem(Some("最多 5 MB"))), "太大了。 最多 5 MB");
    }
}

#[test]
fn photo_that_is_too_large_or_lost_says_its_numbers() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (error, numbers) in [
            (PhotoError::TooLarge { bytes: 50_000_000, most: 40_000_000 }, ["50.0 MB", "40.0 MB"]),
            (PhotoError::TooManyPixels { width: 20_001, height: 20_002 }, ["20001", "20002"]),
            (PhotoError::Lost { number: 7 }, ["7", "7"]),
            (PhotoError::TooMany { most: 9 }, ["9", "9"]),
        ] {
            let sentence = words.error(&AppError::Photo(error));
            assert!(numbers.iter().all(|number| sentence.contains(number)), "{sentence}");
        }
    }
}

#[test]
fn photo_of_a_format_that_is_not_read_is_told_by_its_name_in_each_language() {
    for lang in Lang::ALL {
        for format in OtherFormat::ALL {
            let said = Words::of(lang).error(&AppError::Photo(PhotoError::Unsupported(format)));
            assert!(said.contains(format.name()), "{said}");
        }
    }
}

#[test]
fn failures_of_a_try_differ_in_each_language() {
    let failures = [
        Failure::Unreachable,
        Failure::NotTheServer,
        Failure::Blocked { status: 403 },
        Failure::Blocked { status: 413 },
        Failure::Busy { retry_after_ms: Some(1) },
        Failure::SignedOut,
        Failure::Rejected { status: 400, code: "bad".into() },
    ];
    for lang in Lang::ALL {
        let words = Words::of(lang);
        assert_all_differ(failures.iter().map(|it| (format!("{it:?}"), words.failure(it))));
    }
}
