//! What belongs to the chosen type: what the photo must show and why, and which filing
//! condition applies where there is more than one.

use domain::{Names, catalogue::Condition};
use leptos::{ev, prelude::*};

use super::Bench;
use app_shared::{
    components::{
        icon::Icon,
        markup::{IntoView, View, el, views},
    },
};

pub fn kind_detail() -> impl IntoView {
    let bench = Bench::here();
    let chosen = Memo::new(move |_| bench.model.draft.with(|draft| draft.category.clone()));
    move || {
        let code = chosen.get()?;
        let district = bench.model.district.get()?;
        let category = district.category(&code)?;
        let conditions = category.conditions.clone();
        Some(views![
            hint(category.evidence.clone()),
            (conditions.len() > 1).then(|| condition_field(conditions))
        ])
    }
}

/// Every demanded photo says why it is demanded.
fn hint(evidence: Names) -> impl IntoView {
    let words = Bench::here().words;
    el("p").class("hint-line s").hook("evidence-hint").child(Icon::Info.small()).child(
        el("span")
            .child(el("span").class("unseen").child(words.evidence_hint).child(": "))
            .child(evidence.get(words.lang).to_owned()),
    )
}

fn condition_field(conditions: Vec<Condition>) -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let first = conditions.first().map(|condition| condition.code.clone());
    let chosen = Memo::new(move |_| {
        bench.model.draft.with(|draft| draft.condition.clone().or_else(|| first.clone()))
    });
    let radios = conditions
        .into_iter()
        .map(|condition| {
            let code = condition.code.clone();
            let own = condition.code.clone();
            el("label")
                .class("radio")
                .child(
                    el("input")
                        .attr("type", "radio")
                        .attr("name", "condition")
                        .hook("condition-option")
                        .attr("data-code", condition.code.to_string())
                        .prop("checked", move || {
                            chosen.with(|chosen| chosen.as_ref() == Some(&own))
                        })
                        .on(ev::change, move |_| {
                            let code = code.clone();
                            bench.model.draft.update(|draft| draft.condition = Some(code));
                        }),
                )
                .child(
                    el("span").child(condition.filing.get(words.lang).to_owned()).child(
                        el("span")
                            .class("sub s quiet")
                            .child(" ")
                            .child(words.limit_of(condition.limit)),
                    ),
                )
        })
        .collect::<View>();
    el("fieldset")
        .class("stack")
        .child(el("legend").child(words.which_condition))
        .child(el("div").class("radio-list").child(radios))
}
