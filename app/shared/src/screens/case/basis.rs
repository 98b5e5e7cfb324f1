//! Why this unit: the sentence, the tier and the citation, what is filed and what
//! closes it, and, folded, the rules that lost.

use domain::duty::{self, Assignment, Destination, Lost};
use leptos::prelude::*;

use super::Entry;
use crate::{
    components::icon::Icon,
    components::markup::{IntoView, View, el, views},
    model::Model,
    text::words,
};

pub fn basis_block(entry: Entry) -> impl IntoView {
    let words = words();
    let body = move || {
        entry.with(|entry| match (&entry.case.assignment, &entry.case.routing.destination) {
            (Some(assignment), _) => {
                let lost = assignment.lost.clone();
                views![assigned(assignment.clone()), lost_rules(lost)].into_view()
            }
            (None, Destination::Headquarters { sentence, lost, .. }) => {
                let sentence = sentence.get(words.lang).to_owned();
                let lost = lost.clone();
                views![el("p").class("basis").hook("case-basis").child(sentence), lost_rules(lost)]
                    .into_view()
            }
            (None, Destination::Unit(_)) => ().into_view(),
        })
    };
    el("section")
        .class("block stack")
        .attr("aria-labelledby", "basis")
        .child(el("h2").attr("id", "basis").class("line").child(Icon::Scale).child(words.basis))
        .child(body)
        .child(filed(entry))
}

fn assigned(assignment: Assignment) -> impl IntoView {
    let words = words();
    let cited = match &assignment.basis {
        duty::Basis::Rule { title, article, .. } => {
            format!("{} {}", title.get(words.lang), article.get(words.lang))
        }
        duty::Basis::Order { reason } => format!("{}: {reason}", words.headquarters_order),
    };
    el("div")
        .class("basis")
        .child(el("p").hook("case-basis").child(assignment.sentence.get(words.lang).to_owned()))
        .child(
            el("p")
                .class("line-wrap")
                .child(
                    el("span")
                        .class("badge badge-accent")
                        .hook("case-tier")
                        .child(words.tier(assignment.tier)),
                )
                .child(el("span").class("s").hook("case-citation").child(cited)),
        )
}

/// The condition it was filed under and what closes it.
fn filed(entry: Entry) -> impl IntoView {
    let words = words();
    let model = Model::here();
    move || {
        let district = model.district.get()?;
        entry.with(|entry| {
            let report = &entry.case.report;
            let condition = district.category(&report.category)?.condition(&report.condition)?;
            Some(
                el("dl")
                    .class("facts-list")
                    .child(el("dt").child(words.condition))
                    .child(el("dd").child(condition.filing.get(words.lang).to_owned()))
                    .child(el("dt").child(words.closing))
                    .child(el("dd").child(condition.closing.get(words.lang).to_owned()))
                    .child(el("dt").child(words.source))
                    .child(el("dd").child(words.source_of(report.source))),
            )
        })
    }
}

fn lost_rules(lost: Vec<Lost>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    if lost.is_empty() {
        return ().into_view();
    }
    let count = lost.len();
    let district = model.district.get_untracked();
    let rows = lost
        .into_iter()
        .map(|lost| {
            // The citation says more than the rule's id, where the pack still has it.
            let cited = district.as_ref().and_then(|district| {
                let rule = district.pack().rules.iter().find(|rule| rule.id == lost.rule)?;
                let citation = district.citation(&rule.citation)?;
                let (title, article) = (&citation.title, &citation.article);
                Some(format!("{} {}", title.get(words.lang), article.get(words.lang)))
            });
            el("li")
                .class("lost")
                .child(el("span").class("badge").child(words.tier(lost.tier)))
                .child(el("span").child(cited.unwrap_or_else(|| lost.rule.to_string())))
                .child(el("span").class("s quiet").child(words.lost(lost.because)))
        })
        .collect::<View>();
    el("details")
        .hook("case-lost")
        .child(
            el("summary")
                .child(el("span").class("turn").child(Icon::ChevronRight.small()))
                .child(words.losing_rules)
                .child(el("span").class("count").child(count)),
        )
        .child(el("ul").class("stack").child(rows))
        .into_view()
}
