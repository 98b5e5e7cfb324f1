//! Under a record: what is wrong with it, and the ways out.
//!
//! Never: decides which; that is [`problem`](super::problem).

use std::sync::Arc;

use leptos::{either::Either, prelude::*, task::spawn_local};

use super::problem::{Problem, WayOut, problems, ways_out};
use app_shared::{
    components::{
        link::RouteLink,
        message::{Message, Tone},
    },
    model::{Again, Model, Record},
    route::{Route, Router},
    text::words,
};

#[component]
pub fn RecordProblems(record: Arc<Record>) -> impl IntoView {
    // The ways out are those of the record: they stand once, under the first problem.
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
fn WaysOut(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let router = Router::here();
    let model = Model::here();
    let case = record.case;
    let is_another_draft_open = RwSignal::new(false);
    let report_again = {
        let record = record.clone();
        move |_| {
            let record = record.clone();
            spawn_local(async move {
                match model.draft_again(&record).await {
                    Again::IsTheDraft => router.go(Route::Capture),
                    Again::AnotherIsOpen => {
                        // The list, and this signal with it, may have been left meanwhile.
                        let _gone = is_another_draft_open.try_set(true);
                    }
                }
            });
        }
    };
    let acknowledge = move |_| {
        spawn_local(async move {
            // Where it could not be stored, the row stays as it is and goes on asking.
            let _not_stored = model.acknowledge_report(case).await;
        });
    };
    let button = |way_out: WayOut| match way_out {
        WayOut::OpenCase => view! {
            <RouteLink to=Route::Case(case) class="btn">
                {words.open_case}
            </RouteLink>
        }
        .into_any(),
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
        WayOut::RescueFile => view! {
            <RouteLink to=Route::Sync class="btn" hook="record-rescue">
                {words.rescue_title()}
            </RouteLink>
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
        <Show when=move || is_another_draft_open.get()>
            <Message tone=Tone::Plain text=words.draft_in_the_way() hook="draft-in-the-way">
                <RouteLink to=Route::Capture class="btn" hook="draft-first">
                    {words.continue_report}
                </RouteLink>
            </Message>
        </Show>
    }
}
