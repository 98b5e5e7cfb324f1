//! The truth about sync: what is on this phone, what is being sent, when the next try
//! is, what the server signed for.

mod ready;
mod receipts;
pub mod state;
pub mod waiting;

use domain::access::Role;
use leptos::ev;

use self::{
    ready::ready_block,
    receipts::receipts,
    state::{Standing, dot, standing},
    waiting::waiting,
};
use crate::{
    components::{
        icon::Icon,
        markup::{IntoView, button, el, show, views},
        message::{Tone, message},
        rescue::rescue_block,
    },
    model::{Link, Model},
    route::{Route, Router, follow},
    text::words,
};

pub fn sync() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let standing = standing();
    let said = move || match standing.get() {
        Standing::Paused => words.sign_in_needed,
        Standing::Attention(all) if model.status.with(|it| it.photos_in_need == all) => {
            words.photos_in_need()
        }
        Standing::Attention(_) => words.sync_attention_text,
        Standing::Offline(_) => words.sync_offline_text,
        Standing::Waiting(_) | Standing::Sending(_) => words.sync_waiting_text,
        Standing::Done => words.sync_done_text,
        Standing::Starting => words.loading,
    };
    let others = move || model.status.with(|status| status.of_others);
    el("div")
        .class("page stack-l")
        .child(
            el("section")
                .class("stack")
                .attr("aria-labelledby", "sync-now")
                .child(
                    el("h2")
                        .class("truth")
                        .attr("id", "sync-now")
                        .child(dot(standing))
                        .child(move || standing.get().word(words)),
                )
                .child(el("p").child(said))
                .child(times())
                .child(
                    button("btn btn-main btn-wide")
                        .hook("sync-now")
                        .on(ev::click, move |_| model.sync_now())
                        .child(Icon::Send)
                        .child(words.send_now),
                ),
        )
        .child(figures())
        .child(show(
            move || others() > 0,
            move || {
                el("div").hook("sync-others").child(message(
                    Tone::Plain,
                    format!(
                        "{}: {}. {}",
                        words.others_waiting,
                        words.others_count(others()),
                        words.others_text
                    ),
                    "message",
                    (),
                ))
            },
        ))
        .child(headquarters())
        .child(waiting())
        .child(receipts())
        .child(ready_block())
        .child(rescue_block(true))
}

/// Where headquarters sees what every device owes.
fn headquarters() -> impl IntoView {
    let words = words();
    let is_reviewer = Model::here()
        .profile
        .with_untracked(|it| it.as_ref().is_some_and(|it| it.actor.role == Role::Reviewer));
    is_reviewer.then(|| {
        el("a")
            .class("btn btn-wide")
            .attr("href", "/devices")
            .hook("open-devices")
            .on(ev::click, follow(Router::here(), Route::Devices))
            .child(Icon::Smartphone)
            .child(words.devices())
    })
}

/// When the server last answered, why not since, and when the next try is.
fn times() -> impl IntoView {
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
    el("dl")
        .class("facts-list")
        .child(el("dt").child(words.last_contact))
        .child(el("dd").child(last))
        .child(move || {
            unreachable().map(|(why, next)| {
                views![
                    el("dt").child(words.why_not),
                    el("dd").child(why),
                    el("dt").child(words.next_try),
                    el("dd")
                        .hook("sync-next")
                        .child(next.unwrap_or_else(|| words.with_network.into()))
                ]
            })
        })
}

fn figures() -> impl IntoView {
    let words = words();
    let status = Model::here().status;
    el("section")
        .attr("aria-label", words.on_phone)
        .child(
            el("div")
                .class("figures")
                .child(
                    el("p")
                        .class("figure")
                        .hook("sync-operations")
                        .child(el("b").child(move || status.with(|it| it.operations_here)))
                        .child(el("span").child(words.operations_waiting)),
                )
                .child(
                    el("p")
                        .class("figure")
                        .hook("sync-photos")
                        .child(el("b").child(move || status.with(|it| it.photos_here)))
                        .child(el("span").child(words.photos_waiting)),
                )
                .child(
                    el("p")
                        .class("figure")
                        .child(el("b").child(move || words.bytes(status.with(|it| it.bytes_here))))
                        .child(el("span").child(words.on_phone)),
                ),
        )
        .child(move || {
            status
                .with(|it| (it.held_photos > 0).then(|| words.held(it.held_photos, it.held_bytes)))
                .map(|text| el("p").class("s quiet").hook("sync-held").child(text))
        })
        .child(move || {
            status.with(|it| it.photo_sending).map(|it| {
                el("p")
                    .class("s quiet")
                    .attr("role", "status")
                    .child(words.photos)
                    .child(": ")
                    .child(words.progress(it.sent, it.of))
            })
        })
}
