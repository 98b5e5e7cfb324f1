//! One of my records: photo, category, place, state in words, a mark for each photo; below
//! it what is wrong with it, and its receipt.

use std::sync::Arc;

use domain::CaseId;
use leptos::prelude::*;

use super::{
    record_problems::RecordProblems,
    record_state::{state_code, state_text},
};
use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
        photo::Photo,
        photo_marks::PhotoMarks,
        receipt::ReceiptDetails,
    },
    model::{Model, OperationState, Record, Size},
    route::{Route, Router, follow},
    text::words,
};

#[component]
pub fn RecordRow(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let route = Route::Case(record.case);
    // The frame makes the screen anew when the pack comes.
    let district = model.district.get_untracked();
    let district = district.as_deref();
    let category = case_text::category_of(&record.report, district, words);
    let place = case_text::place_of(&record.place, district, words);
    let offset = case_text::offset_of(district);
    let captured = record.captured.claimed;
    // Both follow the time, which moves without the record: "3 min ago", "next try in 2 min".
    let when = move || words.when(captured, model.now.get(), offset);
    let state = {
        let record = record.clone();
        move || state_text(&record, words, model.now.get())
    };
    let (case, code) = (record.case, state_code(&record));
    let (number, photos) = (record.number.clone(), record.photos.clone());
    let photo = record.report.photos.first().map(|shot| {
        view! { <Photo hash=shot.hash size=Size::Thumb alt="" class="photo thumb" /> }
    });
    view! {
        <article
            class="record"
            data-test="record-row"
            data-case=case.to_string()
            data-state=code
        >
            <a
                class="row"
                id=link_id(case)
                href=router.path(route)
                on:click=follow(router, route)
            >
                {photo}
                <span class="title">
                    <span class="kind">{category}</span>
                    <time>{when}</time>
                </span>
                <span class="sub">{place}</span>
                <span class="facts">
                    <span class="strong">{state}</span>
                    <span class="quiet">{number}</span>
                </span>
            </a>
            <PhotoMarks photos />
            <RecordProblems record=record.clone() />
            <RecordReceipt record />
        </article>
    }
}

/// Of a report that the server carried out; one made on another device has its receipt there.
#[component]
fn RecordReceipt(record: Arc<Record>) -> impl IntoView {
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

/// The id of a row's link, to which the focus is moved.
pub fn link_id(case: CaseId) -> String {
    format!("record-{case}")
}
