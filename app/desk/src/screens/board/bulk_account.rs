//! How far an act on many cases is, and in the end what was done and what was not, each with its
//! number and the reason.

use leptos::prelude::*;

use super::bulk::Bulk;
use app_shared::{
    components::{
        icon::{self, Icon},
        link::RouteLink,
        undo::{BulkAccount, BulkProgress, NotDone},
    },
    route::Route,
    text::words,
};

#[component]
pub fn BulkOutcome() -> impl IntoView {
    let bulk = Bulk::here();
    let progress = Memo::new(move |_| bulk.undoable.bulk_progress());
    let account = Memo::new(move |_| bulk.undoable.bulk_account());
    view! {
        <Show when=move || progress.with(Option::is_some)>
            <Saving progress />
        </Show>
        // There from the start, so that what comes into it is read out.
        <div role="status">
            {move || account.get().map(|account| view! { <Account account /> })}
        </div>
    }
}

#[component]
fn Saving(progress: Memo<Option<BulkProgress>>) -> impl IntoView {
    let words = words();
    let now = move || progress.get().unwrap_or(BulkProgress { dealt_with: 0, of: 0 });
    view! {
        <div class="bulk" data-test="bulk-progress">
            <label class="stack">
                <span class="s">
                    {move || {
                        let now = now();
                        words.bulk_progress(now.dealt_with, now.of)
                    }}
                </span>
                <progress
                    prop:max=move || now().of.to_string()
                    prop:value=move || now().dealt_with.to_string()
                ></progress>
            </label>
        </div>
    }
}

#[component]
fn Account(account: BulkAccount) -> impl IntoView {
    let words = words();
    let bulk = Bulk::here();
    let reasons = account
        .by_reason(words)
        .into_iter()
        .map(|(why, cases)| view! { <Reason why cases /> })
        .collect_view();
    let not_done = account.not_done.len();
    view! {
        <div class="bulk stack" data-test="bulk-account">
            <div class="line">
                <p class="grow">{(account.done > 0).then(|| words.bulk_done(account.done))}</p>
                <button
                    type="button"
                    class="btn btn-icon"
                    data-test="bulk-dismiss"
                    aria-label=words.close_panel
                    on:click=move |_| bulk.undoable.dismiss_account()
                >
                    <Icon icon=icon::X />
                </button>
            </div>
            {(not_done > 0).then(|| view! { <p>{words.bulk_not_done(not_done)}</p> })}
            <ul class="stack">{reasons}</ul>
        </div>
    }
}

/// A reason, and the cases that it stands in the way of.
#[component]
fn Reason(why: String, cases: Vec<NotDone>) -> impl IntoView {
    let words = words();
    let links = cases
        .into_iter()
        .map(|case| {
            let number = if case.number.is_empty() { words.open_case.into() } else { case.number };
            view! {
                <RouteLink to=Route::Case(case.id) class="link">
                    {number}
                </RouteLink>
            }
        })
        .collect_view();
    view! {
        <li data-test="not-done">
            <p class="s">{why}</p>
            <p class="numbers">{links}</p>
        </li>
    }
}
