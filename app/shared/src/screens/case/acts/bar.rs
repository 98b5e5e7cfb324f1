//! The bar at the thumb: the one main act, and the way to the others. A refusal that is
//! foreseen stands above it.

use leptos::{ev, prelude::*};

use super::{Acts, offer::Offer};
use crate::{
    components::{
        icon::Icon,
        markup::{IntoView, button, el, show, views},
        message::{Tone, message},
    },
};

pub fn act_bar() -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let waiting = move || acts.undoable.is_waiting(acts.id);
    let offers = Memo::new(move |_| acts.offers());
    // Only reasons that the person can do something about: photos on their way.
    let hindered = Memo::new(move |_| {
        let command = acts.main_offer()?.probe()?;
        acts.model.would(acts.id, &command).err().map(|no| no.sentence(words.lang))
    });
    let refusal = move || {
        acts.refusal.get().or_else(|| acts.undoable.refusal(acts.id)).or_else(|| hindered.get())
    };
    let shut =
        move || acts.rectify.get() || acts.rework.get() || acts.void.get() || acts.assign.get();
    let main = move || {
        let first = acts.main_offer()?;
        Some(main_act(first, hindered))
    };
    let has_more = move || offers.with(|offers| offers.len() > 1);
    show(
        move || !waiting() && acts.main_offer().is_some(),
        move || {
            el("div")
                .class("act-bar")
                .child(move || {
                    refusal()
                        .filter(|_| !shut())
                        .map(|text| message(Tone::Warn, text, "act-refusal", ()))
                })
                .child(
                    el("div")
                        .class("act-buttons")
                        .child(show(has_more, move || {
                            button("btn more")
                                .hook("more-acts")
                                .on(ev::click, move |_| acts.more.set(true))
                                .child(Icon::Ellipsis)
                                .child(el("span").class("unseen").child(words.more_acts))
                        }))
                        .child(main),
                )
        },
    )
}

fn main_act(offer: Offer, hindered: Signal<Option<String>>) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let off = move || acts.busy.get() || hindered.with(Option::is_some);
    let rework = (offer == Offer::Verify).then(|| {
        button("btn")
            .hook("verify-rework")
            .attr("disabled", off)
            .on(ev::click, move |_| acts.rework.set(true))
            .child(Icon::RotateCcw)
            .child(words.verify_rework)
    });
    views![
        rework,
        button(if offer == Offer::Void { "btn btn-bad btn-tall" } else { "btn btn-main btn-tall" })
            .hook(offer.hook())
            .attr("disabled", off)
            .on(ev::click, move |_| acts.run(offer))
            .child(offer.icon())
            .child(offer.word(words))
    ]
}
