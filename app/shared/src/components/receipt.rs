//! A receipt to read: what the server signed for, when, and the signature itself.

use std::sync::Arc;

use domain::evidence::{Receipt, ReceiptSubject};
use leptos::prelude::*;

use super::{
    case_text,
    icon::{self, Icon},
};
use crate::{model::Model, text::words};

#[component]
pub fn ReceiptDetails(
    #[prop(into)] title: String,
    receipt: Arc<Receipt>,
    /// Laid open, without its title, where it is what a person came for.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    if open {
        return view! { <ReceiptFacts receipt/> }.into_any();
    }
    view! {
        <details>
            <summary>
                <Icon icon=icon::SHIELD_CHECK small=true/>
                <span class="grow cut">{title}</span>
            </summary>
            <ReceiptFacts receipt/>
        </details>
    }
    .into_any()
}

#[component]
fn ReceiptFacts(receipt: Arc<Receipt>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let at = receipt.stated.at;
    let Subject { of, digest, photos } = subject_of(&receipt);
    let digest = digest.map(|digest| {
        view! {
            <dt>{words.receipt_digest}</dt>
            <dd class="code">{digest}</dd>
        }
    });
    let photos = photos.into_iter().map(|hash| view! { <dd class="code">{hash}</dd> });
    view! {
        <div class="stack" data-test="receipt">
            <p class="s">{words.receipt_text}</p>
            <dl class="facts-list">
                <dt>{words.receipt_at}</dt>
                <dd>{move || words.when(at, model.now.get(), offset)}</dd>
                <dt>{words.receipt_of}</dt>
                <dd class="code">{of}</dd>
                {digest}
                <dt>{words.photos}</dt>
                {photos.collect_view()}
                <dt>{words.receipt_signature}</dt>
                <dd class="code">{receipt.signature.clone()}</dd>
            </dl>
        </div>
    }
}

/// What a receipt is about, as it is shown.
struct Subject {
    of: String,
    digest: Option<String>,
    photos: Vec<String>,
}

fn subject_of(receipt: &Receipt) -> Subject {
    match &receipt.stated.subject {
        ReceiptSubject::Operation { id, digest, photos } => Subject {
            of: id.to_string(),
            digest: Some(digest.to_string()),
            photos: photos.iter().map(ToString::to_string).collect(),
        },
        ReceiptSubject::Photo { hash, .. } => {
            Subject { of: hash.to_string(), digest: None, photos: Vec::new() }
        }
    }
}
