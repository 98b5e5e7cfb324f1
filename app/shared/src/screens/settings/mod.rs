//! Language, appearance, account, and what this is.

mod sign_out;

use leptos::{ev, prelude::*};

use self::sign_out::sign_out;
use super::sign_in::tongues;
use crate::{
    components::{
        chips::{Chip, chip_line},
        markup::{IntoView, el, views},
    },
    model::{Model, Theme},
    text::words,
};

pub fn settings() -> impl IntoView {
    let words = words();
    el("div")
        .class("page stack-l")
        .child(el("section").class("stack").child(el("h2").child(words.language)).child(tongues()))
        .child(appearance())
        .child(account())
        .child(about())
}

fn appearance() -> impl IntoView {
    let words = words();
    let preferences = Model::here().preferences;
    let chip = |value, code, word| Chip { value, code, word, count: None };
    let themes = vec![
        chip(Theme::System, "system", words.theme_system),
        chip(Theme::Light, "light", words.theme_light),
        chip(Theme::Dark, "dark", words.theme_dark),
    ];
    let glare = preferences.glare;
    el("section")
        .class("block stack")
        .child(el("h2").child(words.theme))
        .child(chip_line(words.theme, "theme", move || themes.clone(), preferences.theme))
        .child(
            el("label")
                .class("switch")
                .child(
                    el("input")
                        .attr("type", "checkbox")
                        .hook("glare")
                        .prop("checked", glare)
                        .on(ev::change, move |event| glare.set(event_target_checked(&event))),
                )
                .child(el("span").child(words.theme_glare_text)),
        )
}

fn account() -> impl IntoView {
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
            el("dl")
                .class("facts-list")
                .child(el("dt").child(words.user))
                .child(
                    el("dd")
                        .child(actor.name.to_string())
                        .child(" (")
                        .child(actor.user.to_string())
                        .child(")"),
                )
                .child(el("dt").child(words.role))
                .child(el("dd").child(words.role_of(actor.role)))
                .child(unit.map(|unit| views![el("dt").child(words.unit), el("dd").child(unit)]))
        })
    };
    el("section")
        .class("block stack")
        .child(el("h2").child(words.account))
        .child(who)
        .child(sign_out())
}

fn about() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let pack = move || {
        model.district.get().map(|district| {
            let pack = district.pack();
            el("dl")
                .class("facts-list")
                .child(el("dt").child(words.district))
                .child(el("dd").child(pack.names.get(words.lang).to_owned()))
                .child(el("dt").child(words.pack_version))
                .child(el("dd").child(pack.version.to_string()))
        })
    };
    el("section")
        .class("block stack")
        .child(el("h2").child(words.about))
        .child(pack)
        .child(el("p").child(words.about_text))
        .child(el("p").class("s quiet").child(words.icons_by))
}
