//! Language, appearance, account, and what this is.

mod other_app;
mod sign_out;

use leptos::prelude::*;

use self::{other_app::OtherApp, sign_out::SignOut};
use super::sign_in::LanguageChoice;
use crate::{
    components::chips::{Chip, ChipRow},
    model::{Model, Theme},
    text::words,
};

#[component]
pub fn Settings() -> impl IntoView {
    let words = words();
    view! {
        <div class="page stack-l">
            <section class="stack">
                <h2>{words.language}</h2>
                <LanguageChoice />
            </section>
            <Appearance />
            <Account />
            <OtherApp />
            <About />
        </div>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let words = words();
    let preferences = Model::here().preferences;
    let chip = |value, code, word| Chip { value, code, word, count: None };
    let themes = vec![
        chip(Theme::System, "system", words.theme_system),
        chip(Theme::Light, "light", words.theme_light),
        chip(Theme::Dark, "dark", words.theme_dark),
    ];
    let glare = preferences.glare;
    view! {
        <section class="block stack">
            <h2>{words.theme}</h2>
            <ChipRow
                label=words.theme
                hook="theme"
                chips=Signal::derive(move || themes.clone())
                chosen=preferences.theme
            />
            <label class="switch">
                <input
                    type="checkbox"
                    data-test="glare"
                    prop:checked=glare
                    on:change=move |event| glare.set(event_target_checked(&event))
                />
                <span>{words.theme_glare_text}</span>
            </label>
        </section>
    }
}

#[component]
fn Account() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let who = move || {
        model.profile.get().map(|profile| {
            let actor = &profile.actor;
            let unit = actor.unit.as_ref().and_then(|code| {
                model.district.with(|district| {
                    let unit = district.as_ref()?.unit(code)?;
                    Some(unit.names.get(words.lang).to_owned())
                })
            });
            view! {
                <dl class="facts-list">
                    <dt>{words.user}</dt>
                    <dd>{words.person_name(&actor.name).into_owned()} " (" {actor.user.to_string()} ")"</dd>
                    <dt>{words.role}</dt>
                    <dd>{words.role_of(actor.role)}</dd>
                    {unit
                        .map(|unit| {
                            view! {
                                <dt>{words.unit}</dt>
                                <dd>{unit}</dd>
                            }
                        })}
                </dl>
            }
        })
    };
    view! {
        <section class="block stack">
            <h2>{words.account}</h2>
            {who}
            <SignOut />
        </section>
    }
}

#[component]
fn About() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let pack = move || {
        model.district.get().map(|district| {
            let pack = district.pack();
            view! {
                <dl class="facts-list">
                    <dt>{words.district}</dt>
                    <dd>{pack.names.get(words.lang).to_owned()}</dd>
                    <dt>{words.pack_version}</dt>
                    <dd>{pack.version.to_string()}</dd>
                </dl>
            }
        })
    };
    view! {
        <section class="block stack">
            <h2>{words.about}</h2>
            {pack}
            <p>{words.about_text}</p>
            <p class="s quiet">{words.icons_by}</p>
        </section>
    }
}
