//! Signing in: once with a network, then the phone works without.

use domain::Lang;
use leptos::{ev, prelude::*, task::spawn_local};

use super::wiped::wiped_note;
use crate::{
    components::{
        dom,
        guidance::guidance,
        icon::Icon,
        markup::{IntoView, View, button, el},
        message::{Tone, message},
        rescue::rescue_block,
    },
    model::{Model, Trouble},
    route::{Route, Router},
    text::{Words, words},
};

/// `again`: the session has ended while the app stays open; nothing is lost.
pub fn sign_in(again: bool) -> impl IntoView {
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
                Ok(()) if again => router.replace(Route::Home),
                Ok(()) => {}
                Err(trouble) => {
                    let _gone = error.try_set(Some(sentence(&trouble, words)));
                }
            }
        });
    };
    // Of whomever: what waits here gets out even when nobody can sign in any more.
    let holds_something =
        model.status.with_untracked(|status| !status.is_all_there() || status.of_others > 0);
    let rescue = holds_something.then(|| rescue_block(false));
    let body = el("div")
        .class("middle")
        .child(
            el("div")
                .class("brand")
                .child(mark())
                .child(el("div").child(el("h1").child(words.app_name))),
        )
        .child(el("p").child(if again { words.sign_in_needed } else { words.what_this_is }))
        .child(
            el("form")
                .on(ev::submit, submit)
                .child(
                    el("div")
                        .class("field")
                        .child(el("label").attr("for", "user").child(words.user))
                        .child(
                            el("input")
                                .attr("id", "user")
                                .attr("name", "username")
                                .hook("sign-in-user")
                                .attr("autocomplete", "username")
                                .attr("autocapitalize", "none")
                                .attr("spellcheck", "false")
                                .prop("value", user)
                                .on(ev::input, move |event| user.set(dom::value_of(&event))),
                        ),
                )
                .child(password_field(password))
                .child(el("div").attr("aria-live", "assertive").child(move || {
                    error.get().map(|text| message(Tone::Bad, text, "sign-in-error", ()))
                }))
                .child(
                    el("button")
                        .attr("type", "submit")
                        .class("btn btn-main btn-wide btn-tall")
                        .hook("sign-in-submit")
                        .attr("aria-disabled", move || busy.get().to_string())
                        .child(move || if busy.get() { words.signing_in } else { words.sign_in }),
                ),
        );
    if again {
        el("div").class("sign-in inside").child(body).child(rescue).into_view()
    } else {
        el("main")
            .class("sign-in")
            .attr("id", "main")
            .child(wiped_note())
            .child(el("div").class("over").child(guidance(false)))
            .child(body)
            .child(rescue)
            .child(tongues())
            .into_view()
    }
}

fn password_field(password: RwSignal<String>) -> impl IntoView {
    let words = words();
    let shown = RwSignal::new(false);
    el("div").class("field").child(el("label").attr("for", "password").child(words.password)).child(
        el("div")
            .class("with-button")
            .child(
                el("input")
                    .attr("id", "password")
                    .attr("name", "password")
                    .hook("sign-in-password")
                    .attr("type", move || if shown.get() { "text" } else { "password" })
                    .attr("autocomplete", "current-password")
                    .prop("value", password)
                    .on(ev::input, move |event| password.set(dom::value_of(&event))),
            )
            .child(
                button("btn btn-icon")
                    .attr("aria-label", words.show_password)
                    .attr("aria-pressed", move || shown.get().to_string())
                    .on(ev::click, move |_| shown.update(|shown| *shown = !*shown))
                    .child(Icon::Eye),
            ),
    )
}

/// The mark of the product, as on its icon.
fn mark() -> impl IntoView {
    el("svg").attr("viewBox", "0 0 512 512").attr("aria-hidden", "true").source(r##"<rect width="512" height="512" rx="112" fill="#0b5c66"/><path d="M256 92c-77 0-138 60-138 136 0 98 138 192 138 192s138-94 138-192c0-76-61-136-138-136z" fill="#f7f8f8"/><path d="M192 232l46 46 84-92" fill="none" stroke="#0b5c66" stroke-width="36" stroke-linecap="round" stroke-linejoin="round"/>"##)
}

/// Languages under their own names, so that one can be found without knowing another.
pub fn tongues() -> impl IntoView {
    let chosen = Model::here().preferences.lang;
    let all = Lang::ALL
        .into_iter()
        .map(|lang| {
            let (name, hook) = match lang {
                Lang::Hans => ("简体中文", "lang-zh-Hans"),
                Lang::Hant => ("繁體中文", "lang-zh-Hant"),
                Lang::En => ("English", "lang-en"),
            };
            button("chip")
                .attr("lang", lang.tag())
                .hook(hook)
                .attr("aria-pressed", move || (chosen.get() == lang).to_string())
                .on(ev::click, move |_| chosen.set(lang))
                .child(name)
        })
        .collect::<View>();
    el("div").class("tongues").attr("role", "group").attr("aria-label", words().language).child(all)
}

fn sentence(trouble: &Trouble, words: Words) -> String {
    match trouble {
        Trouble::Unreachable => words.no_network_sign_in.into(),
        other => words.trouble(other),
    }
}
