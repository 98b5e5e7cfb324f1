//! Tests of `route`, as tables.

use domain::{Timestamp, access::Act};

use super::*;

const APPS: [App; 2] = [App::Field, App::Desk];

fn case() -> CaseId {
    CaseId::new(Timestamp::from_millis(1_795_000_000_000), [7; 10])
}

/// Every route that has an address of its own.
fn addressed() -> [Route; 11] {
    [
        Route::Home,
        Route::SignIn,
        Route::Capture,
        Route::Records,
        Route::Tasks,
        Route::Board,
        Route::Case(case()),
        Route::Sync,
        Route::Devices,
        Route::Jobs,
        Route::Settings,
    ]
}

#[test]
fn path_of_every_route_is_read_back_as_that_route_in_both_apps() {
    for app in APPS {
        for route in addressed() {
            let path = route.path(app);
            assert_eq!(Route::read(&path), route, "{path}");
        }
    }
}

#[test]
fn paths_of_two_routes_differ_within_one_app() {
    for app in APPS {
        let mut paths: Vec<String> = addressed().into_iter().map(|route| route.path(app)).collect();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), addressed().len(), "{app:?}");
    }
}

#[test]
fn screen_that_both_apps_have_lies_under_the_app_that_links_to_it() {
    for (route, field, desk) in [
        (Route::Home, "/field/", "/desk/"),
        (Route::Sync, "/field/sync", "/desk/sync"),
        (Route::Settings, "/field/settings", "/desk/settings"),
        (Route::SignIn, "/field/sign-in", "/desk/sign-in"),
    ] {
        assert_eq!(route.path(App::Field), field);
        assert_eq!(route.path(App::Desk), desk);
    }
}

#[test]
fn screen_of_one_app_lies_under_that_app_whichever_links_to_it() {
    for (route, path) in [
        (Route::Capture, "/field/capture"),
        (Route::Records, "/field/records"),
        (Route::Tasks, "/field/tasks"),
        (Route::Board, "/desk/board"),
        (Route::Devices, "/desk/devices"),
        (Route::Jobs, "/desk/jobs"),
    ] {
        for app in APPS {
            assert_eq!(route.path(app), path, "from {app:?}");
        }
    }
}

#[test]
fn case_address_holds_its_id() {
    let path = Route::Case(case()).path(App::Field);
    assert_eq!(path, format!("/field/case/{}", case()));
}

#[test]
fn address_is_read_with_and_without_app_and_final_slash() {
    for (path, route) in [
        ("", Route::Home),
        ("/", Route::Home),
        ("/field", Route::Home),
        ("/field/", Route::Home),
        ("/desk/", Route::Home),
        ("/records", Route::Records),
        ("/field/records/", Route::Records),
        ("//field//records", Route::Records),
        ("/desk/records", Route::Records),
    ] {
        assert_eq!(Route::read(path), route, "{path:?}");
    }
}

#[test]
fn address_without_a_screen_is_not_found() {
    for path in [
        "/field/nothing",
        "/field/Records",
        "/field/records/1",
        "/field/sync/x/y",
        "/field/desk/board",
        "/field/not-found",
        "/%00",
    ] {
        assert_eq!(Route::read(path), Route::NotFound, "{path:?}");
    }
}

#[test]
fn case_address_without_a_readable_id_is_not_found() {
    for path in ["/field/case", "/field/case/", "/field/case/17", "/desk/case/x/y"] {
        assert_eq!(Route::read(path), Route::NotFound, "{path:?}");
    }
    let longer = format!("/field/case/{}/photos", case());
    assert_eq!(Route::read(&longer), Route::NotFound);
}

#[test]
fn not_found_leads_to_the_first_screen() {
    for app in APPS {
        assert_eq!(Route::NotFound.path(app), Route::Home.path(app));
    }
}

#[test]
fn name_of_each_route_is_its_own() {
    let mut names: Vec<&str> = addressed().map(Route::name).to_vec();
    names.push(Route::NotFound.name());
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), addressed().len() + 1);
}

