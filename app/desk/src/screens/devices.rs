//! For headquarters: which devices owe something and what could not be taken, so that
//! somebody can be asked today and not when the case is missed.

use domain::{
    DeviceTime,
    sync::{DeviceReport, Devices as Found, Doubled, Owed, Quarantined},
};
use leptos::{prelude::*, task::spawn_local};

use app_shared::{
    components::{
        case_text,
        empty::EmptyState,
        icon::{self, Icon},
        message::{Message, Tone},
        skeleton::SkeletonRows,
    },
    model::{Model, Trouble},
    route::{Route, Router, follow},
    text::words,
};

#[component]
pub fn Devices() -> impl IntoView {
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
    let list = move || {
        match found.get() {
        None => view! { <SkeletonRows count=4 /> }.into_any(),
        Some(Err(trouble)) => view! {
            <Message tone=Tone::Bad text=words.trouble(&trouble) hook="devices-trouble">
                <button type="button" class="btn" on:click=move |_| ask()>
                    {words.retry}
                </button>
            </Message>
        }.into_any(),
        Some(Ok(found)) if found.devices.is_empty() => {
            view! { <EmptyState icon=icon::SMARTPHONE title=words.no_devices() text=words.no_devices_text() /> }.into_any()
        }
        Some(Ok(found)) => {
            // What wants somebody first; inside that, as the server sorts them.
            let mut devices = found.devices;
            devices.sort_by_key(is_quiet);
            let rows = devices
                .into_iter()
                .map(|report| view! { <DeviceBlock report /> })
                .collect_view();
            view! { <ul class="stack">{rows}</ul> }.into_any()
        }
    }
    };
    view! {
        <div class="page stack-l" data-test="devices">
            <p>{words.devices_text()}</p>
            {list}
        </div>
    }
}

#[component]
fn DeviceBlock(report: DeviceReport) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let quiet = is_quiet(&report);
    let seen = report.last_seen;
    let owed = report.owed.iter().map(|owed| view! { <OwedLine owed=*owed /> }).collect_view();
    let aside = report
        .quarantined
        .iter()
        .map(|aside| view! { <SetAside aside=aside.clone() /> })
        .collect_view();
    view! {
        <li class="block stack" data-test="device" data-device=report.device.to_string()>
            <p class="strong">{report.name} " (" {report.user.to_string()} ")"</p>
            <p class="s quiet">
                {move || { words.device_seen(&words.ago(seen, model.now.get()), &report.client) }}
            </p>
            {quiet
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

/// Nobody has to do anything about it.
const fn is_quiet(report: &DeviceReport) -> bool {
    report.owed.is_empty() && report.quarantined.is_empty() && report.doubled.is_empty()
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
