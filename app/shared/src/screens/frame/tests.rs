//! Tests of `frame`, as tables.

use domain::{CaseId, Lang, Timestamp, access::Role};

use super::*;
use crate::route::App;

fn routes() -> [Route; 10] {
    [
        Route::Capture,
        Route::Records,
        Route::Tasks,
        Route::Board,
        Route::Case(CaseId::new(Timestamp::from_millis(0), [1; 10])),
        Route::Sync,
        Route::Devices,
        Route::Jobs,
        Route::Settings,
        Route::SignIn,
    ]
}

#[test]
fn title_of_each_screen_is_its_word_in_each_language() {
    for (route, hans, hant, en) in [
        (Route::Capture, "拍摄", "拍攝", "Capture"),
        (Route::Records, "记录", "記錄", "Records"),
        (Route::Tasks, "任务", "任務", "Tasks"),
        (Route::Board, "看板", "看板", "Board"),
        (Route::Settings, "设置", "設定", "Settings"),
        (Route::SignIn, "登录", "登入", "Sign in"),
    ] {
        for (lang, expected) in [(Lang::Hans, hans), (Lang::Hant, hant), (Lang::En, en)] {
            assert_eq!(title(route, Words::of(lang)), expected, "{route:?}");
        }
    }
}

#[test]
fn titles_of_two_screens_differ_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let mut titles: Vec<&str> = routes().map(|route| title(route, words)).to_vec();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), routes().len(), "{lang:?}");
    }
}

#[test]
fn title_without_a_screen_of_its_own_is_the_name_of_the_app() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for route in [Route::Home, Route::NotFound] {
            assert_eq!(title(route, words), words.app_name);
        }
    }
}

#[test]
fn icons_of_the_places_of_a_role_differ() {
    for role in Role::ALL {
        for app in [App::Field, App::Desk] {
            let places = Route::places_of(role, app);
            for (index, place) in places.iter().enumerate() {
                let own = icon_of(*place).data;
                assert!(
                    places[..index].iter().all(|other| icon_of(*other).data != own),
                    "{role:?}: {place:?}"
                );
            }
        }
    }
}
