//! For headquarters: which devices owe something and what could not be taken, so that
//! somebody can be asked today and not when the case is missed.

use domain::{
    DeviceTime,
    sync::{DeviceReport, Devices as Found, Doubled, Owed, Quarantined},
};
use leptos::{ev, prelude::*, task::spawn_local};

use app_shared::{
    components::{
        bones::bone_rows,
        case_text,
        empty::empty,
        icon::Icon,
        markup::{IntoView, View, button, el},
        message::{Tone, message},
        order::ordered,
    },
    model::{Model, Trouble},
    route::{Route, Router, follow},
    text::words,
};

pub fn devices() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let found = RwSignal::new(None::<Result<Found, Trouble>>);
    let ask = move || {
        found.set(None);
        spawn_local(async move {
            let answer = model.devices().await;
            // The screen may be gone by now.
            let _gone = found.try_set(Some(answer));
        });
    };
    ask();
    let list = move || match found.get() {
        None => bone_rows(4).into_view(),
        Some(Err(trouble)) => message(
            Tone::Bad,
            words.trouble(&trouble),
            "devices-trouble",
            button("btn").on(ev::click, move |_| ask()).child(words.retry),
        )
        .into_view(),
        Some(Ok(found)) if found.devices.is_empty() => {
            empty(Icon::Smartphone, words.no_devices(), words.no_devices_text(), ()).into_view()
        }
        Some(Ok(found)) => {
            // What wants somebody first; inside that, as the server sorts them.
            let rows = ordered(found.devices, |it| i64::from(is_quiet(it)))
                .into_iter()
                .map(device_block)
                .collect::<View>();
            el("ul").class("stack").child(rows).into_view()
        }
    };
    el("div")
        .class("page stack-l")
        .hook("devices")
        .child(el("p").child(words.devices_text()))
        .child(list)
}

fn device_block(report: DeviceReport) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let quiet = is_quiet(&report);
    let seen = report.last_seen;
    let owed = report.owed.iter().map(|owed| owed_line(*owed)).collect::<View>();
    let aside = report.quarantined.iter().map(|aside| set_aside(aside.clone())).collect::<View>();
    el("li")
        .class("block stack")
        .hook("device")
        .attr("data-device", report.device.to_string())
        .child(
            el("p")
                .class("strong")
                .child(report.name)
                .child(" (")
                .child(report.user.to_string())
                .child(")"),
        )
        .child(
            el("p").class("s quiet").child(move || {
                words.device_seen(&words.ago(seen, model.now.get()), &report.client)
            }),
        )
        .child(quiet.then(|| {
            el("p").class("hint-line").child(Icon::CircleCheck).child(words.nothing_owed())
        }))
        .child(twins(report.doubled))
        .child(owed)
        .child(aside)
}

/// Nobody has to do anything about it.
const fn is_quiet(report: &DeviceReport) -> bool {
    report.owed.is_empty() && report.quarantined.is_empty() && report.doubled.is_empty()
}

/// Two phones that say they are one.
fn twins(doubled: Vec<Doubled>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let since = doubled.iter().map(|it| it.since).min()?;
    let numbers: Vec<u64> = doubled.iter().map(|it| it.sequence).collect();
    let text = move || words.doubled(&numbers, &words.when(since, model.now.get(), offset));
    Some(
        el("p")
            .class("hint-line")
            .hook("doubled")
            .child(Icon::TriangleAlert)
            .child(el("span").child(text)),
    )
}

fn owed_line(owed: Owed) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let text = move || {
        let when = |done: DeviceTime| words.when(done.claimed, model.now.get(), offset);
        words.owed(owed.gap.from, owed.gap.until, owed.after.map(when), owed.before.map(when))
    };
    el("p").class("hint-line").hook("owed").child(Icon::TriangleAlert).child(el("span").child(text))
}

fn set_aside(aside: Quarantined) -> impl IntoView {
    let words = words();
    let case = aside.case.map(|case| {
        let route = Route::Case(case);
        el("a")
            .attr("href", route.path())
            .on(ev::click, follow(Router::here(), route))
            .child(words.open_case)
    });
    el("p").class("hint-line").hook("quarantined").child(Icon::TriangleAlert).child(
        el("span")
            .child(aside.sequence.map(|sequence| format!("#{sequence} · ")))
            .child(words.quarantine_for_headquarters(aside.reason))
            .child(" ")
            .child(case),
    )
}