#[test]
fn home_of_each_role_is_its_work_in_either_app() {
    for (role, field, desk) in [
        (Role::Inspector, Route::Capture, Route::Sync),
        (Role::Reviewer, Route::Capture, Route::Board),
        (Role::Handler, Route::Tasks, Route::Sync),
        (Role::UnitLead, Route::Tasks, Route::Board),
        (Role::PatchLeader, Route::Sync, Route::Board),
        (Role::Discipline, Route::Sync, Route::Board),
        (Role::Administrator, Route::Sync, Route::Board),
        (Role::City, Route::Sync, Route::Board),
    ] {
        assert_eq!(Route::home_of(role, App::Field), field, "{role:?}");
        assert_eq!(Route::home_of(role, App::Desk), desk, "{role:?}");
    }
}

#[test]
fn home_is_a_screen_of_the_app_that_opens_it() {
    for role in Role::ALL {
        for app in APPS {
            let home = Route::home_of(role, app);
            assert!(home.app().is_none_or(|it| it == app), "{role:?} in {app:?}: {home:?}");
            assert_ne!(home, Route::Home, "{role:?} in {app:?}");
        }
    }
}

#[test]
fn home_address_shows_settings_while_nobody_is_signed_in() {
    for app in APPS {
        assert_eq!(Route::Home.for_role(None, app), Route::Settings);
    }
}

#[test]
fn home_address_shows_the_first_screen_of_who_is_signed_in() {
    for role in Role::ALL {
        for app in APPS {
            assert_eq!(Route::Home.for_role(Some(role), app), Route::home_of(role, app));
        }
    }
}

#[test]
fn every_other_address_shows_its_own_screen_to_everybody() {
    for route in addressed().into_iter().filter(|route| *route != Route::Home) {
        for role in [None, Some(Role::Inspector), Some(Role::City)] {
            assert_eq!(route.for_role(role, App::Field), route);
        }
    }
}

#[test]
fn places_of_each_role_are_three_or_four_and_differ() {
    for role in Role::ALL {
        for app in APPS {
            let places = Route::places_of(role, app);
            assert!((3..=4).contains(&places.len()), "{role:?} in {app:?}");
            for (index, place) in places.iter().enumerate() {
                assert!(!places[..index].contains(place), "{place:?} twice for {role:?}");
            }
        }
    }
}

#[test]
fn settings_are_the_last_place_of_every_role() {
    for role in Role::ALL {
        for app in APPS {
            assert_eq!(Route::places_of(role, app).last(), Some(&Route::Settings), "{role:?}");
        }
    }
}

#[test]
fn first_screen_in_the_own_app_of_a_role_is_one_of_its_places() {
    for role in Role::ALL {
        for is_wide in [false, true] {
            let app = App::of_role(role, is_wide);
            let home = Route::home_of(role, app);
            assert!(Route::places_of(role, app).contains(&home), "{role:?} in {app:?}: {home:?}");
        }
    }
}

#[test]
fn capture_is_a_place_of_exactly_those_who_may_report() {
    for role in Role::ALL {
        for app in APPS {
            let has_capture = Route::places_of(role, app).contains(&Route::Capture);
            assert_eq!(has_capture, role.may(Act::Report), "{role:?} in {app:?}");
        }
    }
}

#[test]
fn app_of_a_role_follows_the_screen_for_unit_leads_only() {
    for (role, on_phone, on_wide_screen) in [
        (Role::Inspector, App::Field, App::Field),
        (Role::Handler, App::Field, App::Field),
        (Role::UnitLead, App::Field, App::Desk),
        (Role::Reviewer, App::Desk, App::Desk),
        (Role::PatchLeader, App::Desk, App::Desk),
        (Role::Discipline, App::Desk, App::Desk),
        (Role::Administrator, App::Desk, App::Desk),
        (Role::City, App::Desk, App::Desk),
    ] {
        assert_eq!(App::of_role(role, false), on_phone, "{role:?}");
        assert_eq!(App::of_role(role, true), on_wide_screen, "{role:?}");
    }
}

#[test]
fn base_of_each_app_is_its_name_as_a_path() {
    for app in APPS {
        assert_eq!(app.base(), format!("/{}", app.name()));
    }
}

#[test]
fn way_back_is_offered_on_screens_opened_from_others_only() {
    for (route, has_back) in [
        (Route::Case(case()), true),
        (Route::Sync, true),
        (Route::Devices, true),
        (Route::Jobs, true),
        (Route::SignIn, true),
        (Route::Home, false),
        (Route::Capture, false),
        (Route::Records, false),
        (Route::Tasks, false),
        (Route::Board, false),
        (Route::Settings, false),
        (Route::NotFound, false),
    ] {
        assert_eq!(route.has_back(), has_back, "{route:?}");
    }
}
