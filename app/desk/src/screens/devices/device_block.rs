//! One device: who used it, when it was heard last, and what it owes.

use domain::{
    DeviceTime,
    sync::{DeviceReport, Doubled, Owed, Quarantined},
};
use leptos::prelude::*;

use super::answer::is_quiet;
use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    model::Model,
    route::{Route, Router, follow},
    text::words,
};

#[component]
pub fn DeviceBlock(report: DeviceReport) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let is_quiet = is_quiet(&report);
    let seen = report.last_seen;
    let owed = report.owed.iter().map(|owed| view! { <OwedLine owed=*owed /> }).collect_view();
    let aside = report
        .quarantined
        .iter()
        .map(|aside| view! { <SetAside aside=aside.clone() /> })
        .collect_view();
    view! {
        <li class="block stack" data-test="device" data-device=report.device.to_string()>
            <p class="strong">{words.person_name(&report.name).into_owned()} " (" {report.user.to_string()} ")"</p>
            <p class="s quiet">
                {move || { words.device_seen(&words.ago(seen, model.now.get()), &report.client) }}
            </p>
            {is_quiet
                .then(|| {
                    view! {
                        <p class="hint-line">
                            <Icon icon=icon::CIRCLE_CHECK />
                            {words.nothing_owed()}
                        </p>
                    }
                })}
            <Twins doubled=report.doubled />
            {owed}
            {aside}
        </li>
    }
}

/// Two phones that say they are one.
#[component]
fn Twins(doubled: Vec<Doubled>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let since = doubled.iter().map(|it| it.since).min()?;
    let numbers: Vec<u64> = doubled.iter().map(|it| it.sequence).collect();
    let text = move || words.doubled(&numbers, &words.when(since, model.now.get(), offset));
    Some(view! {
        <p class="hint-line" data-test="doubled">
            <Icon icon=icon::TRIANGLE_ALERT />
            <span>{text}</span>
        </p>
    })
}

#[component]
fn OwedLine(owed: Owed) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let text = move || {
        let when = |done: DeviceTime| words.when(done.claimed, model.now.get(), offset);
        words.owed(owed.gap.from, owed.gap.until, owed.after.map(when), owed.before.map(when))
    };
    view! {
        <p class="hint-line" data-test="owed">
            <Icon icon=icon::TRIANGLE_ALERT />
            <span>{text}</span>
        </p>
    }
}

#[component]
fn SetAside(aside: Quarantined) -> impl IntoView {
    let words = words();
    let router = Router::here();
    let case = aside.case.map(|case| {
        let route = Route::Case(case);
        view! {
            <a href=router.path(route) on:click=follow(router, route)>
                {words.open_case}
            </a>
        }
    });
    view! {
        <p class="hint-line" data-test="quarantined">
            <Icon icon=icon::TRIANGLE_ALERT />
            <span>
                {aside.sequence.map(|sequence| format!("#{sequence} · "))}
                {words.quarantine_for_headquarters(aside.reason)} " " {case}
            </span>
        </p>
    }
}
