//! Cases that come page by page, on a phone that was just signed in or was away for long: how many
//! are here, so that a list is not taken for whole.

use leptos::prelude::*;

use crate::{model::Model, text::words};

#[component]
pub fn ReceivingNote() -> impl IntoView {
    let words = words();
    let status = Model::here().status;
    let received = Memo::new(move |_| status.with(|status| status.receiving));
    move || {
        received.get().map(|cases| {
            view! {
                <p class="s quiet" role="status" data-test="receiving">
                    {words.receiving_count(cases)}
                </p>
            }
        })
    }
}
