//! The link to the other entry point, for who has work in it.

use domain::access::Role;
use leptos::prelude::*;

use crate::{
    components::icon::{self, Icon},
    model::Model,
    route::{App, Route, Router},
    text::words,
};

#[component]
pub fn OtherApp() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let other = Memo::new(move |_| {
        let role = model.profile.with(|it| it.as_ref().map(|it| it.actor.role));
        linked_app(router.app, role)
    });
    move || {
        other.get().map(|app| {
            view! {
                <section class="block stack">
                    <h2>{words.other_app()}</h2>
                    <p class="s quiet">{words.app_text(app)}</p>
                    // A page of its own: the browser loads it.
                    <a class="btn btn-wide" href=Route::Home.path(app) data-test="other-app">
                        <Icon icon=icon::ARROW_RIGHT />
                        {words.app_of(app)}
                    </a>
                </section>
            }
        })
    }
}

/// The entry point that settings link to; none before a sign-in.
fn linked_app(here: App, role: Option<Role>) -> Option<App> {
    let other = here.other();
    role.filter(|role| other.has_work_for(*role)).map(|_| other)
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;
    use crate::text::Words;

    #[test]
    fn settings_link_to_the_other_app_exactly_where_the_role_has_work_in_it() {
        for (role, from_field, from_desk) in [
            (Role::Inspector, None, Some(App::Field)),
            (Role::Handler, None, Some(App::Field)),
            (Role::Reviewer, Some(App::Desk), Some(App::Field)),
            (Role::UnitLead, Some(App::Desk), Some(App::Field)),
            (Role::PatchLeader, Some(App::Desk), None),
            (Role::Discipline, Some(App::Desk), None),
            (Role::Administrator, Some(App::Desk), None),
            (Role::City, Some(App::Desk), None),
        ] {
            assert_eq!(linked_app(App::Field, Some(role)), from_field, "{role:?}");
            assert_eq!(linked_app(App::Desk, Some(role)), from_desk, "{role:?}");
        }
    }

    #[test]
    fn settings_link_to_no_other_app_before_a_sign_in() {
        for app in [App::Field, App::Desk] {
            assert_eq!(linked_app(app, None), None);
        }
    }

    #[test]
    fn app_has_work_for_a_role_exactly_where_its_home_is_more_than_the_state_of_sync() {
        for role in Role::ALL {
            for app in [App::Field, App::Desk] {
                let has_home = Route::home_of(role, app) != Route::Sync;
                assert_eq!(app.has_work_for(role), has_home, "{role:?} in {app:?}");
            }
        }
    }

    #[test]
    fn two_apps_have_two_names_and_two_texts_in_each_language() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            assert_ne!(words.app_of(App::Field), words.app_of(App::Desk));
            assert_ne!(words.app_text(App::Field), words.app_text(App::Desk));
        }
    }
}
