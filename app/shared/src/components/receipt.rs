//! A receipt to read: what the server signed for, when, and the signature itself.

use leptos::prelude::*;
use std::sync::Arc;

use domain::evidence::{Receipt, ReceiptSubject};

use crate::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    model::Model,
    text::words,
};

/// Folded under `title`, or laid open.
#[component]
pub fn ReceiptDetails(
    #[prop(into)] title: String,
    receipt: Arc<Receipt>,
    #[prop(optional)] open: bool,
) -> impl IntoView {
    if open {
        return view! { <Facts receipt /> }.into_any();
    }
    view! {
        <details>
            <summary>
                <Icon icon=icon::SHIELD_CHECK small=true />
                <span class="grow cut">{title}</span>
            </summary>
            <Facts receipt />
        </details>
    }
    .into_any()
}

#[component]
fn Facts(receipt: Arc<Receipt>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let at = receipt.stated.at;
    let (of, digest, photos) = match &receipt.stated.subject {
        ReceiptSubject::Operation { id, digest, photos } => {
            (id.to_string(), Some(digest.to_string()), photos.clone())
        }
        ReceiptSubject::Photo { hash, .. } => (hash.to_string(), None, Vec::new()),
    };
    let photos =
        photos.iter().map(|hash| view! { <dd class="code">{hash.to_string()}</dd> }).collect_view();
    view! {
        <div class="stack" data-test="receipt">
            <p class="s">{words.receipt_text}</p>
            <dl class="facts-list">
                <dt>{words.receipt_at}</dt>
                <dd>{move || words.when(at, model.now.get(), offset)}</dd>
                <dt>{words.receipt_of}</dt>
                <dd class="code">{of}</dd>
                {digest
                    .map(|digest| {
                        view! {
                            <dt>{words.receipt_digest}</dt>
                            <dd class="code">{digest}</dd>
                        }
                    })}
                <dt>{words.photos}</dt>
                {photos}
                <dt>{words.receipt_signature}</dt>
                <dd class="code">{receipt.signature.clone()}</dd>
            </dl>
        </div>
    }
}
