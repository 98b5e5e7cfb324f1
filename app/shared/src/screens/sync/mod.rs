//! The truth about sync: what is on this phone, what is being sent, when the next try
//! is, what the server signed for.

mod ready;
mod receipts;
pub mod state;
pub mod waiting;

use domain::access::Role;
use leptos::prelude::*;

use self::{
    ready::ReadyBlock,
    receipts::Receipts,
    state::{Dot, summary},
    waiting::Waiting,
};
use crate::{
    components::{
        icon::{self, Icon},
        link::RouteLink,
        message::{Message, Tone},
        receiving::ReceivingNote,
        rescue::RescueFile,
    },
    model::{Link, Model},
    route::Route,
    text::words,
};

#[component]
pub fn SyncScreen() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let summary = summary();
    let photos_in_need = move || model.status.with(|status| status.photos_in_need);
    let sentence = move || summary.get().sentence(words, photos_in_need());
    let others = move || model.status.with(|status| status.of_others);
    view! {
        <div class="page stack-l">
            <section class="stack" aria-labelledby="sync-now">
                <h2 class="truth" id="sync-now">
                    <Dot summary />
                    {move || summary.get().word(words)}
                </h2>
                <p>{sentence}</p>
                <Times />
                <button
                    type="button"
                    class="btn btn-main btn-wide"
                    data-test="sync-now"
                    on:click=move |_| model.sync_now()
                >
                    <Icon icon=icon::SEND />
                    {words.send_now}
                </button>
            </section>
            <Figures />
            <ReceivingNote />
            <Show when={move || others() > 0}>
                <div data-test="sync-others">
                    <Message
                        tone=Tone::Plain
                        text=format!(
                            "{}: {}. {}",
                            words.others_waiting,
                            words.others_count(others()),
                            words.others_text,
                        )
                        hook="message"
                    />
                </div>
            </Show>
            <Elsewhere />
            <Waiting />
            <Receipts />
            <ReadyBlock />
            <RescueFile can_import=true />
        </div>
    }
}

/// What the role sees besides: what every device owes, what the server has still to do.
#[component]
fn Elsewhere() -> impl IntoView {
    let words = words();
    let role = Model::here().profile.with_untracked(|it| it.as_ref().map(|it| it.actor.role));
    let link = match role? {
        Role::Reviewer => view! {
            <RouteLink to=Route::Devices class="btn btn-wide" hook="open-devices">
                <Icon icon=icon::SMARTPHONE />
                {words.devices()}
            </RouteLink>
        }
        .into_any(),
        Role::Administrator => view! {
            <RouteLink to=Route::Jobs class="btn btn-wide" hook="open-jobs">
                <Icon icon=icon::SETTINGS />
                {words.jobs()}
            </RouteLink>
        }
        .into_any(),
        Role::Inspector
        | Role::Handler
        | Role::UnitLead
        | Role::PatchLeader
        | Role::Discipline
        | Role::City => return None,
    };
    Some(link)
}

/// When the server last answered, why not since, and when the next try is.
#[component]
fn Times() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let last = move || {
        let now = model.now.get();
        model.status.with(|status| {
            status.last_answer.map_or_else(|| words.never.into(), |at| words.ago(at, now))
        })
    };
    let unreachable = move || {
        let now = model.now.get();
        model.status.with(|status| match &status.link {
            Link::Unreachable { next_try, why, .. } => {
                Some((words.failure(why), next_try.map(|at| words.soon(at, now))))
            }
            _ => None,
        })
    };
    view! {
        <dl class="facts-list">
            <dt>{words.last_contact}</dt>
            <dd>{last}</dd>
            {move || {
                unreachable()
                    .map(|(why, next)| {
                        view! {
                            <dt>{words.why_not}</dt>
                            <dd>{why}</dd>
                            <dt>{words.next_try}</dt>
                            <dd data-test="sync-next">
                                {next.unwrap_or_else(|| words.with_network.into())}
                            </dd>
                        }
                    })
            }}
        </dl>
    }
}

#[component]
fn Figures() -> impl IntoView {
    let words = words();
    let status = Model::here().status;
    view! {
        <section aria-label=words.on_phone>
            <div class="figures">
                <p class="figure" data-test="sync-operations">
                    <b>{move || status.with(|it| it.operations_here)}</b>
                    <span>{words.operations_waiting}</span>
                </p>
                <p class="figure" data-test="sync-photos">
                    <b>{move || status.with(|it| it.photos_here)}</b>
                    <span>{words.photos_waiting}</span>
                </p>
                <p class="figure">
                    <b>{move || words.bytes(status.with(|it| it.bytes_here))}</b>
                    <span>{words.on_phone}</span>
                </p>
            </div>
            {move || {
                status
                    .with(|it| {
                        (it.held_photos > 0).then(|| words.waits_for_backup(it.held_photos, it.held_bytes))
                    })
                    .map(|text| {
                        view! {
                            <p class="s quiet" data-test="sync-held">
                                {text}
                            </p>
                        }
                    })
            }}
            {move || {
                status
                    .with(|it| it.photo_sending)
                    .map(|it| {
                        view! {
                            <p class="s quiet" role="status">
                                {words.photos}
                                ": "
                                {words.progress(it.sent, it.of)}
                            </p>
                        }
                    })
            }}
        </section>
    }
}
