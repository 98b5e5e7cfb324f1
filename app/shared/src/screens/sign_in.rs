//! Signing in: once with a network, then the phone works without.

use domain::Lang;
use leptos::{ev, prelude::*, task::spawn_local};

use super::wiped::StoreWipedNote;
use crate::{
    components::{
        dom,
        guidance::Guidance,
        icon::{self, Icon},
        message::{Message, Tone},
        rescue::RescueFile,
    },
    model::{AppError, Model},
    route::{App, Route, Router},
    text::{Words, words},
};

/// `again`: the session has ended while the app stays open; nothing is lost.
#[component]
pub fn SignIn(again: bool) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let user =
        RwSignal::new(model.profile.with_untracked(|it| {
            it.as_ref().map_or(String::new(), |it| it.actor.user.to_string())
        }));
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (name, secret) = (user.get_untracked(), password.get_untracked());
        if name.trim().is_empty() || secret.is_empty() {
            error.set(Some(words.fill_both.into()));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = model.sign_in(name.trim(), &secret).await;
            // The screen may be gone by now: signing in replaces it.
            let _gone = busy.try_set(false);
            match answer {
                Ok(()) => go_to_own_entry_point(model, router, again),
                Err(why) => {
                    let _gone = error.try_set(Some(sentence(&why, words)));
                }
            }
        });
    };
    // Of whomever: what waits here gets out even when nobody can sign in any more.
    let holds_something =
        model.status.with_untracked(|status| !status.is_all_there() || status.of_others > 0);
    let rescue = holds_something.then(|| view! { <RescueFile can_import=false /> });
    let body = view! {
        <div class="middle">
            <div class="brand">
                <Mark />
                <div>
                    <h1>{words.app_name}</h1>
                </div>
            </div>
            <p>{if again { words.sign_in_needed } else { words.what_this_is }}</p>
            <form on:submit=submit>
                <div class="field">
                    <label for="user">{words.user}</label>
                    <input
                        id="user"
                        name="username"
                        data-test="sign-in-user"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        prop:value=user
                        on:input=move |event| user.set(dom::value_of(&event))
                    />
                </div>
                <PasswordField password />
                <div aria-live="assertive">
                    {move || {
                        error
                            .get()
                            .map(|text| {
                                view! { <Message tone=Tone::Bad text hook="sign-in-error" /> }
                            })
                    }}
                </div>
                <button
                    type="submit"
                    class="btn btn-main btn-wide btn-tall"
                    data-test="sign-in-submit"
                    aria-disabled=move || busy.get().to_string()
                >
                    {move || if busy.get() { words.signing_in } else { words.sign_in }}
                </button>
            </form>
        </div>
    };
    if again {
        view! { <div class="sign-in inside">{body} {rescue}</div> }.into_any()
    } else {
        view! {
            <main class="sign-in" id="main">
                <StoreWipedNote />
                <div class="over">
                    <Guidance offers_install=false />
                </div>
                {body}
                {rescue}
                <LanguageChoice />
            </main>
        }
        .into_any()
    }
}

#[component]
fn PasswordField(password: RwSignal<String>) -> impl IntoView {
    let words = words();
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for="password">{words.password}</label>
            <div class="with-button">
                <input
                    id="password"
                    name="password"
                    data-test="sign-in-password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="current-password"
                    prop:value=password
                    on:input=move |event| password.set(dom::value_of(&event))
                />
                <button
                    type="button"
                    class="btn btn-icon"
                    aria-label=words.show_password
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon icon=icon::EYE />
                </button>
            </div>
        </div>
    }
}

/// The mark of the product, as on its icon.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg
            viewBox="0 0 512 512"
            aria-hidden="true"
            inner_html=r##"<rect width="512" height="512" rx="112" fill="#0b5c66"/><path d="M256 92c-77 0-138 60-138 136 0 98 138 192 138 192s138-94 138-192c0-76-61-136-138-136z" fill="#f7f8f8"/><path d="M192 232l46 46 84-92" fill="none" stroke="#0b5c66" stroke-width="36" stroke-linecap="round" stroke-linejoin="round"/>"##
        ></svg>
    }
}

/// Languages under their own names, so that one can be found without knowing another.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let chosen = Model::here().preferences.lang;
    let all = Lang::ALL
        .into_iter()
        .map(|lang| {
            let (name, hook) = match lang {
                Lang::Hans => ("简体中文", "lang-zh-Hans"),
                Lang::Hant => ("繁體中文", "lang-zh-Hant"),
                Lang::En => ("English", "lang-en"),
            };
            view! {
                <button
                    type="button"
                    class="chip"
                    lang=lang.tag()
                    data-test=hook
                    aria-pressed=move || (chosen.get() == lang).to_string()
                    on:click=move |_| chosen.set(lang)
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tongues" role="group" aria-label=words().language>
            {all}
        </div>
    }
}

/// Everybody comes to the entry point of their role. Who signed in again stays where they are.
fn go_to_own_entry_point(model: Model, router: Router, again: bool) {
    if again {
        router.replace(Route::Home);
        return;
    }
    let role = model.profile.with_untracked(|it| it.as_ref().map(|it| it.actor.role));
    let Some(own) = role.map(|role| App::of_role(role, dom::is_wide())) else { return };
    if own != router.app {
        // The browser refuses only addresses that are none.
        let _loading = window().location().replace(&Route::Home.path(own));
    }
}

fn sentence(why: &AppError, words: Words) -> String {
    match why {
        AppError::Unreachable => words.no_network_sign_in.into(),
        other => words.error(other),
    }
}
