//! Under a record: what is wrong with it and the ways out, or its receipt.

use std::sync::Arc;

use leptos::{either::Either, prelude::*, task::spawn_local};

use super::problem::{Problem, WayOut, problems, ways_out};
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
pub fn RecordProblems(record: Arc<Record>) -> impl IntoView {
    // The ways out stand once, under what is said first.
    let shown = problems(&record, words()).into_iter().enumerate().map(|(index, problem)| {
        let Problem { tone, text, hook } = problem;
        if index == 0 {
            let record = record.clone();
            Either::Left(view! {
                <Message tone text hook>
                    <WaysOut record />
                </Message>
            })
        } else {
            Either::Right(view! { <Message tone text hook /> })
        }
    });
    shown.collect_view()
}

#[component]
pub fn RecordReceipt(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let OperationState::Arrived { receipt: Some(receipt) } = record.operation.clone() else {
        return None;
    };
    Some(view! {
        <details>
            <summary data-test="receipt-open">
                <Icon icon=icon::SHIELD_CHECK small=true />
                <span class="s">{words.receipt}</span>
            </summary>
            <ReceiptDetails title=words.receipt_of receipt open=true />
        </details>
    })
}

#[component]
fn WaysOut(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let router = Router::here();
    let model = Model::here();
    let case = record.case;
    let is_another_open = RwSignal::new(false);
    let open_case = move || {
        let route = Route::Case(case);
        view! {
            <a class="btn" href=router.path(route) on:click=follow(router, route)>
                {words.open_case}
            </a>
        }
        .into_any()
    };
    let report_again = {
        let record = record.clone();
        move |_| {
            let record = record.clone();
            spawn_local(async move {
                match model.draft_again(&record).await {
                    Again::IsTheDraft => router.go(Route::Capture),
                    Again::AnotherIsOpen => drop(is_another_open.try_set(true)),
                }
            });
        }
    };
    let acknowledge = move |_| {
        spawn_local(async move {
            // Not kept now: it goes on asking.
            let _asked_again = model.acknowledge_report(case).await;
        });
    };
    let button = |way_out: WayOut| match way_out {
        WayOut::OpenCase => open_case(),
        WayOut::ReportAgain => view! {
            <button
                type="button"
                class="btn"
                data-test="record-again"
                on:click=report_again.clone()
            >
                {words.draft_again()}
            </button>
        }
        .into_any(),
        WayOut::Acknowledge => view! {
            <button type="button" class="btn" data-test="record-settle" on:click=acknowledge>
                {words.understood()}
            </button>
        }
        .into_any(),
    };
    view! {
        {ways_out(&record).into_iter().map(button).collect_view()}
        <Show when=move || is_another_open.get()>
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
