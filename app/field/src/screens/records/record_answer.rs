//! Under a record: what is wrong with it and the ways out, or its receipt.

use std::sync::Arc;

use domain::sync::QuarantineReason;
use leptos::{prelude::*, task::spawn_local};

use app_shared::{
    components::{
        icon::{self, Icon},
        message::{Message, Tone},
        receipt::ReceiptDetails,
    },
    model::{Again, Model, OperationState, Record},
    route::{Route, Router, follow},
    text::words,
};

#[component]
pub fn RecordAnswer(record: Arc<Record>) -> impl IntoView {
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
    view! {
        {refusal
            .map(|(tone, text)| {
                let record = record.clone();
                view! {
                    <Message tone text hook="record-refusal">
                        <WaysOut record />
                    </Message>
                }
            })}
        {harm
            .map(|text| {
                let ways = (!is_refused).then(|| view! { <WaysOut record=record.clone() /> });
                view! {
                    <Message tone=Tone::Bad text hook="record-harm">
                        {ways}
                    </Message>
                }
            })}
        {receipt
            .map(|receipt| {
                view! {
                    <details>
                        <summary data-test="receipt-open">
                            <Icon icon=icon::SHIELD_CHECK small=true />
                            <span class="s">{words.receipt}</span>
                        </summary>
                        <ReceiptDetails title=words.receipt_of receipt open=true />
                    </details>
                }
            })}
    }
}

#[component]
fn WaysOut(record: Arc<Record>) -> impl IntoView {
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
    view! {
        {record
            .state
            .map(|_| {
                view! {
                    <a class="btn" href=router.path(route) on:click=follow(router, route)>
                        {words.open_case}
                    </a>
                }
            })}
        {(!is_settled && may_be_done_again(&record))
            .then(|| {
                view! {
                    <button type="button" class="btn" data-test="record-again" on:click=again>
                        {words.draft_again()}
                    </button>
                }
            })}
        {(!is_settled)
            .then(|| {
                view! {
                    <button type="button" class="btn" data-test="record-settle" on:click=settle>
                        {words.understood()}
                    </button>
                }
            })}
        <Show when=move || in_the_way.get()>
            <Message tone=Tone::Plain text=words.draft_in_the_way() hook="draft-in-the-way">
                <a
                    class="btn"
                    href=router.path(Route::Capture)
                    data-test="draft-first"
                    on:click=follow(router, Route::Capture)
                >
                    {words.continue_report}
                </a>
            </Message>
        </Show>
    }
}

/// What an older server could not read yet it will carry out after its update: another
/// one would then be there twice.
fn may_be_done_again(record: &Record) -> bool {
    !matches!(
        record.operation,
        OperationState::Quarantined { reason: QuarantineReason::NewerFormat, .. }
    )
}
