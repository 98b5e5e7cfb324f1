//! The last receipts of own reports: the server's signed word.

use crate::{
    components::{
        case_text,
        markup::{IntoView, View, el},
    },
    model::{Model, OperationState},
    screens::records::receipt::receipt_view,
    text::words,
};

const MOST: usize = 10;

pub fn receipts() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let list = move || {
        let district = model.district.get();
        let found: Vec<_> = model.records.with(|records| {
            records
                .iter()
                .filter_map(|record| match &record.operation {
                    OperationState::Arrived { receipt: Some(receipt) } => {
                        let kind = case_text::kind_of(&record.report, district.as_deref(), words);
                        Some((kind, receipt.clone()))
                    }
                    _ => None,
                })
                .take(MOST)
                .collect()
        });
        if found.is_empty() {
            return el("p").class("quiet").child(words.no_receipts).into_view();
        }
        found
            .into_iter()
            .map(|(title, receipt)| receipt_view(title, receipt, false))
            .collect::<View>()
            .into_view()
    };
    el("section").class("block").child(el("h2").child(words.receipts)).child(list)
}
