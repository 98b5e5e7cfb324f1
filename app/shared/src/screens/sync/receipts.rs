//! The last receipts of own reports: the server's signed word.

use crate::{
    components::{case_text, receipt::ReceiptDetails},
    model::{Model, OperationState},
    text::words,
};
use leptos::prelude::*;

const MOST: usize = 10;

#[component]
pub fn Receipts() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let list = move || {
        let district = model.district.get();
        let found: Vec<_> = model.records.with(|records| {
            records
                .iter()
                .filter_map(|record| match &record.operation {
                    OperationState::Arrived { receipt: Some(receipt) } => {
                        let category =
                            case_text::category_of(&record.report, district.as_deref(), words);
                        Some((category, receipt.clone()))
                    }
                    _ => None,
                })
                .take(MOST)
                .collect()
        });
        if found.is_empty() {
            return view! { <p class="quiet">{words.no_receipts}</p> }.into_any();
        }
        found
            .into_iter()
            .map(|(title, receipt)| view! { <ReceiptDetails title receipt /> })
            .collect_view()
            .into_any()
    };
    view! {
        <section class="block">
            <h2>{words.receipts}</h2>
            {list}
        </section>
    }
}
