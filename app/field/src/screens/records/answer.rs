//! Under a record: what is wrong with it and the ways out, or its receipt.

use std::sync::Arc;

use domain::sync::QuarantineReason;
use leptos::{ev, prelude::*, task::spawn_local};

use super::receipt::receipt_view;
use app_shared::{
    components::{
        icon::Icon,
        markup::{IntoView, button, el, show, views},
        message::{Tone, message},
    },
    model::{Again, Model, OperationState, Record},
    route::{Route, Router, follow},
    text::words,
};

pub fn answer(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let refusal = match &record.operation {
        OperationState::Refused { refusal, .. } => Some((Tone::Bad, refusal.sentence(words.lang))),
        OperationState::Quarantined { reason, .. } => {
            Some((Tone::Warn, words.quarantine(*reason).into()))
        }
        _ => None,
    };
    // Settled: the marks go on saying which photo it is.
    let harm = words.photos_of(&record).filter(|_| !record.acknowledged);
    let receipt = match &record.operation {
        OperationState::Arrived { receipt } => receipt.clone(),
        _ => None,
    };
    let is_refused = refusal.is_some();
    views![
        refusal.map(|(tone, text)| {
            let record = record.clone();
            message(tone, text, "record-refusal", ways_out(record))
        }),
        harm.map(|text| {
            let ways = (!is_refused).then(|| ways_out(record.clone()));
            message(Tone::Bad, text, "record-harm", ways)
        }),
        receipt.map(|receipt| {
            el("details")
                .child(
                    el("summary")
                        .hook("receipt-open")
                        .child(Icon::ShieldCheck.small())
                        .child(el("span").class("s").child(words.receipt)),
                )
                .child(receipt_view(words.receipt_of.into(), receipt, true))
        })
    ]
}

fn ways_out(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let router = Router::here();
    let model = Model::here();
    let (case, is_settled) = (record.case, record.acknowledged);
    let route = Route::Case(case);
    let in_the_way = RwSignal::new(false);
    let settle = move |_| {
        spawn_local(async move {
            // Not kept now: it goes on asking.
            let _asked_again = model.acknowledge_report(case).await;
        });
    };
    let again = {
        let record = record.clone();
        move |_| {
            let record = record.clone();
            spawn_local(async move {
                match model.draft_again(&record).await {
                    Again::IsTheDraft => router.go(Route::Capture),
                    Again::AnotherIsOpen => drop(in_the_way.try_set(true)),
                }
            });
        }
    };
    views![
        record.state.map(|_| {
            el("a")
                .class("btn")
                .attr("href", route.path())
                .on(ev::click, follow(router, route))
                .child(words.open_case)
        }),
        (!is_settled && may_be_done_again(&record)).then(|| {
            button("btn").hook("record-again").on(ev::click, again).child(words.draft_again())
        }),
        (!is_settled).then(|| {
            button("btn").hook("record-settle").on(ev::click, settle).child(words.understood())
        }),
        show(
            move || in_the_way.get(),
            move || message(
                Tone::Plain,
                words.draft_in_the_way(),
                "draft-in-the-way",
                el("a")
                    .class("btn")
                    .attr("href", Route::Capture.path())
                    .hook("draft-first")
                    .on(ev::click, follow(router, Route::Capture))
                    .child(words.continue_report)
            )
        )
    ]
}

/// What an older server could not read yet it will carry out after its update: another
/// one would then be there twice.
fn may_be_done_again(record: &Record) -> bool {
    !matches!(
        record.operation,
        OperationState::Quarantined { reason: QuarantineReason::NewerFormat, .. }
    )
}
