//! A receipt to read: what the server signed for, when, and the signature itself.

use std::sync::Arc;

use domain::evidence::{Receipt, ReceiptSubject};

use crate::{
    components::{
        case_text,
        icon::Icon,
        markup::{IntoView, View, el, views},
    },
    model::Model,
    text::words,
};

/// Folded under `title`, or laid open.
pub fn receipt_view(title: String, receipt: Arc<Receipt>, open: bool) -> impl IntoView {
    if open {
        return facts(receipt).into_view();
    }
    el("details")
        .child(
            el("summary")
                .child(Icon::ShieldCheck.small())
                .child(el("span").class("grow cut").child(title)),
        )
        .child(facts(receipt))
        .into_view()
}

fn facts(receipt: Arc<Receipt>) -> impl IntoView {
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
        photos.iter().map(|hash| el("dd").class("code").child(hash.to_string())).collect::<View>();
    el("div")
        .class("stack")
        .hook("receipt")
        .child(el("p").class("s").child(words.receipt_text))
        .child(
            el("dl")
                .class("facts-list")
                .child(el("dt").child(words.receipt_at))
                .child(el("dd").child(move || words.when(at, model.now.get(), offset)))
                .child(el("dt").child(words.receipt_of))
                .child(el("dd").class("code").child(of))
                .child(digest.map(|digest| {
                    views![
                        el("dt").child(words.receipt_digest),
                        el("dd").class("code").child(digest)
                    ]
                }))
                .child(el("dt").child(words.photos))
                .child(photos)
                .child(el("dt").child(words.receipt_signature))
                .child(el("dd").class("code").child(receipt.signature.clone())),
        )
}
